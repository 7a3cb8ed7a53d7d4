import type { SampleCalls } from "./sample-call.js";

const family = (names: string, ...args: readonly unknown[]): SampleCalls =>
  Object.fromEntries(names.split(" ").map((name) => [name, () => args]));
const design = { comparisons: 3, ratio: [1, 2, 1], df: 60, alternative: "greater" };

export const distributions: SampleCalls = {
  ...family("betaCdf betaLogCdf betaLogPdf betaLogSurvival betaPdf betaSurvival", 0.3, 2, 5),
  ...family("betaQuantile betaSurvivalQuantile", 0.1, 2, 5),
  ...family("binomialCdf binomialLogCdf binomialLogSurvival binomialPmf binomialSurvival", 3, 10, 0.4),
  ...family("binomialQuantile", 0.1, 10, 0.4),
  ...family("chiSquareCdf chiSquareLogCdf chiSquareLogSurvival chiSquareSurvival", 3, 2),
  ...family("chiSquareQuantile chiSquareSurvivalQuantile", 0.1, 2),
  ...family("dunnettCdf dunnettSurvival", 2.1, design),
  ...family("dunnettQuantile dunnettSurvivalQuantile", 0.1, design),
  ...family("fCdf fLogSurvival fSurvival", 1.5, 3, 20),
  ...family("fQuantile fSurvivalQuantile", 0.1, 3, 20),
  ...family("gammaCdf gammaLogCdf gammaLogSurvival gammaPdf gammaSurvival", 1.5, 3),
  ...family("gammaQuantile gammaSurvivalQuantile", 0.1, 3),
  ...family("logBeta", 2, 3),
  ...family("logGamma stirlingError", 4),
  ...family("negativeBinomialCdf negativeBinomialPmf negativeBinomialSurvival", 3, 5, 0.4),
  ...family("negativeBinomialQuantile", 0.1, 5, 0.4),
  ...family("noncentralTCdf noncentralTSurvival", 1.5, 10, 0.5),
  ...family("erfc normalCdf normalLogCdf normalLogSurvival normalPdf normalSurvival", 1.2),
  ...family("normalQuantile normalSurvivalQuantile", 0.1),
  ...family("poissonCdf poissonLogCdf poissonLogSurvival poissonPmf poissonSurvival", 3, 2.5),
  ...family("poissonQuantile", 0.1, 2.5),
  ...family("studentizedRangeCdf studentizedRangeSurvival", 3, 4, 20),
  ...family("studentizedRangeQuantile studentizedRangeSurvivalQuantile", 0.1, 4, 20),
  ...family("tCdf tLogCdf tLogSurvival tPdf tSurvival", 1.5, 8),
  ...family("tQuantile tSurvivalQuantile", 0.1, 8),
};
