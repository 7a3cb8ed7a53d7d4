import type { DataMapping, TableMapping } from "../core/data-mapping.js";
import { ExperimentError, mapped_otherwise, missing_value } from "../errors/index.js";

/**
 * The data section of an experiment file where it maps one table.
 * @throws ExperimentError `missing_value` or `mapped_otherwise` at [option, "data"]
 */
export function tableMapping(data: DataMapping | undefined, option: string): TableMapping {
  if (data === undefined)
    throw new ExperimentError({ missing_value }, [option, "data"], undefined, {
      example: '"data": {"variant": "group"}',
    });
  if ("exposures" in data)
    throw new ExperimentError({ mapped_otherwise }, [option, "data"], undefined, {
      example: "a table, one row per unit",
    });
  return data;
}
