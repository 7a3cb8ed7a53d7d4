import type { DimensionOrder } from "../../core/cells.js";
import type { DataMapping } from "../../core/data-mapping.js";
import { edgeLevels } from "./bins.js";

/** @returns of the dimensions whose levels a mapping puts in an order, that order; for a source to carry */
export function orderedDimensions(mapping: DataMapping): {
  readonly ordered?: Readonly<Record<string, DimensionOrder>>;
} {
  const { dimensions = [] } = "exposures" in mapping ? mapping.exposures : mapping;
  const found = Object.entries(dimensions).flatMap(([dimension, column]): [string, DimensionOrder][] => {
    if (typeof column === "string") return [];
    const { by, ordered = by !== undefined, edges, randomized } = column;
    if (ordered === false) return [];
    const levels = edges ? edgeLevels(edges) : ordered === true ? undefined : ordered;
    return [[dimension, { ...(levels ? { levels } : {}), ...(randomized ? { randomized } : {}) }]];
  });
  return found.length > 0 ? { ordered: Object.fromEntries(found) } : {};
}
