import type { Estimate } from "../../core/estimate.js";
import { addLook } from "../../stats/index.js";
import type { Asked } from "../ask.js";
import type { Reading } from "../comparison.js";
import { deviateOf } from "./deviate-of.js";
import type { TestHistory, ToldLook } from "./look-history.js";

/** Comparisons with what the looks before have shown, and what the next look is to know. */
export interface CarriedLooks {
  readonly asked: readonly Asked[];
  readonly tests: readonly TestHistory[];
}

/**
 * What all looks say together. Where this look's value lies outside what the looks before have left, the effect has changed,
 * or the data have: then this look speaks for itself, and says so.
 */
function joined(now: Estimate, all: Estimate): Estimate {
  if (now.status !== "ok") return all;
  const apart = all.status !== "ok" || now.value < all.interval[0] || now.value > all.interval[1];
  return apart ? { ...now, flags: [...(now.flags ?? []), "looks_disagree"] } : all;
}

/** What this look tells, for the path; nothing without an estimate. */
function pointOf({ planned, fixed }: Reading, units: number): readonly ToldLook[] {
  if (planned.value === undefined) return [];
  const deviate = deviateOf(fixed);
  const found = { units, value: planned.value, ...(deviate === undefined ? {} : { deviate }) };
  if (planned.status !== "ok") return [found];
  const [lower, upper] = planned.interval;
  return [{ ...found, lower, upper }];
}

const sameTest = (test: TestHistory, { comparison: { metric, contrast, cell } }: Asked): boolean =>
  JSON.stringify([test.metric, test.contrast, test.cell]) === JSON.stringify([metric, contrast, cell]);

/**
 * Joins what decides at this look with the looks before it: of readings that hold at every look, the smallest p-value counts,
 * and what their intervals have in common.
 * @param asked    at this look, not yet corrected
 * @param history  of the looks before, where there were some
 * @param units    of all variants together at this look
 * @param binding  whether a gain that was given up stays so
 */
export function carryLooks(
  asked: readonly Asked[],
  history: readonly TestHistory[],
  units: number,
  binding = false,
): CarriedLooks {
  const tests: TestHistory[] = [];
  const carried = asked.map((each): Asked => {
    const { comparison } = each;
    const [control, treatment] = comparison.units;
    const known = history.find((test) => sameTest(test, each));
    const join = (scale: "difference" | "lift") =>
      addLook(known?.[scale] ?? null, { control, treatment, estimate: comparison[scale].planned });
    const [difference, lift] = [join("difference"), join("lift")];
    const { metric, contrast, cell } = comparison;
    const told = (reading: Reading, all: Estimate): Reading => ({
      ...reading,
      // A belief has learned from all looks by itself.
      planned: "belief" in reading.planned ? reading.planned : joined(reading.planned, all),
    });
    const now = told(comparison.difference, difference.reading);
    const before = known?.futile ?? false;
    const futile = before ? "before" : comparison.futile;
    const { planned } = now;
    const open = planned.status !== "ok" || planned.pValue >= 1 - planned.level;
    tests.push({
      ...{ metric, contrast, cell, difference: difference.state, lift: lift.state },
      path: [...(known?.path ?? []).filter((look) => look.units < units), ...pointOf(now, units)],
      ...(binding && futile && (before || open) ? { futile: true } : {}),
    });
    return {
      ...each,
      comparison: {
        ...comparison,
        difference: now,
        lift: told(comparison.lift, lift.reading),
        ...(futile ? { futile } : {}),
      },
    };
  });
  return { asked: carried, tests };
}
