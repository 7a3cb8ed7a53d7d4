import type { CellsRequest } from "../core/cells.js";
import {
  detailedProblem,
  errorOf,
  negative_value,
  not_a_number,
  not_a_time,
  not_binary,
  not_finite,
  type Problem,
} from "../errors/index.js";
import type { Support } from "../metrics/aggregates/index.js";
import type { Bin, Group } from "../metrics/data/index.js";
import { metricTypeOf } from "../metrics/index.js";
import {
  columnSql,
  type Dialect,
  kindOf,
  type OpenRelation,
  presentSql,
  type ResultRow,
  respelledNumbers,
} from "../sql/index.js";
import type { Engine } from "./engine.js";

/** A column and what its values must be. */
export interface TypedColumn {
  readonly relation: OpenRelation;
  readonly column: string;
  readonly as: "number" | "time";
  readonly support?: Support;
}

/** The columns of numbers and times that dimensions are made from. */
export function binnedValues(
  relation: OpenRelation,
  bins: readonly Bin[],
  dialect: Dialect,
): readonly TypedColumn[] {
  const columns = bins.flatMap(({ column, edges }) => (edges ? [column] : []));
  const times = bins.flatMap(({ column, by }) => (by ? [column] : []));
  const spelled = respelledNumbers(relation, columns, dialect, "essai checked number");
  return [
    ...columns.map((column) => ({ relation: spelled, column, as: "number" as const })),
    ...times.map((column) => ({ relation, column, as: "time" as const })),
  ];
}

/** Conditions under which a column's value is bad, each with its code. */
function faults({ relation, column, as, support }: TypedColumn, dialect: Dialect) {
  const text = dialect.text(dialect.identifier(column), kindOf(relation, column));
  const value = columnSql(relation, column, as, dialect, false);
  const unread = `${presentSql(relation, column, dialect)} AND ${value} IS NULL`;
  if (as === "time") return [{ entry: { not_a_time }, when: unread, text }];
  return [
    { entry: { not_a_number }, when: unread, text },
    { entry: { not_finite }, when: `NOT ${dialect.isFinite(value)}`, text },
    ...(support === "binary"
      ? [{ entry: { not_binary }, when: `${value} <> 0 AND ${value} <> 1`, text }]
      : []),
    ...(support === "nonNegative" ? [{ entry: { negative_value }, when: `${value} < 0`, text }] : []),
  ];
}

async function problemsOf(engine: Engine, typed: TypedColumn, request: CellsRequest): Promise<Problem[]> {
  const all = faults(typed, engine.dialect);
  const items = all.flatMap(({ when, text }, i) => [
    `count(CASE WHEN ${when} THEN 1 END) AS n${i}`,
    `min(CASE WHEN ${when} THEN ${text} END) AS example${i}`,
  ]);
  const [row] = await engine.query(`SELECT ${items.join(", ")} FROM ${typed.relation.sql}`, {
    signal: request.signal,
  });
  return all.flatMap(({ entry }, i) => {
    const times = Number(row?.[`n${i}`] ?? 0);
    return times > 0 ? [detailedProblem(entry, [typed.column], row?.[`example${i}`], { times })] : [];
  });
}

/**
 * Runs a query; where it fails or returns something that is not a number, finds the column whose values caused it.
 * @param columns  the columns that the query reads as numbers and times
 * @param run      the query; absent: only look at the columns
 * @returns the query's rows
 * @throws ExperimentError `not_a_number`, `not_finite`, `not_binary`, `negative_value`, `not_a_time` at [column]; the query's own
 *         error when every column is as it must be
 */
export async function checkValues(
  engine: Engine,
  columns: readonly TypedColumn[],
  request: CellsRequest,
  run: () => Promise<readonly ResultRow[]> = async () => [],
): Promise<readonly ResultRow[]> {
  let failure: unknown;
  try {
    const rows = await run();
    if (rows.length > 0) return rows;
  } catch (error) {
    request.signal?.throwIfAborted();
    failure = error;
  }
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const typed of columns) {
    const key = JSON.stringify([typed.relation.sql, typed.column, typed.as, typed.support]);
    if (!seen.has(key)) problems.push(...(await problemsOf(engine, typed, request)));
    seen.add(key);
  }
  if (problems.length > 0) throw errorOf(problems);
  if (failure !== undefined) throw failure;
  return [];
}

/** Whether a group's moments are such as its metrics' values can have: those of zeros and ones for a conversion. */
export function fitsMetrics({ moments }: Group, metrics: CellsRequest["metrics"]): boolean {
  return metrics.every((metric, i) => {
    const own = moments[i];
    return own === undefined || metricTypeOf(metric).check(own, []).length === 0;
  });
}

/** Whether every number of a group is finite. */
export function soundGroup({ moments }: Group): boolean {
  return moments.every(
    ({ mean, comoment }) => mean.every(Number.isFinite) && comoment.every(Number.isFinite),
  );
}
