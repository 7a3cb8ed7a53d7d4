import { isNumeric, type Where } from "../settings/index.js";

/** What a row holds in a column: its text, `""` where it is missing, and its number, null where it has none. */
interface RowReader {
  text(column: string): string;
  number(column: string): number | null;
}

/**
 * Whether an event is meant by a condition. A missing value fails every test, `neq` and `notIn` included; only `exists: false`
 * holds. So does what is not a number where numbers are compared.
 */
export function holdsWhere(where: Where, row: RowReader): boolean {
  if ("all" in where) return where.all.every((part) => holdsWhere(part, row));
  if ("any" in where) return where.any.some((part) => holdsWhere(part, row));
  if ("not" in where) return !holdsWhere(where.not, row);
  const { column, test, operands } = where;
  if (test === "exists") return (row.text(column) !== "") === operands[0];
  if (isNumeric(test, operands)) {
    const value = row.number(column);
    if (value === null || !Number.isFinite(value)) return false;
    const numbers = operands.map(Number);
    const [bound = 0] = numbers;
    if (test === "eq" || test === "in") return numbers.includes(value);
    if (test === "neq" || test === "notIn") return !numbers.includes(value);
    if (test === "lt") return value < bound;
    if (test === "lte") return value <= bound;
    return test === "gt" ? value > bound : value >= bound;
  }
  const value = row.text(column);
  if (value === "") return false;
  const texts = operands.map(String);
  const [part = ""] = texts;
  if (test === "eq" || test === "in") return texts.includes(value);
  if (test === "neq" || test === "notIn") return !texts.includes(value);
  if (test === "startsWith") return value.startsWith(part);
  return test === "endsWith" ? value.endsWith(part) : value.includes(part);
}
