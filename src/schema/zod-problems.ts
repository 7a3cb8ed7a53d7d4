import type * as z from "zod";
import { missing_value, out_of_range, unknown_key, unsupported_format, wrong_type } from "../core/errors.js";
import { type ErrorPath, type Problem, problem } from "../core/experiment-error.js";

/**
 * What a zod schema says against an input, as problems of ours.
 * @param schema  the shape
 * @param input   the value that was parsed
 * @returns every problem, in the schema's order; empty when the input has the shape
 */
export function zodProblems(schema: z.ZodType, input: unknown): Problem[] {
  const result = schema.safeParse(input);
  return result.success ? [] : result.error.issues.flatMap((issue) => problemsOf(issue, [], input));
}

function problemsOf(issue: z.core.$ZodIssue, above: ErrorPath, input: unknown): Problem[] {
  const path = [...above, ...issue.path.map((part) => (typeof part === "symbol" ? String(part) : part))];
  const received = valueAt(input, path);
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => problem({ unknown_key }, [...path, key], key));
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    // The branch that got furthest is the one that was meant.
    const branches = issue.errors.map((issues) => issues.flatMap((each) => problemsOf(each, path, input)));
    const depth = (problems: readonly Problem[]) => Math.max(...problems.map((each) => each.path.length));
    const best = branches.toSorted((a, b) => depth(b) - depth(a) || a.length - b.length)[0]!;
    return depth(best) > path.length ? best : [problem({ wrong_type }, path, received, issue.message)];
  }
  if (received === undefined) return [problem({ missing_value }, path, received)];
  if (issue.code === "too_small" || issue.code === "too_big")
    return [problem({ out_of_range }, path, received, issue.message)];
  if (path.at(-1) === "format") return [problem({ unsupported_format }, path, received)];
  return [problem({ wrong_type }, path, received, issue.message)];
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
