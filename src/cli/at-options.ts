import { ExperimentError, errorOf, problemAt } from "../errors/index.js";

/**
 * Tells problems of a request at the options of the command line that hold it.
 * @param options  of each part of the request, the option or argument
 */
export async function atOptions<T>(options: ReadonlyMap<string, string>, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof ExperimentError)) throw error;
    throw errorOf(
      error.problems.map((each) => {
        const whole = each.path.slice(1).every((part) => typeof part === "number");
        const option = whole ? options.get(String(each.path[0])) : undefined;
        return option === undefined ? each : problemAt([option], each);
      }),
      { cause: error },
    );
  }
}
