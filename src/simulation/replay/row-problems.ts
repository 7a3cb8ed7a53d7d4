import type { RewardModel } from "../../bandits/index.js";
import {
  detailedProblem,
  type ErrorEntry,
  type ErrorParameters,
  type ErrorPath,
  errorOf,
  missing_value,
  nearName,
  not_finite,
  type Problem,
  reward_unsupported,
  unknown_key,
  wrong_type,
} from "../../errors/index.js";
import { isPlainObject } from "../../shapes/index.js";

/** Whether a context is one by its outside; what lies within, the model that reads it checks. */
const isJson = (value: unknown): boolean =>
  value === null ||
  typeof value === "string" ||
  typeof value === "boolean" ||
  Number.isFinite(value) ||
  Array.isArray(value) ||
  isPlainObject(value);

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
    this.#add(entry, ["rows", row, field, ...place], row, received, known);
  }

  #add(entry: ErrorEntry, path: ErrorPath, row: number, received: unknown, known: ErrorParameters): void {
    const kind = `${Object.keys(entry)[0]} ${path[2]}`;
    const earlier = this.#found.get(kind);
    if (earlier) earlier.times += 1;
    else
      this.#found.set(kind, {
        make: (times) => detailedProblem(entry, path, received, { ...known, row: row + 1, times }),
        times: 1,
      });
  }

  /**
   * Looks at a row as a whole, before its values.
   * @param given  the row
   * @param row    its index
   * @param known  the keys of a row
   * @returns the row as an object; undefined where it is not one, or has keys that are not known
   */
  keysOf(
    given: unknown,
    row: number,
    known: readonly string[],
  ): { readonly [key: string]: unknown } | undefined {
    if (!isPlainObject(given)) {
      const entry = given === undefined ? { missing_value } : { wrong_type };
      this.#add(entry, ["rows", row], row, given, { expected: { type: "object" } });
      return undefined;
    }
    const unknown = Object.keys(given).filter((key) => !known.includes(key) && given[key] !== undefined);
    for (const key of unknown) this.add({ unknown_key }, row, key, key, nearName(key, known));
    return unknown.length > 0 ? undefined : given;
  }

  /** Looks at what a row tells the decision. */
  context(context: unknown, row: number): void {
    if (context === undefined || isJson(context)) return;
    this.add({ wrong_type }, row, "context", context, { expected: { type: "json" } });
  }

  /** Looks at a reward: a number that the model can learn. */
  reward(
    value: unknown,
    row: number,
    field: string,
    model: Pick<RewardModel, "supports">,
    place: ErrorPath = [],
  ): void {
    if (typeof value !== "number") {
      const entry = value === undefined ? { missing_value } : { wrong_type };
      this.add(entry, row, field, value, { place, expected: { type: "number" } });
    } else if (!Number.isFinite(value)) this.add({ not_finite }, row, field, value, { place });
    else if (!model.supports(value)) this.add({ reward_unsupported }, row, field, value, { place });
  }

  /** @throws ExperimentError with what was found */
  end(): void {
    const problems = [...this.#found.values()].map(({ make, times }) => make(times));
    if (problems.length > 0) throw errorOf(problems);
  }
}
