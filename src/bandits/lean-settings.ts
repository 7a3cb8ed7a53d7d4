import { type ErrorPath, type NumberRange, nearName, requireNumber } from "../errors/index.js";
import { type FieldsType, requireKeys } from "../shapes/index.js";

type NumberSetting = { readonly kind: "number"; readonly optional: true } & NumberRange;
type LeanSetting =
  | NumberSetting
  | { readonly kind: "map"; readonly of: NumberSetting; readonly optional: true };

function check(value: unknown, setting: LeanSetting, path: ErrorPath): void {
  if (value === undefined) return;
  if (setting.kind === "map")
    for (const [key, each] of Object.entries(requireKeys(value, Object(value), path)))
      check(each, setting.of, [...path, key]);
  else {
    const { kind, optional, ...range } = setting;
    requireNumber(value, path, range);
  }
}

/**
 * A part's settings where bytes count, which are numbers or maps of numbers: `checkedSettings` refuses the same, and tells of
 * every problem at once.
 * @param settings  what the part is to be made with
 * @param fields    the settings there are
 * @returns the same settings
 * @throws ExperimentError with the first problem, its path within the settings
 */
export function leanSettings<F extends { readonly [name: string]: LeanSetting }>(
  settings: FieldsType<F>,
  fields: F,
): FieldsType<F> {
  const given = requireKeys(settings, fields, [], nearName);
  for (const [name, setting] of Object.entries(fields)) check(given[name], setting, [name]);
  return settings;
}
