import { nearName } from "../errors/index.js";
import { type Fields, type FieldsType, requireKeys, requireShape } from "../shapes/index.js";

/**
 * A part's settings where bytes count: `checkedSettings` refuses the same, and tells of every problem at once.
 * @param settings  what the part is to be made with
 * @param fields    the settings there are
 * @returns the same settings
 * @throws ExperimentError with the first problem, its path within the settings
 */
export function leanSettings<F extends Fields>(settings: FieldsType<F>, fields: F): FieldsType<F> {
  requireKeys(settings, fields, [], nearName);
  requireShape(settings, { kind: "object", has: fields }, []);
  return settings;
}
