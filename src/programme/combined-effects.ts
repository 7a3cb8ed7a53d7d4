import type { MeasuredEffect } from "../stats/index.js";
import type { TurnedEffect } from "./past-effect.js";

/** Of two effects of one test: treatments of equal size that share a control. */
const correlation = 0.5;

/** One effect for a test: the inverse-variance mean of its own, which are correlated. */
function combined(effects: readonly TurnedEffect[]): MeasuredEffect {
  let weights = 0;
  let mean = 0;
  for (const { value, standardError } of effects) {
    const weight = 1 / standardError / standardError;
    weights += weight;
    mean += ((value - mean) * weight) / weights;
  }
  // Var(Σ w x) with every pair correlated alike: (1 − ρ) Σ (w s)² + ρ (Σ w s)².
  let squares = 0;
  let sum = 0;
  for (const { standardError } of effects) {
    const part = 1 / standardError / weights;
    squares += part * part;
    sum += part;
  }
  return { value: mean, standardError: Math.sqrt((1 - correlation) * squares + correlation * sum * sum) };
}

/** @returns one effect per test, in the order in which tests are first met */
export function combinedEffects(effects: readonly TurnedEffect[]): readonly MeasuredEffect[] {
  const tests = new Map<string, TurnedEffect[]>();
  for (const effect of effects) {
    const known = tests.get(effect.experiment);
    if (known) known.push(effect);
    else tests.set(effect.experiment, [effect]);
  }
  return [...tests.values()].map((each) => combined(each));
}
