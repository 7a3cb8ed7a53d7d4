import { describe, expect, it } from "vitest";
import { adjust, type Correction, corrections } from "../../src/stats/index.js";
import { fc } from "../properties.js";
import { cases, near } from "./reference.js";

const names = Object.keys(corrections) as Correction[];
const abbreviations: Partial<Record<Correction, string>> = {
  "holm-sidak": "holmSidak",
  "benjamini-hochberg": "bh",
  "benjamini-yekutieli": "by",
};
const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 });

describe("reference", () => {
  it.each(cases("corrections"))("$id", ({ input, expected, rtol }) => {
    for (const name of names) {
      if (name === "none") continue;
      corrections[name](input.p).forEach((p, i) => {
        near(p, expected[abbreviations[name] ?? name][i], rtol);
      });
    }
  });
});

// The family's conformance: every member, whatever it is, keeps these laws.
describe.each(names)("%s", (name) => {
  const correct = corrections[name];

  it("stays in [0, 1], never below the p-value, in the p-values' order", () =>
    fc.assert(
      fc.property(pValues, (p) => {
        const adjusted = correct(p);
        expect(adjusted).toHaveLength(p.length);
        adjusted.forEach((value, i) => {
          expect(value).toBeGreaterThanOrEqual(p[i]! * (1 - 1e-12));
          expect(value).toBeLessThanOrEqual(1);
          p.forEach((other, j) => {
            if (other < p[i]!) expect(adjusted[j]).toBeLessThanOrEqual(value);
          });
        });
      }),
    ));

  it("does not care for order and leaves its input alone", () =>
    fc.assert(
      fc.property(pValues, (p) => {
        const frozen = Object.freeze([...p]);
        expect(correct([...p].reverse()).reverse()).toEqual(correct(frozen));
      }),
    ));

  it("is the identity on one p-value, and nothing on none", () => {
    expect(correct([0.03])[0]).toBeCloseTo(0.03, 15);
    expect(correct([])).toEqual([]);
  });

  it("keeps tails of 1e-300", () => {
    const [smallest] = correct([1e-300, 0.5]);
    expect(smallest).toBeGreaterThanOrEqual(1e-300);
    expect(smallest).toBeLessThanOrEqual(4e-300);
  });
});

describe("ordering of the family", () => {
  it("Hommel ≤ Hochberg ≤ Holm ≤ Bonferroni, Holm–Šidák ≤ Holm, BH ≤ Hommel, BH ≤ BY", () =>
    fc.assert(
      fc.property(pValues, (p) => {
        const all = Object.fromEntries(names.map((name) => [name, corrections[name](p)]));
        const below = (a: Correction, b: Correction) =>
          all[a]!.forEach((value, i) => {
            expect(value).toBeLessThanOrEqual(all[b]![i]! * (1 + 1e-12) + 1e-15);
          });
        below("hommel", "hochberg");
        below("hochberg", "holm");
        below("holm", "bonferroni");
        below("holm-sidak", "holm");
        below("benjamini-hochberg", "hommel");
        below("benjamini-hochberg", "benjamini-yekutieli");
      }),
    ));
});

describe("edges", () => {
  it("adjust names the correction and refuses what is not a p-value", () => {
    expect(adjust([0.01, 0.02], "holm")).toEqual([0.02, 0.02]);
    expect(adjust([0, 1], "none")).toEqual([0, 1]);
    for (const wrong of [Number.NaN, -0.1, 1.1])
      expect(() => adjust([0.5, wrong], "none")).toThrow(
        expect.objectContaining({
          code: Number.isNaN(wrong) ? "not_finite" : "out_of_range",
          path: ["pValues", 1],
        }),
      );
    expect(() => adjust([0.5], "hom" as Correction)).toThrow(
      expect.objectContaining({ code: "unknown_name", path: ["correction"], near: "holm" }),
    );
  });

  it.each(names)("%s alone refuses it in the same words", (name) => {
    expect(() => corrections[name]([0.5, 2])).toThrow(
      "pValues.1: must be at least 0 and at most 1 (received 2); write a number in this range",
    );
    expect(() => corrections[name]([0.5, Number.NaN])).toThrow("pValues.1: is not a finite number");
    // biome-ignore lint/suspicious/noSparseArray: what is refused
    expect(() => corrections[name]([0.5, , 0.2] as number[])).toThrow(
      "pValues.1: is required and is missing",
    );
    expect(() => corrections[name](null as unknown as number[])).toThrow("pValues: must be a list");
  });
});

it("rejects the wrong version: Holm without the running maximum", () => {
  const wrong = (p: readonly number[]) =>
    [...p].sort((a, b) => a - b).map((value, rank) => Math.min(1, (p.length - rank) * value));
  expect(wrong([0.01, 0.04, 0.03, 0.005])).not.toEqual([0.02, 0.03, 0.06, 0.06]);
  expect(corrections.holm([0.005, 0.01, 0.03, 0.04])).toEqual([0.02, 0.03, 0.06, 0.06]);
});
