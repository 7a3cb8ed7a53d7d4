import type { DataMapping } from "../../core/data-mapping.js";

/** @returns the names of the dimensions that a mapping declares, in its order */
export function declaredDimensions(mapping: DataMapping): readonly string[] {
  const { dimensions = [] } = "exposures" in mapping ? mapping.exposures : mapping;
  return Array.isArray(dimensions) ? dimensions : Object.keys(dimensions);
}
