import {
  type ErrorEntry,
  type ErrorParameters,
  type ErrorPath,
  errorOf,
  type Problem,
  problem,
} from "../../errors/index.js";

/** What is wrong with a table's rows: of each kind the first, with its row and how often there is one. */
export class RowProblems {
  readonly #found = new Map<string, { make: (times: number) => Problem; times: number }>();

  /**
   * @param row       its index; told from 1
   * @param field     what holds the value
   * @param received  the value itself
   * @param more      what else is known, and where in the field it is
   */
  add(
    entry: ErrorEntry,
    row: number,
    field: string,
    received: unknown,
    { place = [], ...known }: ErrorParameters & { readonly place?: ErrorPath } = {},
  ): void {
    const kind = `${Object.keys(entry)[0]} ${field}`;
    const earlier = this.#found.get(kind);
    if (earlier) earlier.times += 1;
    else
      this.#found.set(kind, {
        make: (times) =>
          problem(entry, ["rows", row, field, ...place], received, { ...known, row: row + 1, times }),
        times: 1,
      });
  }

  /** @throws ExperimentError with what was found */
  end(): void {
    const problems = [...this.#found.values()].map(({ make, times }) => make(times));
    if (problems.length > 0) throw errorOf(problems);
  }
}
