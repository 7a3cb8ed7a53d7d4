import { ExperimentError, errorOf, problemAt } from "../errors/index.js";

/**
 * @param error    whatever was thrown
 * @param options  the option that each field of the input comes from
 * @returns the error with its problems told at those options, the rest of each path kept
 */
export function toldAtOptions(error: unknown, options: Readonly<Record<string, string>>): unknown {
  if (!(error instanceof ExperimentError)) return error;
  return errorOf(
    error.problems.map((each) => {
      const [head, ...rest] = each.path;
      const option = options[String(head)];
      return option ? problemAt([option, ...rest], each) : each;
    }),
    { cause: error },
  );
}
