import type { Definition } from "../core/definition.js";
import { lookRuleName } from "../core/plan.js";
import {
  futility_goals,
  missing_value,
  out_of_range,
  uncounted_looks,
  unused_setting,
} from "../errors/index.js";
import type { Checks } from "./checks.js";

/** Alpha spending follows the path over all looks before, so that more than these would take seconds. */
const MOST_SPENDING = 200;

/** What the parts of a plan mean to each other: that nothing in it is ignored, and nothing lacks that its method reads. */
export function checkPlan({ plan, metrics }: Pick<Definition, "plan" | "metrics">, checks: Checks): void {
  const { looks, method, units, spending, futility, macro, prior, loss, power = 0.8 } = plan;
  const rule = lookRuleName(plan);
  const counted = typeof looks === "number" || typeof looks === "object";
  if (method && rule === "one-look")
    checks.report({ unused_setting }, ["plan", "method"], method, { other: rule });
  const goals = metrics.filter(({ role }) => role === "goal").length;
  if (futility?.binding && goals !== 1)
    checks.report({ futility_goals }, ["plan", "futility", "binding"], goals);
  // At a power of a half or less, no effect is worth giving up for.
  if (futility && power <= 0.5)
    checks.report({ out_of_range }, ["plan", "power"], power, { expected: { above: 0.5, below: 1 } });
  const unread = {
    ...(rule === "bayes" ? { units, ...(macro === "none" ? {} : { macro }) } : { prior, loss }),
    ...(rule === "alpha-spending" ? {} : { spending, futility }),
  };
  for (const [key, value] of Object.entries(unread))
    if (value !== undefined) checks.report({ unused_setting }, ["plan", key], value, { other: rule });
  const needed = { prior: '{"mean": 0, "standardDeviation": 0.05}', loss: "0.0025" };
  if (rule === "bayes")
    for (const [key, example] of Object.entries(needed))
      if (plan[key === "prior" ? "prior" : "loss"] === undefined)
        checks.report({ missing_value }, ["plan", key], undefined, { example });
  if (!counted && (rule === "alpha-spending" || rule === "equal-shares"))
    checks.report({ uncounted_looks }, ["plan", "looks"], looks, { other: rule });
  if (units === undefined && (rule === "alpha-spending" || typeof looks === "object"))
    checks.report({ missing_value }, ["plan", "units"], undefined, { example: "40000" });
  if (typeof looks === "object") {
    looks.forEach((fraction, i) => {
      if (fraction <= (looks[i - 1] ?? 0))
        checks.report({ out_of_range }, ["plan", "looks", i], fraction, {
          expected: { above: looks[i - 1] ?? 0, atMost: 1 },
        });
    });
    if (looks.at(-1) !== 1)
      checks.report({ out_of_range }, ["plan", "looks", looks.length - 1], looks.at(-1), {
        expected: { atLeast: 1, atMost: 1 },
      });
  }
  const count = typeof looks === "object" ? looks.length : looks;
  if (rule === "alpha-spending" && typeof count === "number" && count > MOST_SPENDING)
    checks.report({ out_of_range }, ["plan", "looks"], count, { expected: { atMost: MOST_SPENDING } });
}
