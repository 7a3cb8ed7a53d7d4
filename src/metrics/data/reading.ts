import type { CellsRequest } from "../../core/cells.js";
import type { ExposuresMapping, TableMapping } from "../../core/data-mapping.js";
import { variantColumn } from "./columns.js";

/** How a mapping reads the values of its variant column. */
export interface VariantReading {
  /** Variant key of a value found in the data, itself where nothing is mapped. */
  key(text: string): string;
  /** Variant key of each value that is mapped. */
  readonly values: Readonly<Record<string, string>>;
  /** Keys of the definition's variants. */
  readonly keys: readonly string[];
  /** Whether the definition has such a variant. */
  known(key: string): boolean;
  readonly ignoreUnknown: boolean;
  readonly variantPath: readonly string[];
}

/**
 * @param path  where the mapping lies, for messages
 * @returns how to read the mapping's variant column
 */
export function variantReading(
  { variant }: TableMapping | ExposuresMapping,
  { definition }: CellsRequest,
  path: readonly string[],
): VariantReading {
  const { values = {}, unknown = "error" } = variantColumn(variant);
  const mapped = new Map(Object.entries(values));
  const known = new Set<string>(definition.variants.map(({ key }) => key));
  return {
    values,
    keys: [...known],
    key: (text) => mapped.get(text) ?? text,
    known: (key) => known.has(key),
    ignoreUnknown: unknown === "ignore",
    variantPath: [...path, "variant"],
  };
}
