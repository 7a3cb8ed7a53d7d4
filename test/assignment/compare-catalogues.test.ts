import {
  type Catalogue,
  compareCatalogues,
  createAssigner,
  defineExperiment,
  ExperimentError,
  nextVersion,
  reallocate,
} from "essai";
import { describe, expect, it } from "vitest";
import { fc } from "../properties.js";

const UNITS = 40_000;
const ids = Array.from({ length: UNITS }, (_, i) => `unit-${i}`);

/** Who goes where, counted over hashed units. */
function counted(before: Catalogue, after: Catalogue, key: string): Map<string, number> {
  const [old, now] = [createAssigner(before), createAssigner(after)];
  const flows = new Map<string, number>();
  for (const userId of ids) {
    const [from, to] = [old, now].map((each) => each.assign(key, { userId }).variant);
    if (from !== to) flows.set(`${from} → ${to}`, (flows.get(`${from} → ${to}`) ?? 0) + 1 / UNITS);
  }
  return flows;
}

const a = defineExperiment({
  key: "a",
  unit: "userId",
  variants: { control: 0, b: 1, c: 2 },
  coverage: 0.8,
});
const experiments = (...list: Catalogue["experiments"][number][]): Catalogue => ({ experiments: list });

const layered = (ranges: [number, number][], more: object = {}) =>
  defineExperiment({
    ...{ key: "a", unit: "userId", variants: { control: 0, b: 1 }, layer: { key: "home", ranges }, ...more },
  } as { key: string; unit: string; variants: { control: 0; b: 1 } });
const quarter = 2 ** 30;

const changes: readonly (readonly [string, Catalogue, Catalogue])[] = [
  [
    "another split",
    experiments(a),
    experiments(reallocate(a, { allocation: { control: 0.6, b: 0.3, c: 0.1 } })),
  ],
  [
    "a variant more",
    experiments(a),
    experiments(nextVersion(a, { variants: { control: 0, b: 1, c: 2, d: 3 } })),
  ],
  ["a variant less", experiments(a), experiments(nextVersion(a, { variants: { control: 0, c: 2 } }))],
  ["more coverage", experiments(a), experiments(nextVersion(a, { coverage: 0.9 }))],
  [
    "less coverage, another split",
    experiments(a),
    experiments(reallocate(a, { coverage: 0.3, allocation: { control: 0.1, b: 0.1, c: 0.8 } })),
  ],
  ["another salt", experiments(a), experiments(nextVersion(a, { salt: "anew" }))],
  ["paused", experiments(a), experiments(nextVersion(a, { status: "paused" }))],
  ["a winner", experiments(a), experiments(nextVersion(a, { status: "stopped", rollout: "b" }))],
  ["a holdout", experiments(a), { experiments: [a], holdouts: [{ key: "all", share: 0.1, unit: "userId" }] }],
  [
    "a larger holdout",
    { experiments: [a], holdouts: [{ key: "all", share: 0.05, unit: "userId" }] },
    {
      experiments: [nextVersion(a, { coverage: 1 })],
      holdouts: [{ key: "all", share: 0.1, unit: "userId" }],
    },
  ],
  [
    "other points of a layer",
    experiments(layered([[0, 2 * quarter]])),
    experiments(layered([[quarter, 3 * quarter]], { version: 2 })),
  ],
  [
    "another layer",
    experiments(layered([[0, 2 * quarter]])),
    experiments(layered([[0, 2 * quarter]], { version: 2, layer: { key: "page", ranges: [[0, quarter]] } })),
  ],
];

describe("compareCatalogues", () => {
  it.each(changes)("%s: says where units go, as hashing does", (_, before, after) => {
    const flows = counted(before, after, "a");
    const [diff] = compareCatalogues(before, after).experiments;
    const told = new Map(diff?.moves.flows.map(({ from, to, share }) => [`${from} → ${to}`, share]));
    for (const flow of new Set([...flows.keys(), ...told.keys()])) {
      const share = told.get(flow) ?? 0;
      // Five standard errors; the shares are exact, the count is a sample.
      expect(Math.abs((flows.get(flow) ?? 0) - share), flow).toBeLessThan(
        5 * Math.sqrt((share * (1 - share)) / UNITS) + 1e-9,
      );
    }
    const sum = (part: (from: string | null, to: string | null) => boolean) =>
      diff?.moves.flows.reduce((total, { from, to, share }) => total + (part(from, to) ? share : 0), 0) ?? 0;
    const { moved, rolledOut, entered, left } = diff!.moves;
    expect(moved + rolledOut).toBeCloseTo(
      sum((from, to) => from !== null && to !== null),
      9,
    );
    expect(entered).toBeCloseTo(
      sum((from) => from === null),
      9,
    );
    expect(left).toBeCloseTo(
      sum((_from, to) => to === null),
      9,
    );
  });

  it("finds nothing where both say the same, in whatever order of keys", () => {
    const reversed = JSON.parse(JSON.stringify(a), (_, value) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    );
    expect(compareCatalogues(experiments(a), experiments(reversed))).toEqual({
      format: "essai.diff/1",
      experiments: [],
      shared: [],
      reused: [],
      unversioned: [],
    });
  });

  it("names the change of every part, and counts what it does not know by name", () => {
    const next = nextVersion(a, {
      audience: { segment: "french" },
      segments: { french: { attribute: "country", eq: "FR" } },
      variants: { control: 0, b: "new", c: 2 },
      metrics: [{ key: "spend", type: "mean" }],
    });
    const [diff] = compareCatalogues(experiments(a), experiments(next)).experiments;
    expect(diff?.fields.map(({ path }) => path.join("."))).toEqual(
      expect.arrayContaining(["audience", "segments.french", "variants.b", "metrics.spend"]),
    );
    expect([diff?.among, diff?.uncounted, diff?.moves.moved]).toEqual([["audience"], ["audience"], 0]);
  });

  it("sees a shared segment change under an experiment that did not", () => {
    const targeted = defineExperiment({
      ...{ key: "t", unit: "userId", variants: { control: 0, b: 1 } },
      audience: { segment: "web" },
    });
    const catalogue = (channel: string): Catalogue => ({
      experiments: [targeted],
      segments: { web: { not: { segment: "inner" } }, inner: { attribute: "channel", eq: channel } },
    });
    const diff = compareCatalogues(catalogue("sms"), catalogue("app"));
    expect(diff.shared.map(({ path }) => path)).toEqual([["segments", "inner"]]);
    expect(diff.experiments).toMatchObject([
      { experiment: "t", fields: [], sameVersion: false, uncounted: ["audience"] },
    ]);
  });

  it.each([
    [
      "other variants",
      defineExperiment({ key: "a", unit: "userId", variants: { control: 0, b: 1, d: 2 }, coverage: 0.8 }),
      true,
    ],
    [
      "a rule",
      {
        ...nextVersion(a, { rules: [{ key: "r", when: { attribute: "x", eq: 1 }, variant: "b" }] }),
        version: 1,
      },
      true,
    ],
    ["another policy", { ...nextVersion(a, { policy: "thompson" }), version: 1 }, true],
    ["more coverage", { ...nextVersion(a, { coverage: 0.9 }), version: 1 }, false],
    ["another payload", { ...nextVersion(a, { variants: { control: 9, b: 1, c: 2 } }), version: 1 }, false],
  ] as const)("%s under the same version is told; whether it moves units: %#", (_, after, moves) => {
    const diff = compareCatalogues(experiments(a), experiments(after as never));
    expect(diff.experiments[0]?.sameVersion).toBe(true);
    expect(diff.unversioned).toEqual(moves ? ["a"] : []);
  });

  it("tells added and removed experiments, and points of a layer taken over", () => {
    const [old, now] = [layered([[0, quarter]]), layered([[0, 2 * quarter]], { key: "z" })];
    const diff = compareCatalogues(experiments(old), experiments(now));
    expect(
      diff.experiments.map(({ experiment, change, versions }) => [experiment, change, versions]),
    ).toEqual([
      ["z", "added", [null, 1]],
      ["a", "removed", [1, null]],
    ]);
    expect(diff.experiments.map(({ moves: { entered, left } }) => [entered, left])).toEqual([
      [0.5, 0],
      [0, 0.25],
    ]);
    expect(diff.reused).toEqual([{ layer: "home", from: "a", to: "z", share: 0.25 }]);
  });

  it("a winner that replaces another one moves everybody: that is no end of a test", () => {
    const won = (rollout: "b" | "c") =>
      experiments({ ...nextVersion(a, { status: "stopped", rollout }), version: rollout === "b" ? 2 : 3 });
    const [diff] = compareCatalogues(won("b"), won("c")).experiments;
    expect([diff?.moves.moved, diff?.moves.rolledOut]).toEqual([1, 0]);
  });

  it("counts the very point at which a share ends", () => {
    const before = nextVersion(a, { coverage: 0 });
    const after = nextVersion(before, { coverage: 0.3 });
    // 0.3 × 2³² is no whole number: the point below it is in.
    const [diff] = compareCatalogues(experiments(before), experiments(after)).experiments;
    expect(diff?.moves.entered).toBe(Math.ceil(0.3 * 2 ** 32) / 2 ** 32);
  });

  it("points of a layer are not taken over by what is stopped", () => {
    const stopped = layered([[0, 2 * quarter]], { key: "z", status: "stopped" });
    expect(compareCatalogues(experiments(layered([[0, quarter]])), experiments(stopped)).reused).toEqual([]);
  });

  it("rules in another order are another experiment where the first one counts", () => {
    const rules = [
      { key: "young", when: { attribute: "age", lt: 30 }, variant: "b" },
      { key: "old", when: { attribute: "age", gt: 20 }, variant: "c" },
    ] as const;
    const before = nextVersion(a, { rules, ruleOrder: "first" });
    const after = { ...nextVersion(before, { rules: [...rules].reverse() }), version: before.version };
    const diff = compareCatalogues(experiments(before), experiments(after));
    expect(diff.experiments[0]?.fields.map(({ path }) => path)).toEqual([["rules"]]);
    expect(diff.unversioned).toEqual(["a"]);
  });

  it("refuses a collision in a layer, at the side where it is", () => {
    const clash = experiments(layered([[0, quarter]]), layered([[0, quarter]], { key: "z" }));
    const act = () => compareCatalogues(experiments(a), clash);
    expect(act).toThrow(ExperimentError);
    expect(act).toThrow(
      expect.objectContaining({
        code: "layer_overlap",
        path: ["after", "experiments", 1, "layer", "ranges"],
      }),
    );
  });

  it("law: nobody is lost, and going back undoes it", () => {
    const share = fc.integer({ min: 0, max: 20 });
    fc.assert(
      fc.property(
        fc.array(share, { minLength: 3, maxLength: 3 }),
        fc.array(share, { minLength: 3, maxLength: 3 }),
        fc.integer({ min: 0, max: 10 }),
        (x, y, tenths) => {
          const fractions = (parts: number[]) => {
            const total = parts.reduce((sum, each) => sum + each + 1, 0);
            return {
              control: (parts[0]! + 1) / total,
              b: (parts[1]! + 1) / total,
              c: (parts[2]! + 1) / total,
            };
          };
          const before = reallocate(a, { allocation: fractions(x) });
          const after = reallocate(before, { allocation: fractions(y), coverage: tenths / 10 });
          const there = compareCatalogues(experiments(before), experiments(after)).experiments[0]!.moves;
          const back = compareCatalogues(experiments(after), experiments(before)).experiments[0]!.moves;
          expect([back.moved, back.entered, back.left]).toEqual([there.moved, there.left, there.entered]);
          const [f, g] = [fractions(x), fractions(y)];
          const least = (["control", "b", "c"] as const).reduce(
            (sum, key) => sum + Math.max(0, f[key] - g[key]),
            0,
          );
          expect(there.moved).toBeCloseTo(least * Math.min(0.8, tenths / 10), 6);
        },
      ),
      { numRuns: 200 },
    );
  });
});
