import type { Evidence, Report, VariantVerdict } from "../../analysis/index.js";
import { armName } from "../words/arm-name.js";
import { decisive } from "../words/decisive.js";
import type { RuleFacts, Voice } from "../words/language.js";
import { standingOf, withLifts } from "../words/standing.js";
import { capitalized, tellRule } from "../words/voice.js";
import { placeOf } from "./place.js";

/** How much a metric is shown to have moved. */
export interface Movement {
  readonly metric: string;
  /** `+7.7 points`. */
  readonly difference: string;
  /** `+6.4 to +8.9`; empty where there is none. */
  readonly interval: string;
}

/** What becomes of one treatment, in words. */
export interface VariantView {
  readonly variant: string;
  /** Place among the variants, which gives it its colour and shape. */
  readonly place: number;
  readonly action: VariantVerdict["action"];
  /** `Ship`, `Stop`. */
  readonly headline: string;
  readonly sentence: string;
  /** Goals shown to be better, each with its lift; empty where there is none. */
  readonly gained: string;
  /** What is shown to be worse, each with its lift; empty where nothing is. */
  readonly lost: string;
  /** The same as differences. */
  readonly gains: readonly Movement[];
  readonly losses: readonly Movement[];
  /** What is still at risk, a sentence each. */
  readonly risks: readonly string[];
  /** What to do next. */
  readonly next: string;
}

/** The recommendation in words. */
export interface VerdictView {
  /** `Ship mens`, `Keep running`. */
  readonly headline: string;
  /** The same with the action in capitals, where there are no other means to stress it. */
  readonly loudHeadline: string;
  readonly sentence: string;
  /** What to do next where one sentence speaks of all; empty where each treatment has its own. */
  readonly next: string;
  /** Every treatment's own verdict, in the definition's order; empty where one sentence speaks of all. */
  readonly variants: readonly VariantView[];
  /** Those of which the sentence above does not speak. */
  readonly others: readonly VariantView[];
}

function factsOf(
  { recommendation, definition, metrics, bandit, looks }: Report,
  verdict: VariantVerdict | undefined,
): RuleFacts {
  const { about, runnerUp } = recommendation;
  const leading = bandit?.beliefs.length === 1 ? bandit.beliefs[0]?.arms[0] : undefined;
  const action = bandit?.arms.find(({ arm }) => arm === leading?.arm)?.action ?? {};
  const quantity = metrics.find(({ key }) => key === runnerUp?.metric)?.quantity ?? "amount";
  return {
    control: definition.control,
    ...(looks?.stated && (looks.rule === "always-valid" || looks.rule === "bayes") ? { anyLook: true } : {}),
    ...(verdict ? { verdict } : {}),
    ...(runnerUp && verdict?.variant === about ? { runnerUp: { ...runnerUp, quantity } } : {}),
    ...(leading ? { leader: { name: armName({ arm: leading.arm, action }), best: leading.best } } : {}),
  };
}

function movement({ metric, quantity, difference }: Evidence, voice: Voice): Movement {
  if (difference.status !== "ok") return { metric, difference: "", interval: "" };
  const interval = decisive(difference);
  return {
    metric,
    difference: voice.difference(difference.value, quantity, interval),
    interval: voice.differenceInterval(interval, quantity),
  };
}

/** The headline of what would be done only if this were the one planned look. */
function conditional(
  { atOneLook }: VariantVerdict,
  { words, say }: Voice,
  variant: string | undefined,
  loud = (action: string) => action,
): string | undefined {
  if (!atOneLook) return undefined;
  const action = loud(words.actions[atOneLook.action]);
  const keep = loud(words.actions.keep_running.toLowerCase());
  return variant === undefined || atOneLook.action !== "ship"
    ? say("ship_if_one_look", { action, keep })
    : say("ship_at_one_look", { action, variant, keep });
}

function variantView(report: Report, verdict: VariantVerdict, voice: Voice): VariantView {
  const { gained, lost } = standingOf(verdict);
  const facts = factsOf(report, verdict);
  return {
    variant: verdict.variant,
    place: placeOf(report.definition, verdict.variant),
    action: verdict.action,
    headline: conditional(verdict, voice, undefined) ?? voice.words.actions[verdict.action],
    sentence: tellRule(verdict.rule, facts, voice),
    gained: withLifts(gained, voice),
    lost: withLifts(lost, voice),
    gains: gained.map((each) => movement(each, voice)),
    losses: lost.map((each) => movement(each, voice)),
    risks: voice.words.risks(facts, voice).map((each) => `${capitalized(each)}.`),
    next: voice.words.next[verdict.rule](facts, voice),
  };
}

/** @returns the recommendation in words */
export function verdictView(report: Report, voice: Voice): VerdictView {
  const { action, variant, rule, about, variants } = report.recommendation;
  const name = voice.words.actions[action];
  const headline = (action: string) =>
    variant === undefined ? action : voice.say("ship", { action, variant });
  const verdict = variants.find((each) => each.variant === about);
  const views = about === undefined ? [] : variants.map((each) => variantView(report, each, voice));
  const facts = factsOf(report, verdict);
  return {
    headline: (verdict && conditional(verdict, voice, about)) ?? headline(name),
    loudHeadline:
      (verdict && conditional(verdict, voice, about, (each) => each.toUpperCase())) ??
      headline(name.toUpperCase()),
    sentence: tellRule(rule, facts, voice),
    next: views.length === 0 ? voice.words.next[rule](facts, voice) : "",
    variants: views,
    others: views.filter((each) => each.variant !== about),
  };
}
