/** The scale on which what moves a reward adds up. */
export interface Link {
  /** Whether a level can be one at all. */
  allows(level: number): boolean;
  to(level: number): number;
  from(value: number): number;
}

/** Chances, as log-odds. */
export const binary: Link = {
  allows: (level) => level >= 0 && level <= 1,
  to: (level) => Math.log(level / (1 - level)),
  from: (value) => 1 / (1 + Math.exp(-value)),
};

/** Positive means, as logarithms. */
export const logarithm: Link = {
  allows: (level) => level >= 0 && level < 1 / 0,
  to: Math.log,
  from: Math.exp,
};

/** Means as they are. */
export const identity: Link = {
  allows: Number.isFinite,
  to: (level) => level,
  from: (value) => value,
};
