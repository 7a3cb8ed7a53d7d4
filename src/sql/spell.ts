import { numeralPattern } from "../core/data-grammar.js";
import { notAsDeclared, type ReadySpelling } from "../core/data-spelling.js";
import type { VariantReading } from "../metrics/data/index.js";
import type { ColumnKind, Dialect } from "./dialects/index.js";
import { kindOf, type OpenRelation } from "./relation.js";

const list = (texts: readonly string[], { literal }: Dialect) => texts.map(literal).join(", ");

/** A column as it stands, NULL where what it holds is declared to be missing. */
function found(
  relation: OpenRelation,
  name: string,
  dialect: Dialect,
): readonly [x: string, kind: ColumnKind] {
  const [x, kind] = [dialect.identifier(name), kindOf(relation, name)];
  const { missing = [], missingNumbers = [] } = relation.spelling ?? {};
  const isMissing =
    kind === "text" && missing.length > 0
      ? `${dialect.trimmed(x)} IN (${list(missing, dialect)})`
      : kind === "number" && missingNumbers.length > 0
        ? `${x} IN (${missingNumbers.join(", ")})`
        : undefined;
  return [isMissing === undefined ? x : `CASE WHEN ${isMissing} THEN NULL ELSE ${x} END`, kind];
}

/** A text that spells a number as its table does, spelled as the grammar of data does. */
function respelled(x: string, { yes, no, numbers }: ReadySpelling, dialect: Dialect): string {
  const text = dialect.trimmed(x);
  const cases = [
    ...(yes.length > 0 ? [`WHEN ${text} IN (${list(yes, dialect)}) THEN '1'`] : []),
    ...(no.length > 0 ? [`WHEN ${text} IN (${list(no, dialect)}) THEN '0'`] : []),
  ];
  if (numbers) {
    const replaced = (from: string, by: string, left: string) =>
      `replace(${left}, ${dialect.literal(from)}, ${dialect.literal(by)})`;
    const bare = numbers.removed.reduce((left, mark) => replaced(mark, "", left), text);
    cases.push(
      `WHEN ${dialect.matches(text, numbers.pattern)} THEN ${replaced(numbers.decimal, ".", bare)}`,
      `WHEN ${dialect.matches(text, numeralPattern)} THEN ${text} || ${dialect.literal(notAsDeclared)}`,
    );
  }
  return cases.length === 0 ? x : `CASE ${cases.join(" ")} ELSE ${x} END`;
}

/**
 * A relation whose spelling was declared, with a further column for each of numbers, spelled as the grammar of data does: in a
 * query of its own, because readings of a number name their column many times.
 * @param numbers  names of the columns that numbers are read from
 * @param alias    what the further columns are called, before their number
 * @returns the relation itself where there is nothing to respell
 */
export function respelledNumbers(
  relation: OpenRelation,
  numbers: readonly string[],
  dialect: Dialect,
  alias = "essai number",
): OpenRelation {
  const { sql, columns, spelling } = relation;
  if (!spelling) return relation;
  const written = [...new Set(numbers)].filter((name) => kindOf(relation, name) === "text");
  const items = written.map((name, i) => ({ name, alias: `${alias} ${i}` }));
  const more = items.map(
    ({ name, alias }) =>
      `${respelled(found(relation, name, dialect)[0], spelling, dialect)} AS ${dialect.identifier(alias)}`,
  );
  return {
    sql: `(SELECT ${["*", ...more].join(", ")} FROM ${sql}) AS respelled`,
    columns: [...columns, ...items.map(({ alias }) => ({ name: alias, kind: "text" as const }))],
    spelling,
    numbers: new Map(items.map(({ name, alias }) => [name, alias])),
  };
}

/**
 * A column as an expression.
 * @param as  `text`: NULL where empty; `number`: a double; `label`: whatever reads as the level's text in JavaScript;
 *            `id`: whatever identifies a unit, NULL where missing; `time`: microseconds since 1970
 * @param strict  of numbers and times: fails on text that is neither, otherwise such text is NULL
 */
export function columnSql(
  relation: OpenRelation,
  name: string,
  as: "text" | "number" | "label" | "id" | "time",
  dialect: Dialect,
  strict = true,
): string {
  const respelled = as === "number" ? relation.numbers?.get(name) : undefined;
  if (respelled !== undefined) return dialect.number(dialect.identifier(respelled), "text", strict);
  const [x, kind] = found(relation, name, dialect);
  if (as === "id") return kind === "text" ? dialect.text(x, kind) : x;
  return as === "text" || as === "label" ? dialect[as](x, kind) : dialect[as](x, kind, strict);
}

/** Whether a column holds something: not NULL, not empty, not declared to be missing. */
export function presentSql(relation: OpenRelation, name: string, dialect: Dialect): string {
  const [x, kind] = found(relation, name, dialect);
  return `${kind === "text" ? dialect.trimmed(x) : x} IS NOT NULL`;
}

/** The variant's key of a text expression, itself where nothing is mapped. */
export function variantSql(text: string, { values }: VariantReading, dialect: Dialect): string {
  const mapped = Object.entries(values);
  if (mapped.length === 0) return text;
  const cases = mapped.map(([value, key]) => `WHEN ${dialect.literal(value)} THEN ${dialect.literal(key)}`);
  return `CASE ${text} ${cases.join(" ")} ELSE ${text} END`;
}
