import {
  type ErrorPath,
  missing_value,
  nearName,
  type Problem,
  problem,
  unknown_name,
} from "../../errors/index.js";
import type { Arm } from "./arm.js";

/**
 * What keeps an action from being one of these arms': a factor that it lacks, or that does not exist.
 * @returns `missing_value` or `unknown_name` at [...path, factor]
 */
export function actionProblems(action: Arm["action"], arms: readonly Arm[], path: ErrorPath): Problem[] {
  const factors = Object.keys(arms[0]?.action ?? {});
  return [
    ...factors
      .filter((factor) => !Object.hasOwn(action, factor))
      .map((factor) => {
        const known = [...new Set(arms.map(({ action }) => action[factor] ?? ""))];
        return problem({ missing_value }, [...path, factor], undefined, { known });
      }),
    ...Object.keys(action)
      .filter((factor) => !factors.includes(factor))
      .map((factor) => problem({ unknown_name }, [...path, factor], factor, nearName(factor, factors))),
  ];
}
