import type { EvidenceOf, FactorEffect } from "../../analysis/index.js";
import { decisive } from "./decisive.js";
import type { Voice } from "./language.js";

/** Effects that a sentence names at most. */
const mostNamed = 4;

/** `hero = video × badge = true`. */
export function factorLabel(
  { factors, levels }: Pick<FactorEffect, "factors" | "levels">,
  voice: Voice,
): string {
  return factors
    .map((factor, i) => voice.say("factor_level", { factor, level: String(levels[i] ?? null) }))
    .join(" × ");
}

/** What the factors do to a metric, and which combination is the best, in the words of any language. */
export function factorsSentence(
  { metric, quantity, effects, shown, best, control }: EvidenceOf<"factors">,
  voice: Voice,
): string {
  const named = shown.slice(0, mostNamed).flatMap(({ effect, ...each }) => {
    if (effect.status !== "ok") return [];
    const interval = decisive(effect);
    return [
      voice.say("factor_shown", {
        effect: factorLabel(each, voice),
        told: voice.difference(effect.value, quantity, interval),
        interval: voice.differenceInterval(interval, quantity),
      }),
    ];
  });
  const list = named.join(", ");
  const left = shown.length - named.length;
  const first =
    named.length === 0
      ? voice.say("factors_none", { metric, count: effects })
      : voice.say("factors_shown", {
          metric,
          list: left > 0 ? voice.say("factors_more", { list, count: left }) : list,
        });
  const pulled = best?.shrunken;
  if (!best || pulled?.status !== "ok" || named.length === 0) return first;
  const level = (value: number) => voice.level(value, quantity);
  const beside =
    control && control.variant !== best.variant
      ? voice.say("factors_beside", { value: level(control.value) })
      : "";
  const second = voice.say("factors_best", {
    ...{ variant: best.variant, value: level(best.value), shrunken: level(pulled.value), beside },
    interval: voice.interval(level(pulled.interval[0]), level(pulled.interval[1])),
  });
  return `${first} ${second}`;
}
