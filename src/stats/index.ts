export {
  betaCdf,
  betaLogCdf,
  betaLogPdf,
  betaLogSurvival,
  betaPdf,
  betaQuantile,
  betaSurvival,
  betaSurvivalQuantile,
} from "./distributions/beta.js";
export {
  chiSquareCdf,
  chiSquareLogCdf,
  chiSquareLogSurvival,
  chiSquareQuantile,
  chiSquareSurvival,
  chiSquareSurvivalQuantile,
} from "./distributions/chi-square.js";
export {
  gammaCdf,
  gammaLogCdf,
  gammaLogSurvival,
  gammaPdf,
  gammaQuantile,
  gammaSurvival,
  gammaSurvivalQuantile,
} from "./distributions/gamma.js";
export { logBeta, logGamma } from "./distributions/log-gamma.js";
export {
  erfc,
  normalCdf,
  normalLogCdf,
  normalLogSurvival,
  normalPdf,
  normalQuantile,
  normalSurvival,
  normalSurvivalQuantile,
} from "./distributions/normal.js";
export {
  tCdf,
  tLogCdf,
  tLogSurvival,
  tPdf,
  tQuantile,
  tSurvival,
  tSurvivalQuantile,
} from "./distributions/t.js";
