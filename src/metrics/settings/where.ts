import type { Scalar } from "../../core/condition.js";
import {
  conflicting_keys,
  type ErrorPath,
  missing_value,
  nearName,
  type Problem,
  problem,
  too_deep,
  unknown_name,
} from "../../errors/index.js";
import { isPlainObject } from "../../shapes/index.js";

/** The tests of conditions that a query can make of a column, too. */
export const whereTests: readonly string[] = [
  ...["eq", "neq", "in", "notIn", "lt", "lte", "gt", "gte"],
  ...["exists", "startsWith", "endsWith", "contains"],
];

/** Which events count, as read from a condition. */
export type Where =
  | { readonly all: readonly Where[] }
  | { readonly any: readonly Where[] }
  | { readonly not: Where }
  | {
      readonly column: string;
      readonly test: string;
      readonly operands: readonly Scalar[];
    };

const deepest = 32;
const forms = ["all", "any", "not"];

/**
 * What the shape of a condition does not say of one on events: that a query can make its tests.
 * @returns `unknown_name` for a test, or for a named segment; `missing_value` where nothing is tested; `too_deep`
 */
export function whereProblems(condition: unknown, path: ErrorPath, depth = 0): Problem[] {
  if (!isPlainObject(condition)) return [];
  if (depth > deepest) return [problem({ too_deep }, path, depth, { expected: { atMost: deepest } })];
  if (condition.segment !== undefined)
    return [problem({ unknown_name }, [...path, "segment"], "segment", { known: [...forms, "attribute"] })];
  const keys = Object.keys(condition);
  const form = keys.find((key) => forms.includes(key));
  if (form !== undefined) {
    const [first, other] = keys;
    if (other !== undefined)
      return [problem({ conflicting_keys }, [...path, other], condition[other], { other: first ?? form })];
    const parts = condition[form];
    const at = [...path, form];
    return Array.isArray(parts)
      ? parts.flatMap((part, i) => whereProblems(part, [...at, i], depth + 1))
      : whereProblems(parts, at, depth + 1);
  }
  const tests = keys.filter((key) => key !== "attribute");
  if (tests.length === 0) return [problem({ missing_value }, path, condition, { known: whereTests })];
  return tests.flatMap((test) =>
    whereTests.includes(test)
      ? []
      : [problem({ unknown_name }, [...path, test], test, nearName(test, whereTests))],
  );
}

/** @returns a condition that was checked, test by test */
export function whereOf(condition: unknown): Where {
  if (!isPlainObject(condition)) return { all: [] };
  const { all, any, not } = condition;
  if (Array.isArray(all)) return { all: all.map(whereOf) };
  if (Array.isArray(any)) return { any: any.map(whereOf) };
  if (not !== undefined) return { not: whereOf(not) };
  const tests = Object.entries(condition).filter(([test]) => test !== "attribute");
  return {
    all: tests.map(([test, operand]) => ({
      column: String(condition.attribute),
      test,
      operands: Array.isArray(operand) ? operand.map(scalarOf) : [scalarOf(operand)],
    })),
  };
}

const scalarOf = (value: unknown): Scalar =>
  typeof value === "number" || typeof value === "boolean" ? value : String(value);

/** Whether a test compares numbers (flags are 1 and 0); else it compares texts. */
export const isNumeric = (test: string, [first]: readonly Scalar[]): boolean =>
  test !== "exists" && typeof first !== "string";

/** @returns the columns that a condition names, and whether as numbers */
export function whereColumns(where: Where): readonly { readonly name: string; readonly numeric: boolean }[] {
  if ("all" in where) return where.all.flatMap(whereColumns);
  if ("any" in where) return where.any.flatMap(whereColumns);
  if ("not" in where) return whereColumns(where.not);
  return [{ name: where.column, numeric: isNumeric(where.test, where.operands) }];
}
