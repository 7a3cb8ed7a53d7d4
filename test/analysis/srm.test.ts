import { describe, expect, it } from "vitest";
import type { Group } from "../../src/analysis/cube.js";
import type { Arm } from "../../src/analysis/report.js";
import { checkLevels, checkShares, plannedShares, srmThreshold } from "../../src/analysis/srm.js";
import type { Definition } from "../../src/core/definition.js";
import { sampleRatioMismatch } from "../../src/stats/index.js";
import { madeDefinition } from "./made-cells.js";

const arms = (units: Readonly<Record<string, number>>, definitionVersion = 1): Arm[] =>
  Object.entries(units).map(([variant, units]) => ({ variant, definitionVersion, units }) as Arm);

/** Shares written as whole points; a share of zero has no range. */
function shared(shares: Readonly<Record<string, number>>, changes: Partial<Definition> = {}): Definition {
  let from = 0;
  let sum = 0;
  const ranges = Object.entries(shares).flatMap(([variant, share]) => {
    const range = { from, to: Math.round((sum += share) * 2 ** 32), variant };
    from = range.to;
    return share > 0 ? [range] : [];
  });
  return madeDefinition(Object.keys(shares), { ranges, ...changes });
}

describe("planned shares", () => {
  it("are the simple fractions that whole points stand for", () => {
    for (const shares of [
      [1 / 3, 2 / 3],
      [0.1, 0.2, 0.7],
      [1 / 7, 2 / 7, 4 / 7],
      [0.001, 0.999],
      [0, 1],
    ]) {
      const named = Object.fromEntries(shares.map((share, i) => [`v${i}`, share]));
      expect(plannedShares(shared(named)).map((share, i) => share - (shares[i] as number))).toEqual(
        shares.map(() => 0),
      );
    }
  });

  it("are what the ranges say where no simple fraction is that near", () => {
    const shares = [1234567 / 2 ** 32, 1 - 1234567 / 2 ** 32];
    expect(plannedShares(shared({ a: shares[0] as number, b: shares[1] as number }))).toEqual(shares);
    // Nearer to a quarter than any eye could see, and yet two points off.
    const [off] = plannedShares(shared({ a: 0.25 + 2 / 2 ** 32, b: 0.75 - 2 / 2 ** 32 }));
    expect(off).toBe(0.25 + 2 / 2 ** 32);
  });

  it("allow each of a variant's ranges one rounding, and sum to 1", () => {
    const pieces = shared({ a: 0.5, b: 0.5 });
    const points = [0, 2 ** 30 + 1, 2 ** 31, 3 * 2 ** 30 + 1, 2 ** 32];
    const ranges = [0, 1, 2, 3].map((i) => ({
      from: points[i] as number,
      to: points[i + 1] as number,
      variant: i % 2 ? "b" : "a",
    }));
    expect(plannedShares({ ...pieces, ranges })).toEqual([0.5, 0.5]);
  });
});

describe("the check of shares", () => {
  it("leaves out a variant that has neither a share nor units", () => {
    const definition = shared({ a: 0.5, b: 0.5, gone: 0 });
    const [check] = checkShares(arms({ a: 520, b: 480 }), [definition]);
    const { statistic, df, pValue } = sampleRatioMismatch([520, 480], [500, 500]);
    expect(check).toEqual({
      definitionVersion: 1,
      variants: ["a", "b"],
      observed: [520, 480],
      expected: [500, 500],
      status: "passed",
      ...{ statistic, df, pValue },
      threshold: srmThreshold,
    });
  });

  it("keeps a variant that has a share and no units: it fails", () => {
    const [check] = checkShares(arms({ a: 520, b: 480 }), [shared({ a: 0.4, b: 0.4, lost: 0.2 })]);
    expect(check).toMatchObject({ variants: ["a", "b", "lost"], observed: [520, 480, 0], status: "failed" });
  });

  it("cannot say anything of a variant that has units and no share", () => {
    const [check] = checkShares(arms({ a: 500, b: 500, gone: 1 }), [shared({ a: 0.5, b: 0.5, gone: 0 })]);
    expect(check).toEqual({
      definitionVersion: 1,
      variants: ["a", "b", "gone"],
      observed: [500, 500, 1],
      status: "undefined",
      reason: "a variant without any planned share has units",
    });
  });

  it("shares its threshold among versions and all of them together, each held against its own shares", () => {
    const definitions = [shared({ a: 0.5, b: 0.5 }, { version: 2 }), shared({ a: 0.9, b: 0.1 })] as const;
    const both = [...arms({ a: 500, b: 500 }, 2), ...arms({ a: 900, b: 100 }, 1)];
    expect(checkShares(both, definitions)).toEqual([
      expect.objectContaining({ definitionVersion: 1, expected: [900, 100], threshold: srmThreshold / 3 }),
      expect.objectContaining({ definitionVersion: 2, expected: [500, 500], threshold: srmThreshold / 3 }),
      expect.objectContaining({ definitionVersion: null, observed: [1400, 600], expected: [1400, 600] }),
    ]);
  });

  it("fails below its threshold, and not at it", () => {
    const at = (units: number) =>
      checkShares(arms({ a: 5000 + units, b: 5000 - units }), [shared({ a: 0.5, b: 0.5 })])[0];
    const pValues = [160, 162, 164, 166, 168].map((units) => {
      const check = at(units);
      if (!check || !("pValue" in check)) throw new Error("no p-value");
      expect(check.status).toBe(check.pValue < 0.001 ? "failed" : "passed");
      return check.pValue;
    });
    expect([Math.max(...pValues) > 0.001, Math.min(...pValues) < 0.001]).toEqual([true, true]);
  });

  it("is adaptive where a policy sets the shares, and then all versions together are not checked", () => {
    const definitions = [
      shared({ a: 0.5, b: 0.5 }, { version: 2, policy: "thompson" }),
      shared({ a: 0.5, b: 0.5 }),
    ] as const;
    const found = checkShares([...arms({ a: 9, b: 1 }, 2), ...arms({ a: 5, b: 5 })], definitions);
    expect(found.map(({ status }) => status)).toEqual(["passed", "adaptive", "undefined"]);
    expect(found[2]).toMatchObject({ observed: [14, 6], variants: ["a", "b"] });
  });
});

describe("the check of shares within levels", () => {
  const group = (level: string, ...versions: Readonly<Record<string, number>>[]) =>
    ({
      cell: { device: level },
      levels: [level],
      arms: new Map(
        versions.map((units, at) => [
          at + 1,
          new Map(Object.entries(units).map(([variant, units]) => [variant, { units, moments: [] }])),
        ]),
      ),
    }) as unknown as Group;
  const even = shared({ a: 0.5, b: 0.5 });

  it("names the level that is furthest off, with the number of levels and of those that fail", () => {
    const groups = [
      group("phone", { a: 900, b: 1100 }),
      group("tablet", { a: 700, b: 1300 }),
      group("desk", { a: 1400, b: 1000 }),
      group("watch", { a: 1000, b: 1001 }),
      group("nothing", { a: 0, b: 0 }),
    ];
    const [check, ...more] = checkLevels("device", groups, [even]);
    expect(more).toEqual([]);
    expect(check).toMatchObject({
      ...{ dimension: "device", level: "tablet", levels: 4, failing: 3, threshold: srmThreshold / 4 },
      ...{ observed: [700, 1300], expected: [1000, 1000], status: "failed", definitionVersion: null },
      pValue: sampleRatioMismatch([700, 1300], [1000, 1000]).pValue,
    });
  });

  it("names the one that is furthest off also where none is far", () => {
    const groups = [group("phone", { a: 500, b: 500 }), group("tablet", { a: 510, b: 490 })];
    expect(checkLevels("device", groups, [even])).toEqual([
      expect.objectContaining({ level: "tablet", levels: 2, failing: 0, status: "passed" }),
    ]);
    expect(checkLevels("device", [], [even])).toEqual([]);
  });

  it("adds up versions, each by its own shares, and says nothing where one has none", () => {
    const earlier = shared({ a: 0.9, b: 0.1 }, { version: 2 });
    const groups = [group("phone", { a: 500, b: 500 }, { a: 900, b: 100 })];
    expect(checkLevels("device", groups, [even, earlier])).toEqual([
      expect.objectContaining({
        observed: [1400, 600],
        expected: [1400, 600],
        statistic: 0,
        status: "passed",
      }),
    ]);
    expect(checkLevels("device", groups, [even])).toEqual([]);
    expect(checkLevels("device", groups, [even, { ...earlier, policy: "thompson" }])).toEqual([]);
  });

  it("leaves out a variant without a share, and says nothing where it has units", () => {
    const definition = shared({ a: 0.5, b: 0.5, gone: 0 });
    const groups = [group("phone", { a: 505, b: 495 }), group("desk", { a: 700, b: 300 })];
    expect(checkLevels("device", groups, [definition])).toEqual([
      expect.objectContaining({ variants: ["a", "b"], level: "desk", failing: 1 }),
    ]);
    expect(checkLevels("device", [group("phone", { a: 500, b: 500, gone: 3 })], [definition])).toEqual([]);
  });
});
