export { type ColumnSummary, summarizeColumn, type TableSummary } from "./column-summary.js";
export { experimentOf } from "./experiment-of.js";
export type { Guess, GuessedColumn, GuessReason, Told, Unclear } from "./guess.js";
export { guessExperiment } from "./guess-experiment.js";
export { neededSpelling } from "./spelling-needed.js";
