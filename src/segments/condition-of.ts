import type { Condition, Tests } from "../core/condition.js";
import type { Rule } from "./search-rule.js";

type AttributeTests = { readonly attribute: string } & Tests;

const isOfAttribute = (condition: Condition): condition is AttributeTests => "attribute" in condition;

/** The closer of two bounds, or whichever there is. */
function joined(one: AttributeTests, other: AttributeTests): AttributeTests | undefined {
  if (one.attribute !== other.attribute) return undefined;
  const [a, b] = [Object.keys(one), Object.keys(other)].map((keys) =>
    keys.filter((key) => key !== "attribute"),
  );
  if (!a || !b) return undefined;
  const bounds = new Set(["gte", "lt"]);
  if (![...a, ...b].every((key) => bounds.has(key))) return undefined;
  const least = Math.max(one.gte ?? -Infinity, other.gte ?? -Infinity);
  const most = Math.min(one.lt ?? Infinity, other.lt ?? Infinity);
  return {
    attribute: one.attribute,
    ...(least > -Infinity ? { gte: least } : {}),
    ...(most < Infinity ? { lt: most } : {}),
  };
}

/**
 * A rule as an audience's condition.
 * @param without  rules whose units are left out
 */
export function conditionOf(rule: Rule, without: readonly Rule[] = []): Condition {
  const parts: Condition[] = [];
  for (const { condition } of rule.literals) {
    const at = parts.findIndex(
      (each) => isOfAttribute(each) && isOfAttribute(condition) && joined(each, condition) !== undefined,
    );
    const there = parts[at];
    const both =
      there && isOfAttribute(there) && isOfAttribute(condition) ? joined(there, condition) : undefined;
    if (both) parts[at] = both;
    else parts.push(condition);
  }
  const all = [...parts, ...without.map((each): Condition => ({ not: conditionOf(each) }))];
  const [only, other] = all;
  return only !== undefined && other === undefined ? only : { all };
}
