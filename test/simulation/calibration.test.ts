import { calibrate, calibrationWorlds } from "essai/simulation";
import { describe, expect, it } from "vitest";

// A short, seeded slice of every row of docs/calibration.md; the bars are the rows' own.
describe("calibration slice", () => {
  it("names every world once", () => {
    const keys = calibrationWorlds.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each(calibrationWorlds.map((world) => [world.key, world] as const))("%s", (_, world) => {
    const [{ figures }] = calibrate({ seed: "slice", worlds: [world], replications: 1_000 }) as [
      ReturnType<typeof calibrate>[number],
    ];
    expect(figures).toHaveLength(world.figures.length);
    const missed = figures
      .filter(({ held }) => held === false)
      .map(({ figure, value }) => ({ value, ...figure }));
    expect(missed).toEqual([]);
  });
});
