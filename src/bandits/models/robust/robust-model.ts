import type { Json } from "../../../core/json.js";
import { largestProbabilities } from "../../../stats/bayes/quadrature/largest-probabilities.js";
import type { LawName } from "../../posterior/laws/index.js";
import type { RewardModel } from "../reward-model.js";
import { informedWeight, type Measured, mixedMarginal, type RobustHistory } from "./robust-history.js";

/** A conjugate law of two parameters, to which an arm's two sums are added. */
export interface ConjugateLaw {
  readonly law: LawName;
  /** Its prior's parameters. */
  readonly prior: readonly [number, number];
  /** Log of what its density times its rewards integrates to, but for what every prior shares. */
  evidence(p: number, q: number): number;
  measured(p: number, q: number): Measured;
}

/**
 * A conjugate reward model whose prior is, for each arm, a mixture of an informed part and a vague one.
 * @param name      the model's
 * @param base      the model without a history
 * @param given     past sums, and how far they are doubted; checked
 * @param conjugate the law of an arm's expected reward
 * @returns the reward model; its vector is a quadrature over the mixtures
 */
export function robustModel(
  name: string,
  base: RewardModel,
  { history: given, vague = 0.5 }: RobustHistory,
  { law, prior: [p, q], evidence, measured }: ConjugateLaw,
): RewardModel {
  const history = given ?? [];
  const weigh = (arm: number, x: number, y: number): number => {
    const past = history[arm];
    if (!past) return 0;
    const [s, r] = [p + past[0]!, q + past[1]!];
    return informedWeight(
      vague,
      evidence(s + x, r + y) - evidence(s, r) - evidence(p + x, q + y) + evidence(p, q),
    );
  };
  return {
    ...base,
    name,
    settings: { ...(base.settings as Readonly<Record<string, Json>>), history, vague },
    base: () => base,
    posterior(sums, _context, sharpness) {
      const parameters = sums.map(([x, y], arm) => {
        const [pastX = 0, pastY = 0] = history[arm] ?? [];
        const vaguePart = [sharpness * (p + x!), sharpness * (q + y!)];
        return [
          weigh(arm, x!, y!),
          vaguePart[0]! + sharpness * pastX,
          vaguePart[1]! + sharpness * pastY,
          ...vaguePart,
        ];
      });
      return {
        best: (eligible) =>
          largestProbabilities(
            eligible.map((i) => {
              const [weight, ...parts] = parameters[i] as [number, number, number, number, number];
              return mixedMarginal(weight, measured(parts[0], parts[1]), measured(parts[2], parts[3]));
            }),
          ),
        quick: "belief",
        belief: { law, parameters },
      };
    },
  };
}
