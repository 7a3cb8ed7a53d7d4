import type { EvidenceOf } from "../../analysis/index.js";
import type { Voice } from "./language.js";

function daysTold([from, to]: readonly [number, number], voice: Voice): string {
  return from === to ? String(from) : voice.say("over_time_range", { from: String(from), to: String(to) });
}

/** How an effect changes with days since exposure, in the words of any language. */
export function overTimeSentence(
  { metric, quantity, contrast, days, shows, on, difference, lift }: EvidenceOf<"over_time">,
  voice: Voice,
): string {
  const absolute = {
    first: voice.difference(difference.first, quantity, difference.firstInterval),
    last: voice.difference(difference.last, quantity, difference.lastInterval),
  };
  const relative = lift && {
    first: voice.lift(lift.first, lift.firstInterval),
    last: voice.lift(lift.last, lift.lastInterval),
  };
  const tested = on === "lift" && lift ? lift : difference;
  const told = voice.say(`over_time_${shows}`, {
    ...{ metric, contrast: voice.contrast(contrast), p: voice.p(tested.pAdjusted) },
    ...{ early: daysTold(days[0], voice), late: daysTold(days[1], voice) },
    ...(on === "lift" && relative ? relative : absolute),
    scale: voice.say(on === "lift" ? "over_time_relative" : "over_time_per_day"),
  });
  if (on === "lift") return `${told} ${voice.say("over_time_not_absolute", absolute)}`;
  if (!relative) return told;
  return `${told} ${voice.say(on === "both" ? "over_time_also_relative" : "over_time_not_relative", relative)}`;
}
