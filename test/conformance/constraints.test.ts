import { caps, constraints, controlShare, floor, net, objectives } from "essai/bandits";
import { constraintSuite, objectiveSuite } from "essai/testing";
import { describe, expect, test } from "vitest";
import { familySuite, rejects } from "./family.js";

const sum = (list: readonly number[]) => list.reduce((total, each) => total + each, 0);
const near = (a: number, b: number) => Math.abs(a - b) < 1e-9;

familySuite(constraints, {
  floor: () =>
    constraintSuite(floor, {
      settings: [{ share: 0.05 }, { share: 0.4 }, { share: 0 }],
      satisfied: (vector, _, settings) =>
        Math.min(...vector) >= Math.min(settings?.share ?? 0.01, 1 / vector.length) - 1e-9,
    }),
  controlShare: () =>
    constraintSuite(controlShare, {
      settings: [{ share: 0.25 }, { share: 1 }],
      satisfied: (vector, { eligible, control }, settings) =>
        vector.length === 1 ||
        !eligible.includes(control) ||
        near(vector[eligible.indexOf(control)] ?? 0, settings?.share ?? 0.1),
    }),
  caps: () =>
    constraintSuite(caps, {
      settings: [
        { shares: { b: 0.2 } },
        { shares: { a: 0.1, b: 0.1, c: 0, d: 0.3, e: 0.2, f: 0, g: 0, h: 0, i: 0.1 } },
      ],
      satisfied(vector, { eligible, actions }, settings) {
        const highest = eligible.map((i) => settings?.shares?.[actions[i] ?? ""] ?? 1);
        const room = sum(highest);
        return vector.every((p, i) => p <= (highest[i] ?? 0) / Math.min(1, room) + 1e-9);
      },
    }),
});

familySuite(objectives, {
  net: () => objectiveSuite(net, { settings: [{ values: { b: 2 }, costs: { a: 0.1, c: 0.3 } }] }),
});

test.each([...Object.entries(constraints), ...Object.entries(objectives)])(
  "%s is called by its name in the family",
  (key, make) => {
    expect(make().name).toBe(key);
  },
);

describe("wrong constraints and objectives", () => {
  const satisfied = (vector: readonly number[]) =>
    Math.min(...vector) >= Math.min(0.1, 1 / vector.length) - 1e-9;
  rejects(
    "a floor that does not make room",
    () =>
      constraintSuite(
        () => ({ name: "wrong", settings: {}, apply: (vector) => vector.map((p) => Math.max(p, 0.1)) }),
        { settings: [], satisfied },
      ),
    /sums to/,
  );
  rejects(
    "a floor that sinks again when room is made",
    () =>
      constraintSuite(
        () => ({
          name: "wrong",
          settings: {},
          apply(vector) {
            const raised = vector.map((p) => Math.max(p, 0.1));
            return raised.map((p) => p / sum(raised));
          },
        }),
        { settings: [], satisfied },
      ),
    /not satisfied/,
  );
  rejects(
    "an objective whose draws are not what it states",
    () =>
      objectiveSuite(() => ({
        ...net(),
        name: "wrong",
        of: (posterior, actions) => net({ costs: { b: 0.2 } }).of(posterior, actions),
        settings: {},
      })).concat(
        objectiveSuite(() => ({
          name: "wrong",
          settings: {},
          of(posterior, actions) {
            const { best, belief } = net().of(posterior, actions);
            if (belief.law !== "joint") return { best, belief };
            return { best, belief: { ...belief, mean: Array.from(belief.mean, (mean) => mean + 1e6) } };
          },
        })),
      ),
    /the mean of action \d is stated as/,
  );
});
