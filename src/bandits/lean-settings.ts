import { ExperimentError, nearName, unknown_key } from "../errors/index.js";
import { type Fields, type FieldsType, requireKeys, requireShape } from "../shapes/index.js";

/**
 * A part's settings where bytes count: `checkedSettings` refuses the same, and tells of every problem at once.
 * @param settings  what the part is to be made with
 * @param fields    the settings there are
 * @returns the same settings
 * @throws ExperimentError with the first problem, its path within the settings
 */
export function leanSettings<F extends Fields>(settings: FieldsType<F>, fields: F): FieldsType<F> {
  const known = Object.keys(fields);
  const given = requireKeys(settings, Object(settings));
  for (const key of Object.keys(given))
    if (given[key] !== undefined && !known.includes(key))
      throw new ExperimentError({ unknown_key }, [key], key, nearName(key, known));
  requireShape(settings, { kind: "object", has: fields }, []);
  return settings;
}
