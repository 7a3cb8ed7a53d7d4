import { requireObject } from "../../errors/index.js";
import { checkFields, type Fields } from "../../shapes/index.js";

/** The number of an order of effects: 1 for main effects, 2 for interactions of two factors … */
export const orderShape = { kind: "number", atLeast: 1, whole: true, optional: true } as const;

/**
 * Refuses a design's options in which anything would be ignored.
 * @throws ExperimentError with every problem, at ["options"] or the key
 */
export function checkDesignOptions(options: object, fields: Fields): void {
  requireObject(options, ["options"]);
  checkFields(options, fields);
}
