export { declarationFor } from "./declaration-for.js";
export * from "./en/index.js";
export { english } from "./en/language.js";
export {
  type ErrorCode,
  type ErrorEntry,
  ExperimentError,
  type Problem,
  type Stated,
} from "./experiment-error.js";
export { type ErrorLanguage, inLanguage } from "./language.js";
export { nearName } from "./near-name.js";
export { overLimit } from "./over-limit.js";
export type {
  ErrorParameters,
  ErrorPath,
  Expected,
  NumberRange,
  Sentences,
  Told,
  ValueType,
} from "./parameters.js";
export { detailedProblem, errorOf, problem } from "./problem.js";
export { problemAt } from "./problem-at.js";
export { inRange, numberProblem, requireNumber } from "./require-number.js";
export { refuseType, requireArray, requireList, requireMethod, requireObject } from "./require-object.js";
export { type Kinds, type OptionalKinds, type RequiredKinds, requireParts } from "./require-parts.js";
export { requireWord } from "./require-word.js";
export { within } from "./within.js";
