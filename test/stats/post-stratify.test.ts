import { describe, expect, it } from "vitest";
import type { Estimate } from "../../src/core/estimate.js";
import { randomSource, sampleNormal } from "../../src/random/index.js";
import { momentsOf, postStratify, welch } from "../../src/stats/index.js";
import { cases, near, summary } from "./reference.js";

type Ok = Extract<Estimate, { status: "ok" }>;
const ok = (estimate: Estimate): Ok => {
  expect(estimate.status).toBe("ok");
  return estimate as Ok;
};
// biome-ignore lint/suspicious/noExplicitAny: as the reference file has them
const strataOf = (input: any) =>
  // biome-ignore lint/suspicious/noExplicitAny: as the reference file has them
  input.strata.map((each: any) => ({ control: summary(each.control), treatment: summary(each.treatment) }));

describe("reference", () => {
  it.each(cases("strata", "postStratifiedEffect"))("$id", ({ input, expected, rtol }) => {
    const strata = strataOf(input);
    const estimate = ok(postStratify(strata));
    near(estimate.value, expected.effect, rtol);
    near(estimate.standardError, expected.seUnconditional, rtol);
    near(ok(postStratify(strata, { variance: "conditional" })).standardError, expected.seConditional, rtol);
  });
});

describe("laws", () => {
  const a = { control: momentsOf([1, 2, 3, 7]), treatment: momentsOf([2, 4, 4]) };
  const b = { control: momentsOf([11, 12, 15]), treatment: momentsOf([13, 13, 14, 20, 18]) };

  it("one stratum is Welch's test", () => {
    const { method: _, ...one } = ok(postStratify([a]));
    const { method: __, ...whole } = ok(welch(a.control, a.treatment));
    near(one.df, whole.df!, 1e-12);
    near(one.pValue, whole.pValue, 1e-12);
  });

  it("order does not matter; swapping the arms negates", () => {
    const forth = ok(postStratify([a, b]));
    near(ok(postStratify([b, a])).pValue, forth.pValue, 1e-13);
    const swap = ({ control, treatment }: typeof a) => ({ control: treatment, treatment: control });
    near(ok(postStratify([a, b].map(swap))).value, -forth.value, 1e-14);
  });
});

describe("edges", () => {
  const arm = { n: 10, mean: 1, m2: 4 };

  it.each([
    [[], "insufficient_data", ["strata"]],
    [[{ control: arm, treatment: { ...arm, n: 1 } }], "insufficient_data", ["strata", 0, "treatment", "n"]],
    [[{ control: { ...arm, m2: -1 }, treatment: arm }], "negative_variance", ["strata", 0, "control", "m2"]],
  ])("%o is refused as %s", (strata, code, path) => {
    expect(() => postStratify(strata)).toThrow(expect.objectContaining({ code, path }));
  });

  it("unknown options are refused, no variance is stated", () => {
    const flat = { control: { ...arm, m2: 0 }, treatment: { ...arm, m2: 0, mean: 2 } };
    expect(postStratify([flat, flat])).toMatchObject({ status: "degenerate", value: 1 });
    expect(() => postStratify([flat], { variance: "robust" as "conditional" })).toThrow(
      expect.objectContaining({ code: "unknown_name", path: ["options", "variance"] }),
    );
    expect(() => postStratify([flat], { level: 0 })).toThrow(
      expect.objectContaining({ code: "out_of_range" }),
    );
  });
});

it("calibration slice: covers the mean effect over random strata sizes, unequal arms", () => {
  const source = randomSource("post-stratify slice");
  const runs = 2000;
  let covered = 0;
  for (let run = 0; run < runs; run++) {
    const values: number[][][] = [
      [[], []],
      [[], []],
    ];
    for (let i = 0; i < 200; i++) {
      const stratum = source.next() < 0.3 ? 1 : 0;
      const treated = i % 4 === 0 ? 1 : 0;
      values[stratum]![treated]!.push(sampleNormal(source) + stratum * 5 + treated * (1 + stratum));
    }
    const strata = values.map(([c, t]) => ({ control: momentsOf(c!), treatment: momentsOf(t!) }));
    const [lower, upper] = ok(postStratify(strata)).interval;
    if (lower <= 1.3 && 1.3 <= upper) covered++;
  }
  expect(covered / runs).toBeGreaterThan(0.94 - 3 * Math.sqrt((0.95 * 0.05) / runs));
  expect(covered / runs).toBeLessThan(0.96 + 3 * Math.sqrt((0.95 * 0.05) / runs));
});

it("rejects the wrong version: strata pooled crudely (Simpson's reversal)", () => {
  const [, reversal] = cases("strata", "postStratifiedEffect");
  const estimate = ok(postStratify(strataOf(reversal!.input)));
  expect(estimate.value).toBeGreaterThan(0);
  expect(reversal!.expected.naiveDiff).toBeLessThan(-3);
});
