import type { MetricDefinition } from "../../core/metric-definition.js";
import { type FalseChoices, falseChoices } from "../../stats/looks/index.js";
import type { Comparison } from "../comparison.js";
import { direction } from "../comparison-evidence.js";
import { logLift } from "../log-lift.js";
import type { LookAccount } from "./look-account.js";

/** Looks that are taken for granted where nobody counts them. */
const usualLooks = 20;

/** @returns how often a plan that decides by beliefs chooses where nothing changes; nothing for other plans, or without a lift */
export function falseChoicesOf(
  { believing, look, most }: LookAccount,
  macro: readonly Comparison[],
  metrics: readonly MetricDefinition[],
): { readonly falseChoices?: FalseChoices } {
  const goal = metrics.find(({ role }) => role === "goal");
  const lift = macro.find(({ metric }) => metric === goal?.key)?.lift.fixed;
  const log = lift && logLift(lift);
  if (!believing || !goal || !log) return {};
  return { falseChoices: falseChoices(log, look ?? most ?? usualLooks, believing, direction(goal)) };
}
