import { describe, expect, it } from "vitest";
import { calibrate, calibrationWorlds } from "../../src/simulation/calibration/index.js";

// A short, seeded slice of every row of docs/calibration.md; the bars are the rows' own.
describe("calibration slice", () => {
  it("names every world once", () => {
    const keys = calibrationWorlds.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each(calibrationWorlds.map((world) => [world.key, world] as const))("%s", (_, world) => {
    const [{ figures }] = calibrate({ seed: "slice", worlds: [world], replications: 500 }) as [
      ReturnType<typeof calibrate>[number],
    ];
    expect(figures).toHaveLength(world.figures.length);
    const missed = figures
      .filter(({ held }) => held === false)
      .map(({ figure, value }) => ({ value, ...figure }));
    expect(missed).toEqual([]);
  });

  it("flags the default interval where amounts are skewed, and only there", () => {
    const flagged = (key: string) => {
      const worlds = calibrationWorlds.filter((world) => world.key === key);
      return calibrate({ seed: "flag", worlds, replications: 200 })[0]!.figures[0]!.shares.skewed ?? 0;
    };
    expect(flagged("revenue/9000-1000")).toBeGreaterThan(0.99);
    expect(flagged("revenue/500-500")).toBeGreaterThan(0.99);
    expect(flagged("lift/0.3-0.33/100-100")).toBe(0);
  });
});

describe("exact figures", () => {
  const figures = calibrate({
    seed: 0,
    worlds: calibrationWorlds.filter(({ key }) => key.startsWith("proportions/")),
  }).flatMap((each) => each.figures);

  it("agree with what was measured elsewhere: the minimum over eight designs of two rates", () => {
    const values = (method: string) =>
      figures.filter(({ figure }) => figure.method === method).map(({ value }) => value);
    expect(values("newcombe")).toHaveLength(8);
    expect(Math.min(...values("newcombe"))).toBeCloseTo(0.946, 3);
    expect(Math.min(...values("miettinenNurminen"))).toBeCloseTo(0.94, 3);
    // Wald at 100 / 20; at 1 % of 100 it has no interval too often to compare.
    expect(values("wald")[6]).toBeCloseTo(0.869, 3);
  });

  it("have outcomes whose probabilities sum to one", () => {
    for (const { value, shares } of figures)
      expect(value + shares.left! + shares.right! + shares.none!).toBeCloseTo(1, 9);
  });
});
