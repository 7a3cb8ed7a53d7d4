import { type ErrorPath, numberProblem, type Problem } from "../../errors/index.js";

/** What keeps a field of a context from being a number; nothing but a look where it is one, as this runs in hot loops. */
export function finiteProblems(
  context: Readonly<Record<string, unknown>>,
  field: string,
  path: ErrorPath,
): Problem[] {
  if (Number.isFinite(context[field])) return [];
  return [numberProblem(context[field], [...path, field], {})!];
}
