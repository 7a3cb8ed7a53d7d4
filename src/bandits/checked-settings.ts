import { errorOf } from "../errors/index.js";
import { type Fields, type FieldsType, type NamedShapes, shapeProblems } from "../shapes/index.js";

/** Features are checked by the encoders that read them, which may be other people's. */
const elsewhere: NamedShapes = { feature: { kind: "anything" } };

/**
 * A part's settings, so that nothing in them is ignored.
 * @param settings  what the part is to be made with
 * @param fields    the settings there are
 * @returns the same settings
 * @throws ExperimentError with every problem at once, paths within the settings
 */
export function checkedSettings<F extends Fields, S = FieldsType<F>>(settings: S, fields: F): S {
  const problems = shapeProblems(settings, { kind: "object", has: fields }, [], elsewhere);
  if (problems.length > 0) throw errorOf(problems);
  return settings;
}
