import { type Bin, edgeLevels, otherLevel } from "../metrics/data/index.js";
import type { Dialect } from "./dialects/index.js";
import type { OpenRelation } from "./relation.js";
import { columnSql, respelledNumbers } from "./spell.js";

function binSql({ column, edges = [], keep }: Bin, relation: OpenRelation, dialect: Dialect): string {
  const { literal } = dialect;
  if (keep) {
    const text = columnSql(relation, column, "text", dialect);
    return `CASE WHEN ${text} IN (${keep.map(literal).join(", ")}) THEN ${text} WHEN ${text} IS NOT NULL THEN ${literal(otherLevel)} END`;
  }
  const number = columnSql(relation, column, "number", dialect);
  const levels = edgeLevels(edges);
  const below = edges.map(
    (edge, i) => `WHEN ${number} < ${dialect.double(String(edge))} THEN ${literal(levels[i] ?? "")}`,
  );
  const last = `WHEN ${number} IS NOT NULL THEN ${literal(levels.at(-1) ?? "")}`;
  return `CASE WHEN NOT ${dialect.isFinite(number)} THEN NULL ${below.join(" ")} ${last} END`;
}

/** @returns the relation with a column for each binned dimension */
export function binnedColumns(relation: OpenRelation, bins: readonly Bin[], dialect: Dialect): OpenRelation {
  if (bins.length === 0) return relation;
  const numbers = bins.filter(({ keep }) => keep === undefined).map(({ column }) => column);
  const base = respelledNumbers(relation, numbers, dialect, "essai bin number");
  const made = bins.map((bin) => `${binSql(bin, base, dialect)} AS ${dialect.identifier(bin.name)}`);
  return {
    ...relation,
    sql: `(SELECT *, ${made.join(", ")} FROM ${base.sql}) AS binned`,
    columns: [...relation.columns, ...bins.map(({ name }) => ({ name, kind: "text" as const }))],
  };
}
