import { checkFields, type Fields, fitsFields } from "../../shapes/index.js";

/**
 * Refuses options in which anything would be ignored. Once, at the public function: what it calls takes them as checked.
 * @throws ExperimentError with every problem at ["options", …], as `checkFields`
 */
export function checkOptions(options: object, fields: Fields): void {
  if (!fitsFields(options, fields)) checkFields(options, fields, ["options"]);
}
