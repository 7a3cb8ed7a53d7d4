import { effectPosterior } from "../bayes/effects/effect-posterior.js";
import { crossingProbabilities } from "../group-sequential/crossing-probabilities.js";
import type { MeasuredEffect } from "../heterogeneity/check-effects.js";
import { bracketedRoot } from "../numeric/bracketed-root.js";
import { alwaysValid } from "./always-valid.js";
import type { Believing, LookRuleKind } from "./look-rule.js";

/**
 * Decides by beliefs: a normal prior of lifts, and the expected loss of a choice. What is named and does not decide (levels,
 * cells, rules) is read as always valid, since a belief holds no error.
 * @source Deng, Lu & Chen (2016), IEEE DSAA, for what optional stopping leaves true of posteriors
 * @checked test/analysis/bayes-plan.test.ts
 */
export const bayes: LookRuleKind = (settings) => ({
  ...alwaysValid(settings),
  ...(settings.believing ? { believing: settings.believing } : {}),
});

/** Deviates beyond which nothing is looked for. */
const farthest = 37;

/**
 * From which deviate of an estimate on the treatment gives up little enough to be chosen, and up to which control does: between
 * them either will do, or neither.
 */
export function choicesAt(
  standardError: number,
  { prior, loss }: Believing,
): { readonly treatment: number; readonly control: number } {
  const losses = (deviate: number) =>
    effectPosterior({ value: deviate * standardError, standardError }, prior).loss;
  // What the treatment gives up falls as the estimate rises, what control gives up rises.
  const treatment = bracketedRoot((z) => loss - losses(z).treatment, -farthest, farthest, 1e-10);
  const control = bracketedRoot((z) => losses(z).control - loss, -farthest, farthest, 1e-10);
  return { treatment, control };
}

/** How often looks at nothing would end in a choice. */
export interface FalseChoices {
  readonly looks: number;
  readonly ship: number;
  readonly stop: number;
}

/**
 * How often a plan that decides by beliefs would ship, or stop, a treatment that changes nothing, at one of so many looks at equal
 * steps of information up to now: exact, for a normal estimate.
 * @param standardError  of the lift, at the last look
 * @param better         sign of what is better
 */
export function falseChoices(
  { standardError }: Pick<MeasuredEffect, "standardError">,
  looks: number,
  believing: Believing,
  better: 1 | -1,
): FalseChoices {
  const { prior } = believing;
  const turned = { ...believing, prior: { ...prior, mean: better * prior.mean } };
  const fractions = Array.from({ length: looks }, (_, at) => (at + 1) / looks);
  const choices = fractions.map((fraction) => choicesAt(standardError / Math.sqrt(fraction), turned));
  const boundaries = {
    fractions,
    // Beyond which a side is chosen, and not the other as well.
    lower: choices.map(({ treatment, control }) => Math.min(treatment, control)),
    upper: choices.map(({ treatment, control }) => Math.max(treatment, control)),
  };
  const { above, below } = crossingProbabilities(boundaries, 0);
  const sum = (list: readonly number[]) => list.reduce((all, each) => all + each, 0);
  return { looks, ship: sum(above), stop: sum(below) };
}
