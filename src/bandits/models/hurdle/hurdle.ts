import { out_of_range, problem } from "../../../errors/index.js";
import type { Fields, FieldsType } from "../../../shapes/index.js";
import { normalPosterior } from "../../../stats/bayes/arms/normal-posterior.js";
import { checkedSettings } from "../../checked-settings.js";
import { countedBelief } from "../../posterior/drawn-probabilities.js";
import type { Belief } from "../../posterior/posterior.js";
import { positive } from "../../setting-shapes.js";
import { addValue, LARGEST, mergeValues } from "../normal/normal-sums.js";
import type { RewardModel, Sums } from "../reward-model.js";
import { blockProblems, learnBlocks, mergeBlocks } from "../sums/block-sums.js";

/** Settings of `hurdle`. */
export const hurdleSettings = {
  amounts: { kind: "word", of: ["lognormal", "gamma"], optional: true },
  a: positive,
  b: positive,
  typical: positive,
  n: positive,
  shape: positive,
} as const satisfies Fields;

type Amounts = {
  /** Parameters of the chance-times-amount law, after [a, b]. */
  parameters(block: readonly number[], sharpness: number): number[];
  readonly law: "hurdleGamma" | "hurdleLognormal";
  /** What of an amount is averaged. */
  value(amount: number): number;
};

/**
 * Revenue with many zeros: a chance of buying (Beta) times an amount (gamma with known shape, or log-normal). Sums are
 * [rewards, buyers, mean, Σ (x − mean)²] an arm, the last two over amounts, or over their logarithms if log-normal.
 * @param settings.amounts  `"lognormal"` (default) or `"gamma"`
 * @param settings.a        prior buyers, > 0; default 1
 * @param settings.b        prior rewards without purchase, > 0; default 1
 * @param settings.typical  a typical amount, > 0: what the prior on amounts is centred on; default 1
 * @param settings.n        how many amounts that prior is worth, > 0; default 1
 * @param settings.shape    gamma: shape of one amount (1 = exponential), > 0; default 1
 * @returns the reward model; its vector is counted among posterior draws
 * @throws ExperimentError `out_of_range` at the setting; `unknown_name` at ["amounts"]; `unknown_key` at any other setting
 */
export function hurdle(settings: FieldsType<typeof hurdleSettings> = {}): RewardModel {
  const {
    amounts = "lognormal",
    a = 1,
    b = 1,
    typical = 1,
    n = 1,
    shape = 1,
  } = checkedSettings(settings, hurdleSettings);
  const kinds: Readonly<Record<typeof amounts, Amounts>> = {
    gamma: {
      law: "hurdleGamma",
      value: (amount) => amount,
      parameters: ([, buyers, mean], sharpness) => [
        // A mean of the amount exists from shape 1 on; the prior alone is worth a little more.
        1 + sharpness * shape * (n + buyers!),
        sharpness * (n * typical + buyers! * mean!),
        shape,
      ],
    },
    lognormal: {
      law: "hurdleLognormal",
      value: Math.log,
      parameters([, buyers, mean, m2], sharpness) {
        const prior = { mean: Math.log(typical), n, shape: 2, scale: 2 };
        const after = normalPosterior(prior, [buyers!, mean!, m2!]);
        return [after.mean, after.n * sharpness, after.shape * sharpness, after.scale * sharpness];
      },
    },
  };
  const kind = kinds[amounts];
  const empty = (actions: number): Sums => Array.from({ length: actions }, () => [0, 0, 0, 0]);
  return {
    name: "hurdle",
    settings: { amounts, a, b, typical, n, shape },
    empty,
    supports: (reward) => reward >= 0 && reward < LARGEST,
    learn: (sums, rewards) =>
      learnBlocks(sums, rewards, (block, { reward }) => {
        block[0]! += 1;
        if (reward > 0) addValue(block, kind.value(reward), 1);
      }),
    merge: (left, right) =>
      mergeBlocks(left, right, (x, y) => [x[0]! + y[0]!, ...mergeValues(x.slice(1), y.slice(1))]),
    scale: (sums, factor) =>
      sums.map(([count, buyers, mean, m2]) => [count! * factor, buyers! * factor, mean!, m2! * factor]),
    count: ([count = 0]) => count,
    gathers: () => amounts,
    problems: (sums, actions) => [
      ...blockProblems(sums, empty(actions), (place) => (place === 2 ? {} : { atLeast: 0 })),
      ...sums.flatMap(([count, buyers], i) =>
        buyers! > count!
          ? [problem({ out_of_range }, ["sums", i, 1], buyers, { expected: { atLeast: 0, atMost: count! } })]
          : [],
      ),
    ],
    posterior(sums, _context, sharpness) {
      const belief: Belief = {
        law: kind.law,
        parameters: sums.map((block) => [
          sharpness * (a + block[1]!),
          sharpness * (b + block[0]! - block[1]!),
          ...kind.parameters(block, sharpness),
        ]),
      };
      return { ...countedBelief(belief, sums.length), belief };
    },
  };
}
