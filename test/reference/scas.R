# Skewness-corrected score intervals (SCAS) of differences and ratios of two proportions.
#
# usage: Rscript scas.R > scas.json
# Needs R and the package ratesci (0.4). Its score function rounds the restricted rate to ten decimals, hence the tolerance.

suppressMessages(library(ratesci))
cases <- list(
  c(9, 42, 3, 40), c(0, 50, 6, 50), c(6, 50, 0, 50), c(0, 50, 0, 50), c(50, 50, 50, 60), c(100, 100, 0, 100),
  c(1, 9000, 5, 1000), c(12, 450, 3, 50), c(130, 1010, 100, 1000), c(520, 10000, 480, 10000), c(3, 3, 1, 4),
  c(40, 4000, 1, 40), c(0, 10, 3, 1000), c(51000, 1000000, 50000, 1000000), c(5, 5, 0, 7), c(7, 5000, 1, 5000)
)
# Where there is no upper bound it stops at its largest number.
number <- function(x) if (x > 1e12) '"Infinity"' else format(x, digits = 12)
rows <- c()
for (each in cases) for (level in c(0.95, 0.9, 0.999)) {
  arms <- list(x1 = each[1], n1 = each[2], x2 = each[3], n2 = each[4], skew = TRUE, precis = 12, level = level)
  difference <- do.call(scoreci, c(arms, contrast = "RD"))
  ratio <- do.call(scoreci, c(arms, contrast = "RR"))
  rows <- c(rows, sprintf(
    '{"id": "scas-%02d", "family": "scas", "fn": "scas", "input": {"treatment": {"x": %d, "n": %d}, "control": {"x": %d, "n": %d}, "level": %s}, "expected": {"difference": [%s, %s], "ratio": [%s, %s], "z": %s}, "rtol": 1e-6}',
    length(rows) + 1, each[1], each[2], each[3], each[4], level,
    number(difference$estimates[1, "Lower"]), number(difference$estimates[1, "Upper"]),
    number(ratio$estimates[1, "Lower"]), number(ratio$estimates[1, "Upper"]), number(difference$pval[1, "scorenull"])
  ))
}
cat(sprintf(
  '{"meta": {"maker": "scas.R", "versions": "R %s, ratesci %s"},\n"cases": [\n%s\n]}\n',
  paste(R.version$major, R.version$minor, sep = "."), "0.4-0.9000", paste(rows, collapse = ",\n")
))
