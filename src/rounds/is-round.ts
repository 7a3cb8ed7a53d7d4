import { inRange } from "../errors/index.js";
import { isPlainObject } from "../shapes/index.js";
import type { BanditRound } from "./bandit-round.js";

const isWords = (value: unknown): boolean => typeof value === "string";
const isText = (value: unknown): boolean => isWords(value) && value !== "";
const isList = (value: unknown, test: (member: unknown) => boolean): boolean =>
  value === undefined || (Array.isArray(value) && value.every(test));

/**
 * Whether a round has the shape of one, in a fraction of what telling the rest would cost. Whoever makes it with `decide`
 * has all of it; of what it refuses, the shape's own check tells what is wrong.
 */
export function isRound(round: BanditRound): boolean {
  if (!isPlainObject(round) || !isPlainObject(round.decision)) return false;
  const { decision, reward, period = 0, segment = "", expected } = round;
  const { id, experiment, unitId, action, propensity, actions, probabilities, policy, at } = decision;
  const { definitionVersion, occasion, variant = id, reason = "decided", eligible, stateHash } = decision;
  return (
    [id, experiment, unitId, at, variant].every(isText) &&
    [policy, occasion, stateHash, segment].every(isWords) &&
    inRange(definitionVersion, { atLeast: 1, whole: true }) &&
    isPlainObject(action) &&
    Object.values(action).every(isWords) &&
    (reason === "decided" || reason === "sticky") &&
    Number.isFinite(propensity) &&
    actions?.length !== 0 &&
    isList(actions, isText) &&
    isList(eligible, isText) &&
    isList(probabilities, Number.isFinite) &&
    Number.isFinite(reward ?? 0) &&
    Number.isFinite(period) &&
    (expected === undefined ||
      (isPlainObject(expected) && [expected.chosen, expected.best, expected.uniform].every(Number.isFinite)))
  );
}
