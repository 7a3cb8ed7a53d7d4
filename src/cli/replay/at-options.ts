import { type ErrorPath, ExperimentError, errorOf, problemAt } from "../../errors/index.js";
import type { RewardColumns } from "../../simulation/replay/index.js";

const banditOptions: Readonly<Record<string, string>> = {
  policy: "--policy",
  policySettings: "--policy-settings",
  model: "--model",
  modelSettings: "--model-settings",
  features: "--features",
  segments: "--segment",
};

/** Where the command line, or a line of the file, says what lies at a path of the replay's input. */
function placeOf(path: ErrorPath, columns: RewardColumns): ErrorPath {
  const named = columns as unknown as Readonly<Record<string, string | readonly string[]>>;
  const [head = "", ...rest] = path;
  const option = banditOptions[head];
  if (option) return [option, ...rest];
  const [row, field, arm] = rest;
  const name = String(head === "rows" ? field : head);
  const given = named[name];
  if (given === undefined) return path;
  const column = typeof given === "string" ? given : given[Number(arm)];
  return [`--${name}`, ...(column ? [column] : []), ...(head === "rows" ? [`line ${Number(row) + 2}`] : [])];
}

/** Where the command line says what lies at a path of the feature columns. */
function featurePlace([, column, field, row]: ErrorPath, names: readonly string[]): ErrorPath {
  const name = names[Number(column)] ?? "";
  return field === "values" ? ["--log", name, `line ${Number(row) + 2}`] : ["--features", name];
}

/**
 * @param names  the feature columns
 * @param act    reads them
 * @returns what `act` returns
 * @throws ExperimentError with the problems of the columns, told at the options and lines they come from
 */
export function featuresAtOptions<T>(names: readonly string[], act: (names: readonly string[]) => T): T {
  try {
    return act(names);
  } catch (error) {
    if (!(error instanceof ExperimentError)) throw error;
    throw errorOf(
      error.problems.map((each) => problemAt(featurePlace(each.path, names), each)),
      { cause: error },
    );
  }
}

/**
 * @param error    whatever was thrown
 * @param columns  those that say what rows earn
 * @returns the error with its problems told at the options and lines they come from
 */
export function atOptions(error: unknown, columns: RewardColumns): unknown {
  if (!(error instanceof ExperimentError)) return error;
  return errorOf(
    error.problems.map((each) => problemAt(placeOf(each.path, columns), each)),
    { cause: error },
  );
}
