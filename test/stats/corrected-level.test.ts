import { describe, expect, it } from "vitest";
import { randomSource } from "../../src/random/index.js";
import { type Correction, correctedLevel, corrections } from "../../src/stats/index.js";

const names = Object.keys(corrections) as Correction[];

describe("a family's intervals agree with its adjusted p-values", () => {
  it.each(names)(
    "%s: a raw p-value is below 1 − the corrected level exactly where the adjusted one is below α",
    (name) => {
      const source = randomSource(`corrected level ${name}`);
      let [rejected, families] = [0, 0];
      for (let run = 0; run < 400; run++) {
        const size = 1 + Math.floor(12 * source.next());
        const effect = 1 + Math.floor(4 * source.next());
        const pValues = Array.from(
          { length: size },
          () => source.next() ** (source.next() < 0.5 ? 1 : effect * 3),
        );
        const level = [0.8, 0.95, 0.99][run % 3]!;
        const own = correctedLevel(pValues, name, level);
        const adjusted = corrections[name](pValues);
        expect(own).toBeGreaterThanOrEqual(level - 1e-15);
        expect(pValues.map((p) => p < 1 - own)).toEqual(adjusted.map((p) => p < 1 - level));
        families++;
        rejected += adjusted.filter((p) => p < 1 - level).length;
      }
      expect(rejected).toBeGreaterThan(families / 2);
    },
  );

  it("order does not matter, and the p-values are left alone", () => {
    const pValues = Object.freeze([0.2, 0.001, 0.03, 0.004]);
    for (const name of names)
      expect(correctedLevel(pValues, name)).toBe(correctedLevel([...pValues].sort(), name));
  });

  it.each([
    ["bonferroni", [0.001, 0.2], 0.975],
    ["sidak", [0.001, 0.2], Math.sqrt(0.95)],
    ["holm", [0.5, 0.6, 0.7, 0.8], 0.9875],
    ["holm", [0.001, 0.002, 0.7, 0.8], 1 - 0.05 / 3],
    ["benjamini-hochberg", [0.001, 0.002, 0.7, 0.8], 0.975],
    ["benjamini-yekutieli", [0.001, 0.002, 0.7, 0.8], 1 - 0.025 / (1 + 1 / 2 + 1 / 3 + 1 / 4)],
    ["none", [0.001, 0.2], 0.95],
  ] as const)("%s of %o", (name, pValues, expected) => {
    expect(correctedLevel(pValues, name)).toBeCloseTo(expected, 14);
  });

  it("the wrong version, Bonferroni's level beside Holm's p-values, disagrees", () => {
    const pValues = [0.001, 0.03];
    const shown = corrections.holm(pValues).map((p) => p < 0.05);
    expect(pValues.map((p) => p < 1 - correctedLevel(pValues, "holm"))).toEqual(shown);
    expect(pValues.map((p) => p < 1 - correctedLevel(pValues, "bonferroni"))).not.toEqual(shown);
  });
});

describe("edges", () => {
  it.each([
    [[[0.1], "dunnett"], "unknown_name", ["correction"]],
    [[[0.1], "holm", 1], "out_of_range", ["level"]],
    [[[1.1], "holm"], "out_of_range", ["pValues", 0]],
    [[undefined, "holm"], "missing_value", ["pValues"]],
    [[[1.1], "none"], "out_of_range", ["pValues", 0]],
  ])("%o is refused", (call, code, path) => {
    const run = correctedLevel as (...given: unknown[]) => number;
    expect(() => run(...call)).toThrow(expect.objectContaining({ code, path }));
  });

  it("no test at all leaves the level as it is", () => {
    expect(correctedLevel([], "holm", 0.9)).toBe(0.9);
  });
});
