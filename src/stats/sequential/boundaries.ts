import type { Boundary, LookScale } from "./boundary.js";
import { mixed } from "./mixed.js";
import { normalMixture } from "./normal-mixture.js";
import { studentMixture } from "./student-mixture.js";

/** The family of boundaries; test/stats/sequential-boundaries.test.ts runs on each. */
export const boundaries = {
  "normal-mixture": normalMixture,
  "student-mixture": studentMixture,
  mixed,
} as const satisfies Readonly<Record<string, (scale: LookScale) => Boundary>>;
