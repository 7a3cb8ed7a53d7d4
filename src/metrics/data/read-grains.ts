import type { Cells, CellsRequest } from "../../core/cells.js";
import type { DataMapping } from "../../core/data-mapping.js";

/** @returns the column of clusters that a mapping declares */
export const clusterColumn = (mapping: DataMapping): string | undefined =>
  ("exposures" in mapping ? mapping.exposures : mapping).cluster;

/**
 * Reads cells, and of data read by cluster every coarser crossing that is wanted, by a reading of its own: a cluster that lies
 * in several levels is one there.
 * @param read  reads the cells of the request's dimensions
 */
export async function readGrains(
  mapping: DataMapping,
  { grains = [], ...request }: CellsRequest,
  read: (request: CellsRequest) => Promise<Cells>,
): Promise<Cells> {
  const cluster = clusterColumn(mapping);
  const whole = await read(request);
  if (cluster === undefined) return whole;
  const { tails: _, onProgress: __, ...plain } = request;
  const own: NonNullable<Cells["grains"]>[number][] = [];
  for (const dimensions of grains)
    if (dimensions.length < request.dimensions.length) {
      const { cells } = await read({ ...plain, dimensions });
      own.push({ dimensions, cells });
    }
  return { ...whole, cluster, grains: own };
}
