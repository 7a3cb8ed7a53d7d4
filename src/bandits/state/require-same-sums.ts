import { canonicalJson } from "../../core/canonical-json.js";
import { bandits_differ, type ErrorPath, ExperimentError, other_model } from "../../errors/index.js";
import type { RewardModel } from "../models/reward-model.js";
import type { Arm } from "./arm.js";
import type { Setup } from "./state.js";
import { textHash } from "./text-hash.js";

/** What decides which numbers a model sums for these arms; the rest of its settings is belief. */
const gathered = ({ name, settings, gathers }: RewardModel, arms: readonly Arm[]): string =>
  canonicalJson([name, gathers ? gathers(arms) : settings]);

/** A hash of what decides which numbers a model sums for these arms. */
export const sumsHash = (model: RewardModel, arms: readonly Arm[]): string => textHash(gathered(model, arms));

/**
 * Refuses a model whose sums are not those of another.
 * @param arms  the arms that both know
 * @throws ExperimentError `other_model` at `path`
 */
export function requireSameSums(
  model: RewardModel,
  other: RewardModel,
  arms: readonly Arm[],
  path: ErrorPath,
): void {
  if (gathered(model, arms) !== gathered(other, arms))
    throw new ExperimentError({ other_model }, path, model.name, { other: other.name });
}

/**
 * Refuses a bandit whose sums are not those of another: of another experiment, other arms, or a model that sums other
 * numbers. Policies, constraints, pauses and versions may differ: they say how to decide, not what was learned.
 * @throws ExperimentError `bandits_differ` at `path`, `other_model` at [...path, "model"]
 */
export function requireSameArms(setup: Setup, other: Setup, path: ErrorPath): void {
  const told = ({ experiment, arms }: Setup) =>
    canonicalJson([experiment, arms.map(({ key, action }) => [key, action])]);
  if (told(setup) !== told(other))
    throw new ExperimentError({ bandits_differ }, path, setup.experiment, { other: other.experiment });
  requireSameSums(setup.model, other.model, other.arms, [...path, "model"]);
}
