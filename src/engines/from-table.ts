import type { Cells, CellsRequest, Source } from "../core/cells.js";
import type { TableMapping } from "../core/data-mapping.js";
import { limits } from "../core/limits.js";
import {
  detailedProblem,
  duplicate_unit,
  ExperimentError,
  errorOf,
  missing_value,
  overLimit,
} from "../errors/index.js";
import { aggregates } from "../metrics/aggregates/index.js";
import {
  assembleCells,
  type Bin,
  binsOf,
  clusterReasons,
  declaredDimensions,
  Exclusions,
  type Group,
  orderedDimensions,
  readGrains,
  requireMapping,
  type TableColumns,
  type TailPart,
  tableColumns,
  tableMappingShape,
  tailPlans,
  variantReading,
} from "../metrics/data/index.js";
import { checkFields } from "../shapes/index.js";
import {
  binnedColumns,
  compileTable,
  type Dialect,
  type OpenRelation,
  respelledNumbers,
} from "../sql/index.js";
import { binnedValues, checkValues, fitsMetrics, soundGroup, type TypedColumn } from "./check-values.js";
import { countValues } from "./count-values.js";
import type { Engine } from "./engine.js";
import { findCaps } from "./find-caps.js";
import { openRelation, refuseNested } from "./open-relation.js";
import { requireEngine } from "./require-engine.js";
import { runQueries } from "./run-queries.js";
import { bucketsOf, packed, type SplitOptions, splitFields } from "./split-units.js";
import { spreadOf } from "./spread-of.js";

/** Options of {@link fromTable}. */
export type FromTableOptions = SplitOptions;

/** The columns that are read as numbers. */
function typedColumns(
  relation: OpenRelation,
  { values }: TableColumns,
  bins: readonly Bin[],
  dialect: Dialect,
): readonly TypedColumn[] {
  return [
    ...values.map(({ column, of }) => ({
      ...{ relation, column },
      as: "number" as const,
      support: aggregates[of].support,
    })),
    ...binnedValues(relation, bins, dialect),
  ];
}

/** The queries, over parts of the table or over buckets of its units. */
async function compiled(
  engine: Engine,
  mapping: TableMapping,
  opened: OpenRelation,
  { columns, bins }: { readonly columns: TableColumns; readonly bins: readonly Bin[] },
  request: CellsRequest,
  options: FromTableOptions,
) {
  const reading = variantReading(mapping, request, ["data"]);
  const source = (name: string) => bins.find((bin) => bin.name === name)?.column ?? name;
  const { variant, unit, version, cluster, dimensions, values } = columns;
  const numbers = values.map(({ column }) => column);
  const respelled = (relation: OpenRelation) =>
    respelledNumbers(binnedColumns(relation, bins, engine.dialect), numbers, engine.dialect);
  const compiledAs = (relation: OpenRelation, wanted: TableColumns, buckets: number) => {
    const plans = request.tails ? tailPlans(wanted.metrics) : [];
    return compileTable(respelled(relation), wanted, reading, engine.dialect, plans, buckets);
  };
  const capped = async (relation: OpenRelation) => {
    const query = compiledAs(relation, columns, 1).caps;
    const typed = typedColumns(respelled(relation), columns, bins, engine.dialect);
    const { metrics, caps } = await findCaps(engine, columns.metrics, query, typed, request);
    const compile = (part: OpenRelation, buckets: number) =>
      compiledAs(part, { ...columns, metrics }, buckets);
    return { relation: respelled(relation), typed, caps, compile };
  };
  const labels = [...(version === undefined ? [] : [version]), ...dimensions];
  const clusters = cluster === undefined ? [] : [cluster];
  const names = [...new Set([variant, ...labels, ...clusters, ...numbers].map(source))];
  refuseNested(opened, unit === undefined ? names : [...names, unit]);
  if (unit === undefined) {
    // Units of a cluster stay together.
    const parts = (cluster === undefined && (await engine.parts?.(mapping, opened))) || [opened];
    const { compile, ...found } = await capped(opened);
    const query = compile(opened, 1);
    return {
      ...found,
      query: { ...query, sqls: parts.flatMap((part) => compile(part, 1).sqls) },
    };
  }
  const { relation, size } = await packed(engine, mapping, opened, [...new Set([...names, unit])], {
    signal: request.signal,
  });
  const { compile, ...found } = await capped(relation);
  return {
    ...found,
    query: compile(relation, cluster === undefined ? (options.buckets ?? bucketsOf({ units: size })) : 1),
  };
}

async function read(
  engine: Engine,
  given: TableMapping,
  request: CellsRequest,
  options: FromTableOptions,
): Promise<Cells> {
  const opened = await openRelation(engine, given, ["data"]);
  const known = opened.columns.map(({ name }) => name);
  const { bins, mapping } = binsOf(given, request.dimensions, known);
  const columns = tableColumns(
    mapping,
    request,
    known,
    bins.map(({ name }) => name),
  );
  const reading = variantReading(mapping, request, ["data"]);
  const { typed, caps, query } = await compiled(engine, mapping, opened, { columns, bins }, request, options);
  const { sqls, severalUnit, read: readRow, minima } = query;
  const excluded = new Exclusions();
  const groups: Group[] = [];
  const tails: TailPart[] = [];
  let several = 0;
  const clustered = columns.cluster !== undefined;
  // What a cluster's sum hides is looked for in the column itself.
  let sound = !clustered;
  const rows = await checkValues(engine, typed, request, () =>
    runQueries(engine, sqls, mapping.file !== undefined, {
      signal: request.signal,
      onProgress: request.onProgress,
    }),
  );
  if (rows.length > limits.groups.most) throw overLimit("groups", ["dimensions"], rows.length);
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
    else {
      excluded.add("rows_repeated", found.repeated);
      if (state === "unclustered") excluded.add(clusterReasons.none, group.units);
      else if (state === "split") excluded.add(clusterReasons.split, group.units);
      else groups.push(group);
    }
  }
  if (!sound) await checkValues(engine, typed, request);
  if (several > 0 && severalUnit !== undefined) {
    const [row] = await engine.query(severalUnit, { signal: request.signal });
    throw errorOf([detailedProblem({ duplicate_unit }, ["data", "unit"], row?.unit, { times: several })]);
  }
  const counted = await countValues(engine, query.counts, (row) => query.readCount(row), request);
  const { version } = columns;
  const repeated = clustered
    ? await spreadOf(engine, query.spread, request)
    : mapping.unit === undefined
      ? undefined
      : [];
  return assembleCells(
    groups,
    request,
    { ...reading, ...(version === undefined ? {} : { versionColumn: version }) },
    excluded,
    {
      ...(clustered ? { clustered } : { tails }),
      ...{ ...(counted ? { counted } : {}), caps, ...(repeated ? { repeated } : {}) },
    },
  );
}

/**
 * Outcomes from a wide table (one row per unit) that an engine can read: the moments of every metric in every cell, by one
 * query, or by several over parts of a large table.
 * @param engine   a connection, e.g. from `duckdb()`; it stays open, and is the caller's to close
 * @param mapping  the table or file, and which column is what
 * @param options  how many queries the units are split over, where the mapping names a unit column
 * @returns a source for `analyze`
 * @throws ExperimentError what is wrong with the engine, the mapping, within ["data"], or the options; `missing_value` at
 *         ["data", "unit"] for buckets without a unit column. Reading throws `missing_file`, `missing_column`, `unknown_variant`, `not_a_number`,
 *         `not_finite`, `duplicate_unit`, `empty_data` and the like
 */
export function fromTable(engine: Engine, mapping: TableMapping, options: FromTableOptions = {}): Source {
  requireEngine(engine);
  requireMapping(mapping, tableMappingShape);
  checkFields(options, splitFields, ["options"]);
  if (options.buckets !== undefined && mapping.unit === undefined)
    throw new ExperimentError({ missing_value }, ["data", "unit"], undefined, { expected: { type: "text" } });
  return {
    kind: "table",
    dimensions: declaredDimensions(mapping),
    ...orderedDimensions(mapping),
    read: (request) => readGrains(mapping, request, (each) => read(engine, mapping, each, options)),
  };
}
