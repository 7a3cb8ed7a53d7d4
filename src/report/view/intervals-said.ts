import type { Report } from "../../analysis/index.js";
import type { Voice } from "../words/language.js";
import { sentence } from "../words/voice.js";

/**
 * What the intervals of the comparisons are, and what p belongs to.
 * @param bounded  whether a guardrail has a margin
 */
export function intervalsSaid({ level, looks }: Report, bounded: boolean, voice: Voice): string {
  const shown = { level: voice.share(level) };
  if (looks?.believing) return sentence(voice.say("intervals_believed", shown));
  const intervals = sentence(voice.say("intervals", shown));
  return bounded ? `${intervals} ${voice.say("how_margins")}` : intervals;
}
