# Pooled effects of published collections of trials: rma(method = "REML", test = "knha") and its prediction interval.
# Rscript test/reference/programme.R > test/reference/programme.json
suppressMessages(library(metafor))
options(digits = 15)
number <- function(x) format(unname(x), digits = 15, scientific = FALSE, trim = TRUE)
list_of <- function(x) paste0("[", paste(number(x), collapse = ", "), "]")
case <- function(name, yi, vi) {
  fit <- rma(yi, vi, method = "REML", test = "knha", control = list(threshold = 1e-12, maxiter = 1000))
  at <- predict(fit)
  paste0(
    "  { \"name\": \"", name, "\", \"effects\": ", list_of(yi), ", \"standardErrors\": ", list_of(sqrt(vi)),
    ",\n    \"estimate\": ", number(fit$beta[1, 1]), ", \"standardError\": ", number(fit$se),
    ", \"interval\": ", list_of(c(fit$ci.lb, fit$ci.ub)), ", \"pValue\": ", number(fit$pval),
    ", \"betweenVariance\": ", number(fit$tau2), ", \"prediction\": ", list_of(c(at$pi.lb, at$pi.ub)), " }"
  )
}
bcg <- escalc(measure = "RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)
cases <- c(
  case("BCG vaccine, 13 trials (Colditz 1994)", as.numeric(bcg$yi), as.numeric(bcg$vi)),
  sapply(c("random", "alternate", "systematic"), function(way) {
    own <- as.data.frame(bcg)[bcg$alloc == way, ]
    case(paste("BCG,", way), as.numeric(own$yi), as.numeric(own$vi))
  }),
  case("Teacher expectancy, 19 trials (Raudenbush 1985)", dat.raudenbush1985$yi, dat.raudenbush1985$vi),
  case("Environmental smoke, 37 studies (Hackshaw 1998)", dat.hackshaw1998$yi, dat.hackshaw1998$vi)
)
cat("{\n\"maker\": \"R ", R.version$major, ".", R.version$minor, ", metafor ", as.character(packageVersion("metafor")),
  "\",\n\"cases\": [\n", paste(cases, collapse = ",\n"), "\n]\n}\n", sep = "")
