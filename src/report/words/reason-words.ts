import type { EvidenceOf } from "../../analysis/index.js";
import { decisive } from "./decisive.js";
import type { Voice } from "./language.js";

const purchaseSteps = ["reason_buyers", "reason_often", "reason_each"] as const;

/**
 * A step as people say it: `more buyers` where the steps are those of purchases, `visit`, `conversion per visit` elsewhere.
 * @param steps  keys of the metrics, in their order
 * @param up     whether it rose
 */
export function reasonLabel(
  steps: readonly string[],
  at: number,
  purchases: boolean,
  voice: Voice,
  up = true,
): string {
  const [step = "", before] = [steps[at], steps[at - 1]];
  const known = purchases ? purchaseSteps[at] : undefined;
  if (known) return voice.say(known, { count: up ? 1 : 2 });
  return before === undefined ? step : voice.say("reason_per", { step, before });
}

/** Why a metric differs, in a sentence or two, in the words of any language. */
export function reasonsSentence(
  { metric, quantity, contrast, purchases, parts, difference }: EvidenceOf<"reasons">,
  voice: Voice,
): string {
  if (difference.status !== "ok") return "";
  const steps = parts.map(({ step }) => step);
  const told = parts.flatMap(({ contribution, shown }, at) => {
    if (contribution.status !== "ok") return [];
    const { value } = contribution;
    const interval = decisive(contribution);
    const reason = reasonLabel(steps, at, purchases, voice, value >= 0);
    const part = voice.plainDifference(value, quantity, interval);
    const line = voice.say("reason_part", {
      ...{ reason, part },
      interval: voice.differenceInterval(interval, quantity),
    });
    return [{ line, shown }];
  });
  const list = (which: boolean) =>
    told.flatMap(({ line, shown }) => (shown === which ? [line] : [])).join(", ");
  const about = {
    ...{ metric, contrast: voice.contrast(contrast) },
    difference: voice.difference(difference.value, quantity, difference.interval),
  };
  const [because, open] = [list(true), list(false)];
  const first = because
    ? voice.say("reasons_shown", { ...about, list: because })
    : voice.say("reasons_none", about);
  return open ? `${first} ${voice.say("reasons_open", { list: open })}` : first;
}
