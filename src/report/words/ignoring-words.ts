import type { EvidenceOf } from "../../analysis/index.js";
import type { Voice } from "./language.js";

type Ignores = EvidenceOf<"ignores">;

/** What a cell's units would bring at everyone else's effect: `+540`. */
export function worthTold({ worth }: Pick<Ignores, "worth">, voice: Voice): string {
  return voice.signedCount(worth, Math.abs(worth));
}

/** The largest effect either way that the interval leaves, with its unit. */
export function leftTold({ left, interval, quantity }: Ignores, voice: Voice): string {
  const size = voice.halfWidth(left, quantity, interval);
  return [size, voice.unit(quantity)].filter(Boolean).join(" ");
}

/** The cell's interval with its unit. */
export function ignoringWithin({ interval, quantity }: Ignores, voice: Voice): string {
  return [voice.differenceInterval(interval, quantity), voice.unit(quantity)].filter(Boolean).join(" ");
}

/** Who ignores what, and what that is worth, in the words of any language. */
export function ignoresSentence(evidence: Ignores, voice: Voice): string {
  const { metric, contrast, cell, units, elsewhere, elsewhereInterval, smallest, worth, quantity } = evidence;
  const [control, treatment] = contrast;
  return [
    voice.say("ignores_line", {
      ...{ cell: voice.cell(cell), control, treatment, metric },
      interval: ignoringWithin(evidence, voice),
      elsewhere: voice.difference(elsewhere, quantity, elsewhereInterval),
    }),
    smallest === undefined
      ? voice.say("ignores_left", { left: leftTold(evidence, voice), metric })
      : voice.say("ignores_within", { smallest: voice.share(smallest) }),
    worth > 0
      ? voice.say("ignores_worth", { count: units, worth: worthTold(evidence, voice), metric })
      : voice.say("ignores_spared"),
  ].join(" ");
}
