import { type ErrorPath, ExperimentError, not_a_part, unknown_part, within } from "../../errors/index.js";
import type { Constraint } from "../constraints/constraint.js";
import type { RewardModel } from "../models/reward-model.js";
import type { Objective } from "../objectives/objective.js";
import type { Part, PartFactory, Parts } from "../part.js";
import type { Policy } from "../policies/policy.js";

/** The families of parts, by the method that a member of each has and no other's. */
interface Families {
  readonly probabilities: Policy;
  readonly posterior: RewardModel;
  readonly hold: Constraint;
  readonly of: Objective;
}

/** Makes a part from settings as data, which every factory checks itself. */
export const partOf = <P extends Part>(factory: PartFactory<P>, settings: unknown): P =>
  factory(settings as never);

/**
 * Refuses what is not part of the wanted family, such as a factory that was not called.
 * @param method  what members of the family have
 * @throws ExperimentError `not_a_part` at `path`
 */
export function requirePart(part: unknown, method: keyof Families, path: ErrorPath): void {
  if (typeof Object(part)[method] !== "function") throw new ExperimentError({ not_a_part }, path, part);
}

/**
 * Makes the part that a name asks for.
 * @param path          where the name stands
 * @param settingsPath  where the settings stand
 * @param method        what members of the wanted family have
 * @throws ExperimentError `unknown_part` at `path` when `parts` does not have it, or has it in another family; what the
 *         factory refuses, within `settingsPath`
 */
export function makePart<K extends keyof Families>(
  parts: Parts,
  { name, settings }: { readonly name: string; readonly settings?: unknown },
  path: ErrorPath,
  settingsPath: ErrorPath,
  method: K,
): Families[K] {
  const factory = Object.hasOwn(Object(parts), name) && parts[name];
  const part = typeof factory === "function" && within(settingsPath, () => partOf(factory, settings));
  if (!(part && method in part))
    throw new ExperimentError({ unknown_part }, path, name, { known: Object.keys(Object(parts)) });
  // Only a member of that family has the method.
  return part as Families[K];
}
