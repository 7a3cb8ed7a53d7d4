import type { EstimateOptions } from "../../core/estimate.js";
import type { Moments } from "../../core/moments.js";
import { scalar, welch } from "../../stats/index.js";
import { checkArms } from "../../stats/inference/index.js";
import { plainLift } from "../../stats/lift/index.js";
import { plainDifference } from "../../stats/means/index.js";
import { linearAnswers } from "./linear-answers.js";

const bothOf = (control: Moments, treatment: Moments) => [scalar(control), scalar(treatment)] as const;

/** What means of values that were adjusted for covariates answer: no zeros are left among these, so none are counted. */
export const adjustedMeans = linearAnswers({
  value: ({ mean: [mean] }) => mean,
  weights: () => [1],
  amounts: { linear: (moments) => scalar(moments), arm: () => undefined },
  check: (control, treatment) => checkArms(...bothOf(control, treatment)),
  pair(control, treatment, options) {
    const both = bothOf(control, treatment);
    return { difference: plainDifference(...both, options), lift: plainLift(...both, options) };
  },
  textbook: (control: Moments, treatment: Moments, options: EstimateOptions) =>
    welch(...bothOf(control, treatment), options),
});
