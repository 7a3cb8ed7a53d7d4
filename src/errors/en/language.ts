import type { ErrorLanguage } from "../language.js";
import * as sentences from "./index.js";

/** English, as `ExperimentError` speaks it by itself. */
export const english: ErrorLanguage = {
  sentences,
  input: "input",
  message: (place, problem, fix) => `${place}: ${problem}; ${fix}`,
  found: (received, times) => ` (received ${received}${times > 1 ? `, ${times} times` : ""})`,
};
