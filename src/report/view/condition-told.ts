import type { Condition } from "../../core/condition.js";

const signs: Readonly<Record<string, string>> = {
  ...{ eq: "=", neq: "≠", in: "∈", notIn: "∉", lt: "<", lte: "≤", gt: ">", gte: "≥" },
  ...{ startsWith: "=", endsWith: "=", contains: "=" },
};

function testTold(attribute: string, test: string, operand: unknown): string {
  if (test === "exists") return `${attribute} ${operand === true ? "≠" : "="} ∅`;
  const told = Array.isArray(operand) ? `{${operand.join(", ")}}` : String(operand);
  const [before, after] = [
    ["endsWith", "contains"],
    ["startsWith", "contains"],
  ].map((those) => (those.includes(test) ? "…" : ""));
  return `${attribute} ${signs[test] ?? test} ${before}${told}${after}`;
}

/** @returns a condition in signs that read alike in every language: `product = coat & price > 10` */
export function conditionTold(condition: Condition): string {
  const joined = (parts: readonly Condition[], by: string) =>
    parts
      .map((part) => (parts.length > 1 && "any" in part ? `(${conditionTold(part)})` : conditionTold(part)))
      .join(by);
  if ("all" in condition) return joined(condition.all, " & ");
  if ("any" in condition) return joined(condition.any, " | ");
  if ("not" in condition) return `¬(${conditionTold(condition.not)})`;
  if ("segment" in condition) return condition.segment;
  const { attribute, ...tests } = condition;
  return Object.entries(tests)
    .map(([test, operand]) => testTold(attribute, test, operand))
    .join(" & ");
}
