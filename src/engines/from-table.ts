import type { Cells, CellsRequest, Source } from "../core/cells.js";
import type { TableMapping } from "../core/data-mapping.js";
import { duplicate_unit, errorOf, problem } from "../errors/index.js";
import { aggregates } from "../metrics/aggregates/index.js";
import {
  assembleCells,
  declaredDimensions,
  Exclusions,
  type Group,
  requireMapping,
  type TailPart,
  tableColumns,
  tableMappingShape,
  tailPlans,
  variantReading,
} from "../metrics/data/index.js";
import { compileTable, respelledNumbers } from "../sql/index.js";
import { checkValues, fitsMetrics, soundGroup } from "./check-values.js";
import type { Engine } from "./engine.js";
import { openRelation } from "./open-relation.js";
import { requireEngine } from "./require-engine.js";

async function read(engine: Engine, mapping: TableMapping, request: CellsRequest): Promise<Cells> {
  const opened = await openRelation(engine, mapping, ["data"]);
  const columns = tableColumns(
    mapping,
    request,
    opened.columns.map(({ name }) => name),
  );
  const numbers = columns.values.map(({ column }) => column);
  const relation = respelledNumbers(opened, numbers, engine.dialect);
  const reading = variantReading(mapping, request, ["data"]);
  const {
    sql,
    read: readRow,
    minima,
  } = compileTable(
    ...([relation, columns, reading, engine.dialect] as const),
    request.tails ? tailPlans(columns.metrics) : [],
  );
  const excluded = new Exclusions();
  const groups: Group[] = [];
  const tails: TailPart[] = [];
  let several = 0;
  let sound = true;
  const typed = columns.values.map(({ column, of }) => ({
    ...{ relation, column },
    as: "number" as const,
    support: aggregates[of].support,
  }));
  const rows = await checkValues(engine, typed, request, () =>
    engine.query(sql, { signal: request.signal, onProgress: request.onProgress }),
  );
  for (const row of rows) {
    const { state, ...found } = readRow(row);
    if (found.tail) {
      if (state === "one") tails.push(found.tail);
      continue;
    }
    const { group } = found;
    sound &&=
      soundGroup(group) &&
      fitsMetrics(group, request.metrics) &&
      minima.every(({ alias }) => Number(row[alias] ?? 0) >= 0);
    if (state === "two") excluded.add("seen_in_two_variants", group.units);
    else if (state === "none") excluded.add("missing_unit", group.units);
    else if (state === "several") several += group.units;
    else groups.push(group);
  }
  if (!sound) await checkValues(engine, typed, request);
  if (several > 0)
    throw errorOf([problem({ duplicate_unit }, ["data", "unit"], mapping.unit, { times: several })]);
  const { version } = columns;
  return assembleCells(
    groups,
    request,
    { ...reading, ...(version === undefined ? {} : { versionColumn: version }) },
    excluded,
    { tails, ...(mapping.unit === undefined ? {} : { repeated: [] }) },
  );
}

/**
 * Outcomes from a wide table (one row per unit) that an engine can read: one query gives the moments of every metric in
 * every cell.
 * @param engine   a connection, e.g. from `duckdb()`; it stays open, and is the caller's to close
 * @param mapping  the table or file, and which column is what
 * @returns a source for `analyze`
 * @throws ExperimentError what is wrong with the engine or the mapping, within ["data"]. Reading throws `missing_file`, `missing_column`, `unknown_variant`, `not_a_number`,
 *         `not_finite`, `duplicate_unit`, `empty_data` and the like
 */
export function fromTable(engine: Engine, mapping: TableMapping): Source {
  requireEngine(engine);
  requireMapping(mapping, tableMappingShape);
  return {
    kind: "table",
    dimensions: declaredDimensions(mapping),
    read: (request) => read(engine, mapping, request),
  };
}
