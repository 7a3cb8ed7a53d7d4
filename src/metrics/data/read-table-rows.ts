import type { Cells, CellsRequest } from "../../core/cells.js";
import type { TableMapping } from "../../core/data-mapping.js";
import { assembleCells, Exclusions } from "./assemble-cells.js";
import { CellGroups } from "./cell-groups.js";
import { Clusters, clusteredColumns } from "./clusters.js";
import { cappedUnits, openTable } from "./open-table.js";
import { readGrains } from "./read-grains.js";
import type { RowTable } from "./row-table.js";

/**
 * Reads a wide table's rows into cells, holding only moments — and, where the mapping names a unit column, one small
 * record a unit, to find units in two variants.
 * @param rows     with outcomes as columns
 * @param given    which column is what
 * @returns cells as {@link assembleCells} makes them
 * @throws ExperimentError what {@link openTable}, its units and {@link assembleCells} find
 */
export function readTableRows(rows: RowTable, given: TableMapping, request: CellsRequest): Promise<Cells> {
  return readGrains(given, request, (each) => read(rows, given, each));
}

async function read(rows: RowTable, given: TableMapping, request: CellsRequest): Promise<Cells> {
  const { columns, reading, units } = await openTable(rows, given, request);
  const { metrics, caps } = await cappedUnits(columns.metrics, units, reading);
  const excluded = new Exclusions();
  const told = { ...reading, ...(columns.version === undefined ? {} : { versionColumn: columns.version }) };
  if (columns.cluster !== undefined) {
    const groups = new CellGroups(clusteredColumns(metrics));
    const clusters = new Clusters(metrics, excluded);
    await units(excluded, ({ cluster = "", ...unit }) => {
      if (reading.known(unit.variant)) clusters.add({ ...unit, cluster });
      else groups.group(unit.variant, undefined, []).units++;
    });
    const repeated = clusters.close(groups, columns.dimensions.length);
    return assembleCells(groups.closed(), request, told, excluded, { caps, repeated, clustered: true });
  }
  const groups = new CellGroups(metrics, request.tails);
  await units(excluded, ({ variant, version, levels, values }) =>
    groups.add(groups.group(variant, version, levels), values),
  );
  return assembleCells(groups.closed(), request, told, excluded, {
    ...{ tails: groups.tails(), caps },
    ...(columns.unit === undefined ? {} : { repeated: [] }),
  });
}
