import type { EvidenceOf, Trend } from "../../analysis/index.js";
import type { Quantity } from "../../core/quantity.js";
import type { Voice } from "./language.js";
import { capitalized } from "./voice.js";

/** What runs along an order: `channel SMS: click of button`. */
export function trendAbout(
  { metric, of, within }: Pick<Trend, "metric" | "of" | "within">,
  voice: Voice,
): string {
  const about =
    "variant" in of
      ? voice.say("trend_of", { metric, variant: of.variant })
      : voice.say("trend_effect", { metric, contrast: voice.contrast(of.contrast) });
  const cell = voice.cell(within);
  return cell ? voice.say("trend_within", { cell, about }) : about;
}

/** A value of a series: of a variant, or a difference. */
export function trendValue(
  value: number,
  of: Trend["of"],
  quantity: Quantity,
  voice: Voice,
  beside = value,
): string {
  return "variant" in of ? voice.level(value, quantity, beside) : voice.difference(value, quantity);
}

/** Where the change can be. */
export function rangeTold(range: readonly [string, string], voice: Voice): string {
  const [first, last] = range;
  return first === last ? voice.say("trend_here") : voice.say("trend_range", { first, last });
}

function moved({ change: { before, since } }: EvidenceOf<"trend">): "halves" | "doubles" | "falls" | "rises" {
  const ratio = before * since > 0 ? since / before : 1;
  if (ratio > 0.4 && ratio < 0.6) return "halves";
  if (ratio > 1.7 && ratio < 2.4) return "doubles";
  return since < before ? "falls" : "rises";
}

function told(evidence: EvidenceOf<"trend">, voice: Voice): string {
  const { dimension, of, quantity, shows, line, change, ends } = evidence;
  const about = capitalized(trendAbout(evidence, voice));
  const values = (from: number, to: number) => ({
    before: trendValue(from, of, quantity, voice, to),
    since: trendValue(to, of, quantity, voice, from),
  });
  if (shows === "trend") {
    const [first, last] = ends;
    return voice.say(line.slope < 0 ? "trend_down" : "trend_up", {
      ...{ about, dimension, first: first.level, last: last.level, p: voice.p(line.pAdjusted) },
      ...values(first.value, last.value),
      slope: voice.difference(line.slope, quantity, line.interval),
      interval: voice.differenceInterval(line.interval, quantity),
    });
  }
  const p = voice.p(change.pAdjusted);
  if (!change.range) return voice.say("trend_several", { about, dimension, p });
  return voice.say(`trend_${moved(evidence)}`, {
    ...{ about, dimension, after: change.after, p, range: rangeTold(change.range, voice) },
    ...values(change.before, change.since),
  });
}

/** What changes along an order, and whether that is an effect, in the words of any language. */
export function trendSentence(evidence: EvidenceOf<"trend">, voice: Voice): string {
  const { dimension, randomized, worsens, spent, shows, change } = evidence;
  const meaning = !randomized
    ? voice.say("trend_described", { dimension })
    : worsens && shows === "change" && change.range
      ? voice.say(spent ? "trend_stop" : "trend_less", { dimension, after: change.after })
      : voice.say("trend_effect_of", { dimension });
  return `${told(evidence, voice)} ${meaning}`;
}
