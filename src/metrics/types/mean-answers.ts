import type { EstimateOptions } from "../../core/estimate.js";
import type { Moments } from "../../core/moments.js";
import { scalar, welch } from "../../stats/index.js";
import { checkArms } from "../../stats/inference/index.js";
import { plainLift } from "../../stats/lift/index.js";
import { plainDifference } from "../../stats/means/index.js";
import { type AmountsReader, onlyAmounts } from "../../stats/skewed/index.js";
import { linearAnswers } from "./linear-answers.js";

const amounts: AmountsReader<Moments> = {
  linear: scalar,
  arm: (_, linear) => onlyAmounts(linear),
};

const textbook = (control: Moments, treatment: Moments, options: EstimateOptions) =>
  welch(scalar(control), scalar(treatment), options);

/** What types whose value is the mean of one number per unit answer. */
export const meanAnswers = linearAnswers({
  value: ({ mean: [mean] }) => mean,
  weights: () => [1],
  amounts,
  check: (control, treatment) => checkArms(scalar(control), scalar(treatment)),
  pair(control, treatment, options) {
    const [a, b] = [scalar(control), scalar(treatment)];
    return { difference: plainDifference(a, b, options), lift: plainLift(a, b, options) };
  },
  textbook,
});
