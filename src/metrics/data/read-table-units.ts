import type { Cells, CellsRequest } from "../../core/cells.js";
import type { TableMapping } from "../../core/data-mapping.js";
import { errorOf, not_by_cluster, problem } from "../../errors/index.js";
import { assembleCells, Exclusions } from "./assemble-cells.js";
import { CellGroups, type OpenGroup } from "./cell-groups.js";
import { cappedUnits, openTable, type TableUnit } from "./open-table.js";
import type { RowTable } from "./row-table.js";

/** Units of a wide table, read once, to be put into variants again and again. */
export interface TableUnits {
  /** Each unit's id, or its row's number where no column holds ids. */
  readonly ids: readonly string[];
  /**
   * The cells that there would be, had the units met these variants.
   * @param variants  one key per unit; units beyond its end have not come yet
   */
  cells(variants: readonly string[]): Cells;
}

const drawn = "\u0000drawn variant";

/** The table with a column that puts every row into one variant. */
const withVariant = (table: RowTable, variant: string): RowTable => ({
  columns: async () => [...(await table.columns()), drawn],
  async *rows(columns) {
    const at = columns.indexOf(drawn);
    const own = columns.filter((name) => name !== drawn);
    for await (const batch of table.rows(own)) yield batch.map((row) => row.toSpliced(at, 0, variant));
  },
});

/**
 * Reads a wide table's units, whatever variant they met.
 * @param rows     with outcomes as columns; a column of variants or versions is not read
 * @param given    which column is what
 * @throws ExperimentError what {@link openTable} and its units find
 */
export async function readTableUnits(
  rows: RowTable,
  { version: _, ...given }: TableMapping,
  request: CellsRequest,
): Promise<TableUnits> {
  if (given.cluster !== undefined)
    throw errorOf([problem({ not_by_cluster }, ["data", "cluster"], given.cluster)]);
  const table = withVariant(rows, request.definition.control);
  const { columns, reading, units } = await openTable(table, { ...given, variant: drawn }, request);
  const { metrics, caps } = await cappedUnits(columns.metrics, units, reading);
  const [ids, values, left]: [string[], TableUnit["values"][], Exclusions] = [[], [], new Exclusions()];
  // Units are put into variants again and again: which levels they have is looked up once.
  const [places, mixes, mixAt]: [Map<string, number>, (readonly string[])[], number[]] = [new Map(), [], []];
  await units(left, (unit, id) => {
    const key = unit.levels.join("\u0000");
    const place = places.get(key) ?? mixes.push(unit.levels) - 1;
    places.set(key, place);
    ids.push(id);
    values.push(unit.values);
    mixAt.push(place);
  });
  return {
    ids,
    cells(variants) {
      const groups = new CellGroups(metrics, request.tails);
      const open = new Map<string, OpenGroup[]>();
      for (let i = 0; i < Math.min(values.length, variants.length); i++) {
        const [unit, mix = 0, variant = ""] = [values[i], mixAt[i], variants[i]];
        let own = open.get(variant);
        if (!own) open.set(variant, (own = []));
        const group = (own[mix] ??= groups.group(variant, undefined, mixes[mix] ?? []));
        if (unit) groups.add(group, unit);
      }
      const excluded = new Exclusions();
      for (const [reason, count] of Object.entries(left.all())) excluded.add(reason, count);
      return assembleCells(groups.closed(), request, reading, excluded, {
        tails: groups.tails(),
        caps,
        repeated: [],
      });
    },
  };
}
