import type { BanditRun, SegmentPlay } from "../../analysis/index.js";
import type { Voice } from "../words/language.js";

/** Arms that are told by themselves, in the whole run and in a level of a segment. */
export const mostArms = 8;
const mostInSegment = 3;

/** What arms earn more than control, the most played ones first; what is not known is told last, and what would have told it. */
export function effectLines(
  run: BanditRun,
  voice: Voice,
  nameOf: (key: string) => string,
): readonly string[] {
  const { effects, quantity, control, level, readableShare, arms, units, decisions } = run;
  const share = (key: string) => arms.find(({ arm }) => arm === key)?.share ?? 0;
  const order = effects.toSorted((a, b) => share(b.arm) - share(a.arm)).slice(0, mostArms);
  const told = order.map(({ arm, fixed, anytime, mixture }) => {
    const names = { arm: nameOf(arm), control: nameOf(control) };
    if (fixed.status !== "ok") {
      const reason = voice.words.reason(fixed.reason);
      return { known: false, line: voice.say("effect_unread", { ...names, reason }) };
    }
    const read = {
      ...names,
      difference: voice.difference(fixed.value, quantity, fixed.interval),
      interval: voice.differenceInterval(fixed.interval, quantity),
      level: voice.share(level),
    };
    if (anytime.status !== "ok") return { known: true, line: voice.say("effect_look", read) };
    const always = voice.differenceInterval(anytime.interval, quantity);
    const line =
      mixture?.status === "ok"
        ? voice.say("effect_mixture", {
            ...{ ...read, always },
            design: voice.differenceInterval(mixture.interval, quantity),
          })
        : voice.say("effect_line", { ...read, always });
    return { known: true, line };
  });
  const known = told.filter((each) => each.known);
  const rest = told.filter((each) => !each.known);
  return [
    ...[...known, ...rest].map(({ line }) => line),
    ...(known.length > 0 && units < decisions ? [voice.say("effect_units")] : []),
    ...(rest.length > 0 ? [voice.say("effect_share", { share: voice.probability(readableShare) })] : []),
  ];
}

/** What arms earn more than control in one level, the clearest first; those that cannot be read are counted. */
export function segmentEffectLines(
  { quantity, control, level }: BanditRun,
  { effects, readableShare }: SegmentPlay,
  voice: Voice,
  nameOf: (key: string) => string,
): readonly string[] {
  const known = effects.flatMap(({ arm, fixed }) => (fixed.status === "ok" ? [{ arm, fixed }] : []));
  const told = known
    .toSorted((a, b) => a.fixed.pValue - b.fixed.pValue)
    .slice(0, mostInSegment)
    .map(({ arm, fixed }) => {
      const interval = fixed.simultaneous ?? fixed.interval;
      return voice.say("segment_effect", {
        ...{ arm: nameOf(arm), control: nameOf(control) },
        difference: voice.difference(fixed.value, quantity, interval),
        interval: voice.differenceInterval(interval, quantity),
        level: voice.share(level),
      });
    });
  const count = effects.length - known.length;
  if (count === 0) return told;
  return [...told, voice.say("segment_unread", { count, share: voice.probability(readableShare) })];
}

/** Whether a policy that reads contexts beats the best single arm; undefined where none was learned. */
export function learnedLine(
  { learned, quantity, level }: BanditRun,
  voice: Voice,
  nameOf: (key: string) => string,
): string | undefined {
  if (!learned) return undefined;
  const { fields, single, differs, overSingle } = learned;
  const names = { fields: fields.join(", "), single: nameOf(single) };
  if (overSingle.status === "degenerate") return voice.say("learned_alike", names);
  if (overSingle.status !== "ok")
    return voice.say("learned_unread", { ...names, reason: voice.words.reason(overSingle.reason) });
  const [low, high] = overSingle.interval;
  return voice.say(low > 0 ? "learned_beats" : high < 0 ? "learned_loses" : "learned_open", {
    ...names,
    difference: voice.difference(overSingle.value, quantity, overSingle.interval),
    interval: voice.differenceInterval(overSingle.interval, quantity),
    level: voice.share(level),
    share: voice.probability(differs),
  });
}
