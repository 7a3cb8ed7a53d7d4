import {
  missing_value,
  not_finite,
  out_of_range,
  unknown_key,
  unsupported_format,
  wrong_type,
} from "./en/index.js";
import type { Problem } from "./experiment-error.js";
import type { ErrorPath } from "./parameters.js";
import { problem } from "./problem.js";
import { problemAt } from "./problem-at.js";

/** The part of a schema library's issue that is read here (zod's fits). */
export interface SchemaIssue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
  /** Issues of each alternative, where none fitted. */
  readonly errors?: readonly (readonly SchemaIssue[])[];
}

function valueAt(input: unknown, path: ErrorPath): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, part)
        ? (value as Record<string | number, unknown>)[part]
        : undefined,
    input,
  );
}

/**
 * What a schema says against an input, as problems of ours.
 * @param issues  the schema's issues
 * @param input   what was parsed
 * @param above   path of the input itself, outermost key first
 * @returns one problem an issue (one a key for unknown keys), in the schema's order: `unknown_key`, `missing_value`,
 *          `not_finite`, `out_of_range`, `unsupported_format`, else `wrong_type` with the schema's sentence
 */
export function issueProblems(
  issues: readonly SchemaIssue[],
  input: unknown,
  above: ErrorPath = [],
): Problem[] {
  return issues
    .flatMap((issue) => problemsOf(issue, [], input))
    .map((each) => problemAt([...above, ...each.path], each));
}

function problemsOf(issue: SchemaIssue, above: ErrorPath, input: unknown): Problem[] {
  const path = [...above, ...issue.path.map((part) => (typeof part === "symbol" ? String(part) : part))];
  const received = valueAt(input, path);
  if (issue.code === "unrecognized_keys")
    return (issue.keys ?? []).map((key) => problem({ unknown_key }, [...path, key], key));
  if (issue.code === "invalid_union" && issue.errors && issue.errors.length > 0) {
    // The branch that got furthest is the one that was meant.
    const branches = issue.errors.map((issues) => issues.flatMap((each) => problemsOf(each, path, input)));
    const depth = (problems: readonly Problem[]) => Math.max(...problems.map((each) => each.path.length));
    const best = branches.toSorted((a, b) => depth(b) - depth(a) || a.length - b.length)[0] as Problem[];
    return depth(best) > path.length
      ? best
      : [problem({ wrong_type }, path, received, { detail: issue.message })];
  }
  if (received === undefined) return [problem({ missing_value }, path, received)];
  if (typeof received === "number" && !Number.isFinite(received))
    return [problem({ not_finite }, path, received)];
  if (issue.code === "too_small" || issue.code === "too_big")
    return [problem({ out_of_range }, path, received, { detail: issue.message })];
  if (path.at(-1) === "format") return [problem({ unsupported_format }, path, received)];
  return [problem({ wrong_type }, path, received, { detail: issue.message })];
}
