import { inRange } from "../errors/index.js";
import { isPlainObject } from "../shapes/index.js";
import type { BanditRound } from "./bandit-round.js";

const isWords = (value: unknown): boolean => typeof value === "string";
const isText = (value: unknown): boolean => isWords(value) && value !== "";
function isList(value: unknown, test: (member: unknown) => boolean): boolean {
  if (value === undefined) return true;
  if (!Array.isArray(value)) return false;
  for (let i = 0; i < value.length; i++) if (!test(value[i])) return false;
  return true;
}

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
    isText(id) &&
    isText(experiment) &&
    isText(unitId) &&
    isText(at) &&
    isText(variant) &&
    isWords(policy) &&
    isWords(occasion) &&
    isWords(stateHash) &&
    isWords(segment) &&
    inRange(definitionVersion, { atLeast: 1, whole: true }) &&
    isPlainObject(action) &&
    isList(Object.values(action), isWords) &&
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
