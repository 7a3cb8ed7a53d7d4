import type { Check, Evidence, Finding, LevelTest } from "../../../analysis/index.js";
import { armName } from "../arm-name.js";
import { beliefSaid } from "../belief-said.js";
import { factorsSentence } from "../factor-words.js";
import { ignoresSentence } from "../ignoring-words.js";
import type { FindingSentences, Voice } from "../language.js";
import { overTimeSentence } from "../over-time-words.js";
import { reasonsSentence } from "../reason-words.js";
import { toldInterval } from "../standing.js";
import { trendSentence } from "../trend-words.js";
import { sentence } from "../voice.js";

type Between = Finding<"between">["evidence"];

function where({ rule, dimension, level, failing = 0, definitionVersion }: Check): string {
  if (dimension !== undefined)
    return `within ${dimension} ${level}${failing > 1 ? ` and ${failing - 1} other of its levels` : ""}`;
  if (rule !== undefined) return `of rule ${rule}`;
  return definitionVersion === null ? "over all versions" : `in version ${definitionVersion}`;
}

/** `18.28% against 10.62% (lift +72%, +57% to +88%; adjusted p 0.001)`. */
function numbers(evidence: Evidence, voice: Voice): string {
  const { difference, lift, values, quantity } = evidence;
  if (difference.status !== "ok") return "";
  const [control, treatment] = values.map((value, at) =>
    value === null ? "?" : voice.level(value, quantity, values[1 - at] ?? value),
  );
  const lifted =
    lift.status === "ok"
      ? `lift ${voice.lift(lift.value, toldInterval(evidence, lift))}, ${voice.liftInterval(toldInterval(evidence, lift))}; `
      : "";
  const shown = difference.belief
    ? beliefSaid(difference.belief, evidence.contrast, voice)
    : `adjusted ${voice.p(difference.pAdjusted ?? difference.pValue)}`;
  return `${treatment} against ${control} (${lifted}${shown})`;
}

function comparison(evidence: Evidence, voice: Voice): string {
  const { metric, contrast, outcome, difference } = evidence;
  const [control, treatment] = contrast;
  if (difference.status !== "ok")
    return `${metric}, ${voice.contrast(contrast)}: no estimate, ${voice.words.reason(difference.reason)}.`;
  const told = {
    better: `${treatment} is better than ${control}`,
    worse: `${treatment} is worse than ${control}`,
    held: `${treatment} stays within the margin against ${control}`,
    tolerated: `${treatment} is worse than ${control}, within the margin`,
    negligible: `no effect worth having is left between ${treatment} and ${control}`,
    futile: `so little gain of ${treatment} over ${control} is shown that the plan gives it up`,
    unclear: `no difference between ${treatment} and ${control} is shown`,
    undefined: `${treatment} has no lift over ${control} to hold against the margin`,
  }[outcome];
  return `${metric}: ${told}, ${numbers(evidence, voice)}.`;
}

/** ` (χ² 12.3 on 4 df, adjusted p 0.015, I² 67.5%)`. */
function tested(test: LevelTest, voice: Voice): string {
  if (test.status !== "ok") return "";
  const { statistic, df, pAdjusted, iSquared } = test;
  return ` (χ² ${voice.statistic(statistic)} on ${df} df, adjusted ${voice.p(pAdjusted)}, I² ${voice.share(iSquared)})`;
}

/** Who was met in several levels, and what that means for comparing them. */
function metRepeatedly(repeated: Between["repeated"], voice: Voice): string {
  if (!repeated) return "";
  const { units, share, counted } = repeated;
  const line = voice.say(`levels_repeated_${counted}`, {
    units: voice.count(units),
    share: voice.share(share),
  });
  return ` ${sentence(line)}`;
}

/** On which scales the effect differs between levels, and what explains it. */
function differing(evidence: Between, voice: Voice): string {
  const { dimension, metric, quantity, contrast, differs, difference, lift, baselines } = evidence;
  const own = quantity === "fraction" ? "in points" : "in amount";
  const about = `${dimension}: the effect on ${metric} of ${voice.contrast(contrast)} differs between its levels`;
  const points = `${own}${tested(difference, voice)}`;
  const lifts = `in lift${tested(lift, voice)}`;
  if (differs === "both") return `${about}, ${points} and ${lifts}.`;
  const [shown, other, untested] =
    differs === "difference" ? [points, lifts, lift] : [lifts, points, difference];
  if (untested.status !== "ok")
    return `${about} ${shown}; there is no test ${differs === "difference" ? "in lift" : own}: ${voice.words.reason(untested.reason)}.`;
  const told = `${about} ${shown}, but is not shown to differ ${other}`;
  if (!baselines) return `${told}.`;
  const { lowest, highest } = baselines;
  const [from, to] = [lowest, highest].map(({ value }) =>
    voice.level(value, quantity, highest.value - lowest.value),
  );
  const why =
    differs === "difference"
      ? `the same lift is ${quantity === "fraction" ? "more points" : "a larger amount"} where the baseline is higher`
      : `the same ${quantity === "fraction" ? "points are" : "amount is"} a larger lift where the baseline is lower`;
  return `${told}: their baselines differ (${from} in ${lowest.level}, ${to} in ${highest.level}), and ${why}.`;
}

/** The sentence of each kind of finding, in English. */
export const findings: FindingSentences = {
  srm(check, voice) {
    if (check.status === "undefined")
      return `The units' shares could not be checked ${where(check)}: ${voice.words.reason(check.reason)}.`;
    const seen = check.observed.map(
      (units, at) =>
        `${check.variants[at]} ${voice.count(units)} for ${voice.count(check.expected[at] ?? 0)}`,
    );
    const p = voice.p(check.pValue);
    const tested = !check.sequential
      ? `χ² ${voice.statistic(check.statistic)}, ${p}`
      : voice.say("at_every_look", { p });
    return `Units did not arrive in the planned shares ${where(check)} (${seen.join(", ")}; ${tested}): do not read the results.`;
  },
  adaptive: ({ policies }) =>
    `The variants were allocated by a policy that learns (${policies.join(", ")}), so plain comparisons are biased: no p-values and no intervals are given.`,
  versions: ({ versions }) =>
    `Definition versions ${versions.join(", ")} were analyzed separately and averaged by their share of the units.`,
  macro: comparison,
  guardrail: comparison,
  reasons: reasonsSentence,
  factors: factorsSentence,
  ignores: ignoresSentence,
  over_time: overTimeSentence,
  trend: trendSentence,
  rule(evidence, voice) {
    const { rule, metric, outcome, difference } = evidence;
    if (difference.status !== "ok")
      return `Rule ${rule}, ${metric}: no estimate, ${voice.words.reason(difference.reason)}.`;
    const told = {
      better: "is better where the rule is applied than where it is held back",
      worse: "is worse where the rule is applied than where it is held back",
      held: "stays within its margin where the rule is applied",
      tolerated: "is worse where the rule is applied, within its margin",
      negligible: "has no effect worth having left where the rule is applied",
      futile: "shows too little gain where the rule is applied",
      unclear: "is not shown to differ between where the rule is applied and where it is held back",
      undefined: "has no lift to hold against its margin",
    }[outcome];
    return `Rule ${rule}: ${metric} ${told}, ${numbers(evidence, voice)}.`;
  },
  influence({ metric, quantity, contrast, variant, value, share, difference, lift, decides }, voice) {
    const told = ([amount, ratio]: readonly [number, number | null]) =>
      `${voice.difference(amount, quantity)}${ratio === null ? "" : `, lift ${voice.lift(ratio)},`}`;
    const [from, to] = [told([difference[0], lift[0]]), told([difference[1], lift[1]])];
    return `${metric}, ${voice.contrast(contrast)}: one unit of ${variant} with ${voice.level(value, quantity, value)} carries ${voice.share(share)} of its variant's variation; the difference is ${from} with it and ${to} without it${decides ? ", and no difference is shown any more" : ""}.`;
  },
  heaviest(evidence, voice) {
    const {
      metric,
      value,
      quantity,
      contrast,
      cap,
      units,
      share,
      weight,
      difference,
      lift,
      interval,
      effect,
    } = evidence;
    const asLift = lift[0] !== null && lift[1] !== null;
    const told = (at: 0 | 1) =>
      asLift ? voice.lift(lift[at] ?? 0) : voice.difference(difference[at], quantity);
    const range = asLift ? voice.liftInterval(interval) : voice.differenceInterval(interval, quantity);
    const limit = Number.isInteger(cap) ? voice.count(cap) : voice.level(cap, "amount", cap);
    const held = weight === null ? "" : ` and hold ${voice.share(weight)} of the total`;
    const then = {
      shows: ", and no difference is shown any more",
      hides: ", and an effect is shown that they hide",
      moves: "",
    }[effect];
    const about = value === undefined ? metric : `${metric} (${value})`;
    return `${about}, ${voice.contrast(contrast)}: ${voice.share(share)} of all units (${voice.count(units[0])} of ${contrast[0]}, ${voice.count(units[1])} of ${contrast[1]}) lie above ${limit}${held}; capped at ${limit}, the ${asLift ? "lift" : "difference"} is ${told(1)} (${range}) instead of ${told(0)}${then}.`;
  },
  simpson({ metric, quantity, contrast, dimension, agreement, crude, stratified }, voice) {
    const [from, to] = [voice.difference(crude, quantity), voice.difference(stratified, quantity)];
    const told = agreement === "simpson" ? "changes sign" : "shifts";
    return `${metric}, ${voice.contrast(contrast)}: the difference ${told} from ${from} to ${to} once ${dimension} is weighted alike; the variants met different mixes of ${dimension}, so read the weighted one.`;
  },
  between: (evidence, voice) => differing(evidence, voice) + metRepeatedly(evidence.repeated, voice),
  between_not_shown: ({ dimension, tests, smallestAdjusted, repeated }, voice) =>
    `${dimension}: no effect is shown to differ between its levels, as a difference or as a lift (${tests} ${tests === 1 ? "test" : "tests"}, smallest adjusted ${voice.p(smallestAdjusted)}).` +
    metRepeatedly(repeated, voice),
  micro({ cell, metric, quantity, contrast, here, interval, raw, elsewhere, hardly, pAdjusted }, voice) {
    const told = (value: number) => voice.difference(value, quantity, interval);
    const range = voice.differenceInterval(interval, quantity);
    const about = hardly ? `hardly reacts: ${metric}` : metric;
    const separator = hardly ? " " : ": ";
    return `${voice.cell(cell)}${separator}${about}, ${voice.contrast(contrast)}, is ${told(here)} here (${range}; as measured ${told(raw)}, shrunken towards the other cells) and ${told(elsewhere)} elsewhere (adjusted ${voice.p(pAdjusted)}).`;
  },
  excluded: ({ reason, units }, voice) => `${voice.count(units)} left out: ${voice.words.excluded(reason)}.`,
  served(check, voice) {
    if (check.status === "undefined")
      return `Recorded probabilities were not checked: ${voice.words.reason(check.reason)}.`;
    const numbers = `χ² ${voice.statistic(check.statistic)} on ${check.df} df, ${voice.p(check.pValue)}`;
    return check.status === "passed"
      ? `Actions came as often as their recorded probabilities say (${numbers}).`
      : `Actions did NOT come as often as their recorded probabilities say (${numbers}), so something between decision and log is broken and no estimate from them can be trusted.`;
  },
  gain({ gain, rewards }, voice) {
    if (gain.status !== "ok")
      return `No gain over uniform play is given: ${voice.words.reason(gain.reason)}.`;
    const [low, high] = gain.interval;
    return `Over uniform play the policy gained ${voice.signed(gain.value)} in ${voice.count(rewards)} rewards (${voice.share(gain.level)} interval ${voice.signed(low)} to ${voice.signed(high)}), estimated from the recorded probabilities.`;
  },
  belief({ cell, quantity, level, leader, next }, voice) {
    const about = voice.cell(cell);
    const [low, high] = leader.interval;
    const width = high - low || leader.mean;
    const [from, to] = [voice.level(low, quantity, width), voice.level(high, quantity, width)];
    const ahead = next ? `, ahead of ${armName(next)} (${voice.probability(next.best)})` : "";
    return `${about ? `${about}: ` : ""}${armName(leader)} is the best with probability ${voice.probability(leader.best)}${ahead}; it is believed to earn ${voice.level(leader.mean, quantity, width)} (${voice.share(level)} interval ${from} to ${to}) and is played ${voice.probability(leader.probability)} of the time.`;
  },
};
