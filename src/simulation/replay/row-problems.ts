import { type ErrorEntry, type ErrorPath, errorOf, type Problem, problem } from "../../errors/index.js";

/** What is wrong with a table's rows: of each kind the first, with how many more there are. */
export class RowProblems {
  readonly #found = new Map<string, { make: (times: number) => Problem; times: number }>();

  add(entry: ErrorEntry, row: number, field: string, received: unknown, place: ErrorPath = []): void {
    const kind = `${Object.keys(entry)[0]} ${field}`;
    const known = this.#found.get(kind);
    if (known) known.times += 1;
    else
      this.#found.set(kind, {
        make: (times) => problem(entry, ["rows", row, field, ...place], received, { times }),
        times: 1,
      });
  }

  /** @throws ExperimentError with what was found */
  end(): void {
    const problems = [...this.#found.values()].map(({ make, times }) => make(times));
    if (problems.length > 0) throw errorOf(problems);
  }
}
