import { isNumeric, type Where } from "../metrics/index.js";
import type { Dialect } from "./dialects/index.js";
import type { OpenRelation } from "./relation.js";
import { columnSql } from "./spell.js";

const comparisons: Readonly<Record<string, string>> = { lt: "<", lte: "<=", gt: ">", gte: ">=" };
const excluding = ["neq", "notIn"];

/** Characters as engines count them. */
const lengthOf = (text: string): number => [...text].length;

function testSql(
  relation: OpenRelation,
  { column, test, operands }: Extract<Where, { readonly column: string }>,
  dialect: Dialect,
): string {
  const { literal, double } = dialect;
  const x = columnSql(relation, column, isNumeric(test, operands) ? "number" : "text", dialect, false);
  if (test === "exists") return `${x} IS ${operands[0] === true ? "NOT " : ""}NULL`;
  if (isNumeric(test, operands)) {
    const numbers = operands.map((each) => double(String(Number(each))));
    const compared =
      comparisons[test] === undefined
        ? `${x} ${excluding.includes(test) ? "NOT " : ""}IN (${numbers.join(", ")})`
        : `${x} ${comparisons[test]} ${numbers[0]}`;
    return `(${dialect.isFinite(x)}) AND ${compared}`;
  }
  const texts = operands.map(String);
  const [part = ""] = texts;
  if (test === "startsWith") return `left(${x}, ${lengthOf(part)}) = ${literal(part)}`;
  if (test === "endsWith") return `right(${x}, ${lengthOf(part)}) = ${literal(part)}`;
  if (test === "contains") return `strpos(${x}, ${literal(part)}) > 0`;
  return `${x} ${excluding.includes(test) ? "NOT " : ""}IN (${texts.map(literal).join(", ")})`;
}

/** A condition on a relation's rows, as `holdsWhere` reads it: true or false, never NULL. */
export function whereSql(relation: OpenRelation, where: Where, dialect: Dialect): string {
  const joined = (parts: readonly Where[], by: string) =>
    `(${parts.map((part) => whereSql(relation, part, dialect)).join(` ${by} `)})`;
  if ("all" in where) return joined(where.all, "AND");
  if ("any" in where) return joined(where.any, "OR");
  if ("not" in where) return `(NOT ${whereSql(relation, where.not, dialect)})`;
  return `coalesce(${testSql(relation, where, dialect)}, FALSE)`;
}
