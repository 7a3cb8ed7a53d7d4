import { stateFields } from "../bandits/state/index.js";
import type { Shape } from "../shapes/index.js";

/** A bandit's JSON, `essai.bandit/1`; what the sums mean is the reward model's, and checked by `restoreBandit`. */
export const banditStateShape: Shape = { kind: "object", has: stateFields };
