/** One thing that a member of a family must do. For any test runner: `test(name, run)`. */
export interface Case {
  /** A sentence about behaviour. */
  readonly name: string;
  /** Throws an Error that says what was found, if the member does not do it. */
  run(): void;
}

/** The same of a member whose answers have to be waited for. */
export interface AsyncCase {
  /** A sentence about behaviour. */
  readonly name: string;
  /** Rejects with an Error that says what was found, if the member does not do it. */
  run(): Promise<void>;
}
