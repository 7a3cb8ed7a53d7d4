import type { RandomSource } from "../../random/index.js";
import { type Law, lawKindOf } from "./index.js";

/** @returns a draw of the law, in multiples of its mean, from one uniform number */
export const drawLaw = (law: Law, random: RandomSource): number =>
  lawKindOf(law).quantile(random.next(), law);
