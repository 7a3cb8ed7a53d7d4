import type { Json } from "../../core/json.js";
import { type ErrorPath, ExperimentError, unknown_part } from "../../errors/index.js";
import type { Constraint } from "../constraints/constraint.js";
import type { RewardModel } from "../models/reward-model.js";
import type { Objective } from "../objectives/objective.js";
import type { Part, PartFactory, Parts } from "../part.js";
import type { Policy } from "../policies/policy.js";

/** The families of parts, by the method that a member of each has and no other's. */
interface Families {
  readonly probabilities: Policy;
  readonly posterior: RewardModel;
  readonly apply: Constraint;
  readonly of: Objective;
}

/** Makes a part from settings as data, which every factory checks itself. */
export const partOf = <P extends Part>(factory: PartFactory<P>, settings: unknown): P =>
  factory(settings as never);

/**
 * Makes the part that a name asks for.
 * @param method  what members of the wanted family have
 * @throws ExperimentError `unknown_part` at `path` when `parts` does not have it, or has it in another family
 */
export function makePart<K extends keyof Families>(
  parts: Parts,
  { name, settings }: { readonly name: string; readonly settings?: Json | undefined },
  path: ErrorPath,
  method: K,
): Families[K] {
  const part = Object.hasOwn(parts, name) && parts[name]!(settings as never);
  if (!(part && method in part)) throw new ExperimentError({ unknown_part }, path, name);
  // Only a member of that family has the method.
  return part as Families[K];
}
