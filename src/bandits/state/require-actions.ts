import { type ErrorPath, errorOf, nearName, problem, unknown_action } from "../../errors/index.js";

/**
 * Refuses settings by action that name an action the bandit does not have.
 * @param byAction  settings by action's key
 * @param actions   keys of the bandit's arms
 * @param path      where the settings stand
 * @throws ExperimentError `unknown_action` at each such key, with the nearest one
 */
export function requireActions(byAction: object, actions: readonly string[], path: ErrorPath): void {
  const known = new Set(actions);
  const unknown = Object.keys(byAction).filter((key) => !known.has(key));
  if (unknown.length > 0)
    throw errorOf(
      unknown.map((key) => problem({ unknown_action }, [...path, key], key, nearName(key, actions))),
    );
}
