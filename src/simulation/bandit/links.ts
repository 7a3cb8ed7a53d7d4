import type { NumberRange } from "../../errors/index.js";

/** The scale on which what moves a reward adds up. */
export interface Link {
  /** What a level can be at all. */
  readonly levels: NumberRange;
  to(level: number): number;
  from(value: number): number;
}

/** Chances, as log-odds. */
export const binary: Link = {
  levels: { atLeast: 0, atMost: 1 },
  to: (level) => Math.log(level / (1 - level)),
  from: (value) => 1 / (1 + Math.exp(-value)),
};

/** Positive means, as logarithms. */
export const logarithm: Link = {
  levels: { atLeast: 0 },
  to: Math.log,
  from: Math.exp,
};

/** Means as they are. */
export const identity: Link = {
  levels: {},
  to: (level) => level,
  from: (value) => value,
};
