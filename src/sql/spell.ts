import type { VariantReading } from "../metrics/data/index.js";
import type { ColumnKind, Dialect } from "./dialects/index.js";

/**
 * A column as an expression.
 * @param x   the quoted column
 * @param as  `text`: NULL where empty; `number`: a double; `label`: whatever reads as the level's text in JavaScript;
 *            `id`: whatever identifies a unit, NULL where missing
 */
export function columnSql(
  x: string,
  kind: ColumnKind,
  as: "text" | "number" | "label" | "id",
  dialect: Dialect,
): string {
  if (as === "id") return kind === "text" ? dialect.text(x, kind) : x;
  return dialect[as](x, kind);
}

/** The variant's key of a text expression, itself where nothing is mapped. */
export function variantSql(text: string, { values }: VariantReading, dialect: Dialect): string {
  const mapped = Object.entries(values);
  if (mapped.length === 0) return text;
  const cases = mapped.map(([value, key]) => `WHEN ${dialect.literal(value)} THEN ${dialect.literal(key)}`);
  return `CASE ${text} ${cases.join(" ")} ELSE ${text} END`;
}
