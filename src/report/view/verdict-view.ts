import type { Report } from "../../analysis/index.js";
import { armName } from "../words/arm-name.js";
import type { RuleFacts, Voice } from "../words/language.js";
import { tellRule } from "../words/voice.js";

/** The recommendation in words. */
export interface VerdictView {
  /** `Ship mens`, `Keep running`. */
  readonly headline: string;
  /** The same with the action in capitals, where there are no other means to stress it. */
  readonly loudHeadline: string;
  readonly sentence: string;
}

function factsOf({ recommendation, definition, metrics, bandit }: Report): RuleFacts {
  const { about, variants, runnerUp } = recommendation;
  const verdict = variants.find(({ variant }) => variant === about);
  const leading = bandit?.beliefs.length === 1 ? bandit.beliefs[0]?.arms[0] : undefined;
  const action = bandit?.arms.find(({ arm }) => arm === leading?.arm)?.action ?? {};
  const quantity = metrics.find(({ key }) => key === runnerUp?.metric)?.quantity ?? "amount";
  return {
    control: definition.control,
    ...(verdict ? { verdict } : {}),
    ...(runnerUp ? { runnerUp: { ...runnerUp, quantity } } : {}),
    ...(leading ? { leader: { name: armName({ arm: leading.arm, action }), best: leading.best } } : {}),
  };
}

/** @returns the recommendation in words */
export function verdictView(report: Report, voice: Voice): VerdictView {
  const { action, variant, rule } = report.recommendation;
  const name = voice.words.actions[action];
  const headline = (action: string) =>
    variant === undefined ? action : voice.say("ship", { action, variant });
  return {
    headline: headline(name),
    loudHeadline: headline(name.toUpperCase()),
    sentence: tellRule(rule, factsOf(report), voice),
  };
}
