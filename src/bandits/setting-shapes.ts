import type { Shape } from "../shapes/index.js";

/** A number above 0. */
export const positive = { kind: "number", above: 0, optional: true } as const;

/** A fraction, 0 and 1 among it. */
export const fraction = { kind: "number", atLeast: 0, atMost: 1, optional: true } as const;

/** A fraction that leaves something on both sides. */
export const properFraction = { kind: "number", above: 0, below: 1, optional: true } as const;

/** A whole number, 1 or more. */
export const count = { kind: "number", atLeast: 1, whole: true, optional: true } as const;

/** A value, or null where something else decides. */
export const orNull = <S extends Shape>(shape: S) =>
  ({ kind: "either", of: [{ kind: "null" }, shape], optional: true }) as const;
