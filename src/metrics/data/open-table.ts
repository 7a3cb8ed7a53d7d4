import type { CellsRequest } from "../../core/cells.js";
import { byCodePoint } from "../../core/code-point-order.js";
import type { TableMapping } from "../../core/data-mapping.js";
import { detailedProblem, duplicate_unit, errorOf } from "../../errors/index.js";
import { aggregates } from "../aggregates/index.js";
import { Exclusions, severalLevels } from "./assemble-cells.js";
import { binsOf, withBins } from "./bins.js";
import { type TableColumns, tableColumns } from "./columns.js";
import { textOf } from "./parse.js";
import type { MetricColumns } from "./per-unit-values.js";
import { type CappedMetrics, CapValues, capPlans, withCaps } from "./percentile-caps.js";
import { type VariantReading, variantReading } from "./reading.js";
import { type RowTable, withMissing } from "./row-table.js";
import { ValueProblems } from "./value-problems.js";

/** A unit as a wide table's rows tell it; texts as found, `""` where missing. */
export interface TableUnit {
  readonly variant: string;
  readonly version: string | undefined;
  /** Its cluster, where one is mapped. */
  readonly cluster?: string;
  readonly levels: readonly string[];
  /** Its per-unit values, null where missing. */
  readonly values: readonly (number | null)[];
}

/** A wide table whose columns are settled. */
export interface OpenTable {
  readonly columns: TableColumns;
  readonly reading: VariantReading;
  /**
   * Reads all rows and hands over each unit that counts, with its id or else its row's number.
   * @throws ExperimentError what {@link ValueProblems} finds; `duplicate_unit` when a unit has several rows in one variant, and
   *         what they mean is not declared
   */
  units(excluded: Exclusions, take: (unit: TableUnit, id: string) => void): Promise<void>;
}

/** What is kept of a unit until all rows are seen. */
interface SeenUnit extends TableUnit {
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
  row: Pick<SeenUnit, "version" | "cluster" | "levels" | "values">,
  columns: TableColumns["values"],
): void {
  unit.torn ||= unit.version !== row.version || unit.cluster !== row.cluster;
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
 * Settles a wide table's columns, before any row is read.
 * @param rows     with outcomes as columns
 * @param given    which column is what
 * @throws ExperimentError what {@link tableColumns} finds
 */
export async function openTable(
  rows: RowTable,
  given: TableMapping,
  request: CellsRequest,
): Promise<OpenTable> {
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
  const { variant, unit, version, cluster, dimensions, values, duplicates } = columns;
  const wanted = [
    variant,
    unit,
    version,
    cluster,
    ...dimensions,
    ...values.map(({ column }) => column),
  ].filter((name) => name !== undefined);
  const [unitAt, versionAt] = [1, unit === undefined ? 1 : 2];
  const clusterAt = versionAt + (version === undefined ? 0 : 1);
  const levelsAt = clusterAt + (cluster === undefined ? 0 : 1);
  const valuesAt = levelsAt + dimensions.length;
  return {
    columns,
    reading,
    async units(excluded, take) {
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
            variant: key,
            version: version === undefined ? undefined : textOf(row[versionAt]),
            ...(cluster === undefined ? {} : { cluster: textOf(row[clusterAt]) }),
            levels: row.slice(levelsAt, valuesAt).map(textOf),
            values: found,
          };
          const id = unit === undefined ? undefined : textOf(row[unitAt]);
          if (id === undefined || !reading.known(key)) {
            imputedIn(found, values);
            take(own, String(rowNumber));
          } else if (id === "") excluded.add("missing_unit");
          else {
            const before = seen.get(id);
            if (!before) seen.set(id, { ...own, rows: 1, two: false, torn: duplicates === undefined });
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
      for (const [id, found] of seen) {
        if (found.two) excluded.add("seen_in_two_variants");
        else if (found.rows === 1 || !found.torn) {
          imputedIn(found.values, values);
          take(found, id);
          if (duplicates === "first") excluded.add("rows_repeated", found.rows - 1);
        } else {
          repeats++;
          if (repeated === undefined || byCodePoint(id, repeated) < 0) repeated = id;
        }
      }
      if (repeats > 0)
        throw errorOf([detailedProblem({ duplicate_unit }, ["data", "unit"], repeated, { times: repeats })]);
    },
  };
}

/**
 * Finds caps that are percentiles, in a pass of their own over all units.
 * @returns the metrics as they are where there are none
 */
export async function cappedUnits(
  metrics: readonly MetricColumns[],
  units: OpenTable["units"],
  reading: VariantReading,
): Promise<CappedMetrics> {
  const plans = capPlans(metrics);
  if (plans.length === 0) return { metrics, caps: [] };
  const found = new CapValues(plans);
  await units(new Exclusions(), ({ variant, values }) => {
    if (reading.known(variant)) found.add(values);
  });
  return withCaps(metrics, plans, found.found());
}
