import type { Belief } from "../../core/estimate.js";
import type { Voice } from "./language.js";

/** @returns what is believed of a treatment, as a clause */
export const beliefSaid = (
  { chance, loss }: Belief,
  [control]: readonly [control: string, treatment: string],
  voice: Voice,
): string =>
  voice.say("belief", {
    chance: voice.probability(chance),
    loss: voice.level(loss.treatment, "fraction"),
    other: voice.level(loss.control, "fraction"),
    control,
  });
