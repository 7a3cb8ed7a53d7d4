import type { Cells, CellsRequest } from "../../core/cells.js";
import { byCodePoint } from "../../core/code-point-order.js";
import type { TableMapping } from "../../core/data-mapping.js";
import { duplicate_unit, errorOf, problem } from "../../errors/index.js";
import { aggregates } from "../aggregates/index.js";
import { assembleCells, Exclusions, severalLevels } from "./assemble-cells.js";
import { binsOf, withBins } from "./bins.js";
import { CellGroups } from "./cell-groups.js";
import { type TableColumns, tableColumns } from "./columns.js";
import { textOf } from "./parse.js";
import { variantReading } from "./reading.js";
import { type RowTable, withMissing } from "./row-table.js";
import { ValueProblems } from "./value-problems.js";

/** What is kept of a unit until all rows are seen. */
interface SeenUnit {
  readonly variant: string;
  readonly version: string | undefined;
  readonly levels: string[];
  readonly values: (number | null)[];
  rows: number;
  two: boolean;
  /** Whether its rows cannot be one. */
  torn: boolean;
}

/** Adds a further row to those of a unit that were added up. */
function addRow(
  unit: SeenUnit,
  row: Pick<SeenUnit, "version" | "levels" | "values">,
  columns: TableColumns["values"],
): void {
  unit.torn ||= unit.version !== row.version;
  for (const [i, level] of row.levels.entries())
    if (level !== "" && level !== unit.levels[i])
      unit.levels[i] = unit.levels[i] === "" ? level : severalLevels;
  for (const [i, { of, imputed }] of columns.entries()) {
    const [before, more] = [unit.values[i] ?? null, row.values[i] ?? null];
    const largest = imputed !== undefined || aggregates[of].support === "binary";
    if (before === null || more === null) unit.values[i] = before ?? more;
    else unit.values[i] = largest ? Math.max(before, more) : before + more;
  }
}

/** Puts 0 for covariates that are missing, and tells by 1 that they are. */
function imputedIn(found: (number | null)[], columns: TableColumns["values"]): (number | null)[] {
  for (const [i, { imputed }] of columns.entries()) {
    const value = found[i] ?? null;
    if (imputed === "value") found[i] = value ?? 0;
    else if (imputed) found[i] = value === null ? 1 : 0;
  }
  return found;
}

/**
 * Reads a wide table's rows into cells, holding only moments — and, where the mapping names a unit column, one small
 * record a unit, to find units in two variants.
 * @param rows     with outcomes as columns
 * @param given    which column is what
 * @returns cells as {@link assembleCells} makes them
 * @throws ExperimentError what {@link tableColumns}, {@link ValueProblems} and {@link assembleCells} find;
 *         `duplicate_unit` when a unit has several rows in one variant, and what they mean is not declared
 */
export async function readTableRows(
  rows: RowTable,
  given: TableMapping,
  request: CellsRequest,
): Promise<Cells> {
  const present = withMissing(rows, given);
  const known = await present.columns();
  const { bins, mapping } = binsOf(given, request.dimensions, known);
  const problems = new ValueProblems(mapping);
  const table = withBins(present, bins, problems);
  const columns = tableColumns(
    mapping,
    request,
    known,
    bins.map(({ name }) => name),
  );
  const reading = variantReading(mapping, request, ["data"]);
  const { variant, unit, version, dimensions, values, duplicates } = columns;
  const wanted = [variant, unit, version, ...dimensions, ...values.map(({ column }) => column)].filter(
    (name) => name !== undefined,
  );
  const [unitAt, versionAt] = [1, unit === undefined ? 1 : 2];
  const levelsAt = versionAt + (version === undefined ? 0 : 1);
  const valuesAt = levelsAt + dimensions.length;

  const groups = new CellGroups(columns.metrics, request.tails);
  const excluded = new Exclusions();
  const seen = new Map<string, SeenUnit>();
  let rowNumber = 0;
  for await (const batch of table.rows(wanted)) {
    request.signal?.throwIfAborted();
    for (const row of batch) {
      rowNumber++;
      const key = reading.key(textOf(row[0]));
      let read: number | null = null;
      const found = values.map(({ column, of, imputed }, i) => {
        // Whether a covariate is missing is asked right after its value.
        if (imputed !== "missing")
          read = problems.number(row[valuesAt + i], column, rowNumber, aggregates[of].support);
        return read;
      });
      const own = {
        version: version === undefined ? undefined : textOf(row[versionAt]),
        levels: row.slice(levelsAt, valuesAt).map(textOf),
        values: found,
      };
      const id = unit === undefined ? undefined : textOf(row[unitAt]);
      if (id === undefined || !reading.known(key))
        groups.add(groups.group(key, own.version, own.levels), imputedIn(found, values));
      else if (id === "") excluded.add("missing_unit");
      else {
        const before = seen.get(id);
        if (!before)
          seen.set(id, { ...own, variant: key, rows: 1, two: false, torn: duplicates === undefined });
        else {
          before.rows++;
          before.two ||= before.variant !== key;
          if (duplicates === "sum") addRow(before, own, values);
        }
      }
    }
  }
  problems.throw();
  let repeated: string | undefined;
  let repeats = 0;
  for (const [id, { variant, version, levels, values: found, rows, two, torn }] of seen) {
    if (two) excluded.add("seen_in_two_variants");
    else if (rows === 1 || !torn) {
      groups.add(groups.group(variant, version, levels), imputedIn(found, values));
      if (duplicates === "first") excluded.add("rows_repeated", rows - 1);
    } else {
      repeats++;
      if (repeated === undefined || byCodePoint(id, repeated) < 0) repeated = id;
    }
  }
  if (repeats > 0)
    throw errorOf([problem({ duplicate_unit }, ["data", "unit"], repeated, { times: repeats })]);
  return assembleCells(
    groups.closed(),
    request,
    { ...reading, ...(version === undefined ? {} : { versionColumn: version }) },
    excluded,
    { tails: groups.tails(), ...(unit === undefined ? {} : { repeated: [] }) },
  );
}
