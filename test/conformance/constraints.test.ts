import {
  type Constraint,
  caps,
  constraint,
  constraints,
  controlShare,
  floor,
  mixture,
  net,
  objectives,
} from "essai/bandits";
import { type Case, constraintSuite, objectiveSuite } from "essai/testing";
import { describe, expect, test } from "vitest";
import { familySuite, rejects } from "./family.js";

/** What each is for, and settings besides the defaults; a constraint that is not named here gets the suite all the same. */
const suites: { readonly [K in keyof typeof constraints]?: () => Case[] } = {
  floor: () =>
    constraintSuite(floor, {
      settings: [{ share: 0.05 }, { share: 0.4 }, { share: 0 }],
      satisfied: (vector, _, settings) => Math.min(...vector) >= (settings?.share ?? 0.01),
    }),
  controlShare: () =>
    constraintSuite(controlShare, {
      settings: [{ share: 0.25 }, { share: 1 }],
      satisfied: (vector, { eligible, control }, settings) =>
        vector.length === 1 ||
        !eligible.includes(control) ||
        vector[eligible.indexOf(control)] === (settings?.share ?? 0.1),
    }),
  caps: () =>
    constraintSuite(caps, {
      settings: [
        { shares: { b: 0.2 } },
        { shares: { a: 0.1, b: 0.1, c: 0, d: 0.3, e: 0.2, f: 0, g: 0, h: 0.9, i: 0.1 } },
      ],
      satisfied: (vector, { eligible, actions }, settings) =>
        vector.every((p, at) => p <= (settings?.shares?.[actions[eligible[at] ?? 0] ?? ""] ?? 1)),
    }),
  mixture: () =>
    constraintSuite(mixture, {
      settings: [{ decay: 0 }, { decay: 0.1 }],
      satisfied: (vector, { rewards }, settings) =>
        Math.min(...vector) * vector.length >= (1 - 1e-12) / (rewards + 1) ** (settings?.decay ?? 0.24),
    }),
};

describe.each(Object.entries(constraints))("%s", (key, make) => {
  const own = suites[key as keyof typeof constraints];
  for (const { name, run } of own?.() ?? constraintSuite(make as () => Constraint)) test(name, run);
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

const wrong = (bounds: Constraint["bounds"]) => () =>
  constraintSuite(() => constraint({ name: "wrong", settings: {}, bounds }));

describe("wrong constraints and objectives", () => {
  rejects(
    "bounds of some actions only",
    wrong(() => ({ least: [0.1] })),
    /1 bounds for \d eligible/,
  );
  rejects(
    "bounds that are not shares",
    wrong(({ eligible }) => ({ most: eligible.map(() => 1.5) })),
    /outside \[0, 1\]/,
  );
  rejects(
    "a lower bound above its upper one",
    wrong(({ eligible }) => ({ least: eligible.map(() => 0.3), most: eligible.map(() => 0.2) })),
    /at least 0.3 and at most 0.2/,
  );
  rejects(
    "bounds that depend on how often they are asked",
    () => {
      let asked = 0;
      return wrong(({ eligible }) => ({ least: eligible.map(() => (asked++ % 7) / 100) }))();
    },
    /asked twice/,
  );
  rejects(
    "a floor that only raises what is below it, and does not make room",
    () =>
      constraintSuite(
        (): Constraint => ({
          ...floor({ share: 0.1 }),
          hold: (vector) => vector.map((p) => Math.max(p, 0.1)),
        }),
      ),
    /sums to/,
  );
  rejects(
    "a floor that sinks again when room is made",
    () =>
      constraintSuite(
        (): Constraint => ({
          ...floor({ share: 0.1 }),
          hold(vector) {
            const raised = vector.map((p) => Math.max(p, 0.1));
            const total = raised.reduce((sum, p) => sum + p, 0);
            return raised.map((p) => p / total);
          },
        }),
      ),
    /not within floor/,
  );
  rejects(
    "an objective whose draws are not what it states",
    () =>
      objectiveSuite(() => ({
        ...net(),
        name: "wrong",
        of: (...given) => net({ costs: { b: 0.2 } }).of(...given),
        settings: {},
      })).concat(
        objectiveSuite(() => ({
          name: "wrong",
          settings: {},
          of(...given) {
            const { best, belief } = net().of(...given);
            if (belief.law !== "joint") return { best, belief };
            return { best, belief: { ...belief, mean: Array.from(belief.mean, (mean) => mean + 1e6) } };
          },
        })),
      ),
    /the mean of action \d is stated as/,
  );
});
