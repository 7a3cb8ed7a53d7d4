import type { ErrorLanguage } from "../language.js";
import * as sentences from "./index.js";

/** English, as `ExperimentError` speaks it by itself. */
export const english: ErrorLanguage = {
  sentences,
  input: "input",
  message: (place, problem, received, fix) => `${place}: ${problem} (received ${received}); ${fix}`,
  times: (times) => `, ${times} times`,
};
