/// <reference path="./alea.d.ts" />

import alea from "seedrandom/lib/alea.js";
import { POINTS } from "../core/points.js";
import { ExperimentError, missing_value, requireNumber, wrong_type } from "../errors/index.js";

/** Where chance comes from: every function that needs any takes one as an argument. */
export interface RandomSource {
  /** @returns the next uniform number, strictly between 0 and 1 */
  next(): number;
}

/**
 * A seeded source: the same seed gives the same sequence on every machine. Seeding costs about a microsecond,
 * a number a few nanoseconds (32 random bits each).
 * @param seed  any finite number or text
 * @returns a source of its own, independent of those with other seeds
 * @throws ExperimentError `missing_value`, `wrong_type` or `not_finite` at ["seed"]
 * @source Baagøe's Alea, as packaged by seedrandom
 */
export function randomSource(seed: string | number): RandomSource {
  if (typeof seed === "number") requireNumber(seed, ["seed"]);
  else if (typeof seed !== "string") {
    const entry = seed === undefined ? { missing_value } : { wrong_type };
    throw new ExperimentError(entry, ["seed"], seed, { expected: { type: ["number", "text"] } });
  }
  const generator = alea(seed);
  // The generator's numbers are multiples of 2⁻³² from 0 on; the half step keeps 0 (and log 0) out.
  return { next: () => generator() + 0.5 / POINTS };
}
