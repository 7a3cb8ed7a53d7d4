export {
  betaCdf,
  betaLogCdf,
  betaLogPdf,
  betaLogSurvival,
  betaPdf,
  betaQuantile,
  betaSurvival,
  betaSurvivalQuantile,
} from "./beta.js";
export {
  binomialCdf,
  binomialLogCdf,
  binomialLogSurvival,
  binomialPmf,
  binomialQuantile,
  binomialSurvival,
} from "./binomial.js";
export {
  chiSquareCdf,
  chiSquareLogCdf,
  chiSquareLogSurvival,
  chiSquareQuantile,
  chiSquareSurvival,
  chiSquareSurvivalQuantile,
} from "./chi-square.js";
export {
  type DunnettDesign,
  dunnettCdf,
  dunnettQuantile,
  dunnettSurvival,
  dunnettSurvivalQuantile,
} from "./dunnett.js";
export { fCdf, fLogSurvival, fQuantile, fSurvival, fSurvivalQuantile } from "./f.js";
export {
  gammaCdf,
  gammaLogCdf,
  gammaLogSurvival,
  gammaPdf,
  gammaQuantile,
  gammaSurvival,
  gammaSurvivalQuantile,
} from "./gamma.js";
export { logBeta, logGamma, stirlingError } from "./log-gamma.js";
export {
  negativeBinomialCdf,
  negativeBinomialPmf,
  negativeBinomialQuantile,
  negativeBinomialSurvival,
} from "./negative-binomial.js";
export { noncentralTCdf, noncentralTSurvival } from "./noncentral-t.js";
export {
  erfc,
  normalCdf,
  normalLogCdf,
  normalLogSurvival,
  normalPdf,
  normalQuantile,
  normalSurvival,
  normalSurvivalQuantile,
} from "./normal.js";
export {
  poissonCdf,
  poissonLogCdf,
  poissonLogSurvival,
  poissonPmf,
  poissonQuantile,
  poissonSurvival,
} from "./poisson.js";
export {
  studentizedRangeCdf,
  studentizedRangeQuantile,
  studentizedRangeSurvival,
  studentizedRangeSurvivalQuantile,
} from "./studentized-range.js";
export {
  tCdf,
  tLogCdf,
  tLogSurvival,
  tPdf,
  tQuantile,
  tSurvival,
  tSurvivalQuantile,
} from "./t.js";
