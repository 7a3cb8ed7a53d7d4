import { expect, it } from "vitest";
import { keepSticky, type StickyRecord } from "../../src/assignment/sticky.js";
import type { Assignment } from "../../src/core/assignment.js";
import { defineExperiment } from "../../src/index.js";

type Reason = Assignment["reason"];

/** Whether a unit that was enrolled before stays so where a fresh assignment has this reason. */
const stays: Readonly<Record<Reason, boolean>> = {
  ...{ allocated: true, rule: true, coverage: true, audience: true },
  ...{ override: false, rollout: false, sticky: false, decided: false, undecided: false },
  ...{ layer: false, holdout: false, prerequisite: false, schedule: false, status: false, fallback: false },
};

const experiment = defineExperiment({
  ...{
    key: "x",
    unit: "userId",
    control: "a",
    variants: { a: "old", b: "new" },
    allocation: { a: 0.5, b: 0.5 },
  },
});
const enrolled = ["allocated", "rule", "override", "sticky", "rollout", "decided"];

const fresh = (reason: Reason): Assignment => {
  const common = { experiment: "x", definitionVersion: 2, unitId: "u", payload: "old" };
  return (
    enrolled.includes(reason)
      ? { ...common, enrolled: true, variant: "a", reason, point: 0.25, propensity: 0.5 }
      : {
          ...common,
          enrolled: false,
          variant: null,
          reason,
          ...(reason === "undecided" ? { awaits: "x" } : {}),
        }
  ) as Assignment;
};

it.each(Object.entries(stays))("%s: whether what was kept comes first: %s", (reason, expected) => {
  const written: StickyRecord[] = [];
  const sticky = keepSticky({
    get: () => ({ variant: "b", definitionVersion: 1, propensity: 0.125, rule: "vip", heldBack: true }),
    set: (_experiment, _unitId, record) => written.push(record),
  })(experiment);
  const found = sticky(fresh(reason as Reason));
  if (expected)
    expect(found).toEqual({
      ...{ experiment: "x", definitionVersion: 1, unitId: "u", payload: "new", enrolled: true, variant: "b" },
      ...{ reason: "sticky", point: expect.any(Number), propensity: 0.125, rule: "vip", heldBack: true },
    });
  else expect(found).toEqual(fresh(reason as Reason));
  expect(written).toEqual([]);
});

it.each(Object.entries(stays))("%s: is kept where nothing was: %s, if it is enrolled", (reason, expected) => {
  const written: unknown[] = [];
  const sticky = keepSticky({
    get: () => undefined,
    set: (...words) => written.push(words),
  })(experiment);
  expect(sticky(fresh(reason as Reason))).toEqual(fresh(reason as Reason));
  const record = { variant: "a", definitionVersion: 2, propensity: 0.5 };
  expect(written).toEqual(expected && enrolled.includes(reason) ? [["x", "u", record]] : []);
});
