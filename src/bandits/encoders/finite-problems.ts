import { type ErrorPath, numberProblem, type Problem } from "../../errors/index.js";
import { missingProblems } from "./missing.js";

/** What keeps a field of a context from being a number; nothing but a look where it is one, as this runs in hot loops. */
export function finiteProblems(
  context: Readonly<Record<string, unknown>>,
  field: string,
  path: ErrorPath,
): Problem[] {
  const value = context[field];
  if (Number.isFinite(value)) return [];
  const missing = missingProblems(value, field, path, { expected: { type: "number" } });
  return missing.length > 0 ? missing : [numberProblem(value, [...path, field], {})!];
}
