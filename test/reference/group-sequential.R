# Designs by gsDesign, for group-sequential.json. From the sources of gsDesign (github.com/keaven/gsDesign), whose C code
# is compiled with `R CMD SHLIB -o gs.so src/*.c`; run in their folder: Rscript group-sequential.R > designs.json
dyn.load("gs.so")
for (f in c("gsDesign.R", "gsSpending.R", "gsUtilities.R", "globals.R", "gsMethods.R")) source(file.path("R", f))
list_of <- function(x) paste0("[", paste(sprintf("%.15g", x), collapse = ", "), "]")
design <- function(id, plan, ...) {
  x <- gsDesign(..., r = 80, tol = 1e-7)
  low <- if (is.null(x$lower)) "null" else list_of(x$lower$bound)
  cat(sprintf(
    '    {"id": "%s", "fn": "design", "input": %s, "expected": {"upper": %s, "lower": %s, "inflation": %.15g, "above": %s, "expectedInformation": %s}, "rtol": 2e-6, "source": "gsDesign, r = 80, tol = 1e-7"},\n',
    id, plan, list_of(x$upper$bound), low, x$n.I[x$k], list_of(x$upper$prob[, 2]), list_of(x$en / x$n.I[x$k])
  ))
}
times <- c(.2, .35, .7, 1)
looks <- "\"looks\": [0.2, 0.35, 0.7, 1]"
design("one-sided", sprintf('{%s, "level": 0.975, "alternative": "greater"}', looks),
  k = 4, test.type = 1, alpha = .025, beta = .2, timing = times, sfu = sfLDOF)
design("two-sided", sprintf('{%s, "spending": {"type": "hwang-shih-decani", "gamma": 1}}', looks),
  k = 4, test.type = 2, alpha = .025, beta = .2, timing = times, sfu = sfHSD, sfupar = 1)
design("non-binding", sprintf('{%s, "level": 0.975, "alternative": "greater", "power": 0.9, "futility": {}}', looks),
  k = 4, test.type = 4, alpha = .025, beta = .1, timing = times, sfu = sfLDOF, sfl = sfHSD, sflpar = -2)
design("binding", sprintf('{%s, "level": 0.975, "alternative": "greater", "power": 0.9, "futility": {"binding": true}}', looks),
  k = 4, test.type = 3, alpha = .025, beta = .1, timing = times, sfu = sfLDOF, sfl = sfHSD, sflpar = -2)
design("non-binding, Pocock", sprintf('{%s, "level": 0.95, "alternative": "greater", "spending": {"type": "pocock"}, "futility": {"spending": {"type": "kim-demets", "rho": 2}}}', looks),
  k = 4, test.type = 4, alpha = .05, beta = .2, timing = times, sfu = sfLDPocock, sfl = sfPower, sflpar = 2)
