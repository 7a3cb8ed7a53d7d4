import { describe, expect, it } from "vitest";
import type { Estimate } from "../../src/core/estimate.js";
import { randomSource, sampleBinomial } from "../../src/random/index.js";
import { cochranMantelHaenszel, oddsRatio, type ProportionStratum } from "../../src/stats/index.js";
import { cases, near } from "./reference.js";

type Ok = Extract<Estimate, { status: "ok" }>;
const ok = (estimate: Estimate): Ok => {
  expect(estimate.status).toBe("ok");
  return estimate as Ok;
};

describe("reference", () => {
  it.each(cases("strata", "cochranMantelHaenszel"))("$id", ({ input, expected, rtol }) => {
    const found = cochranMantelHaenszel(input.strata);
    near(found.test?.statistic, expected.chi2, rtol);
    near(found.test?.pValue, expected.p, rtol);
    near(ok(found.oddsRatio).value, expected.commonOddsRatio, rtol);
    near(ok(found.riskDifference).value, expected.mhRiskDifference, rtol);
    near(found.crudeRiskDifference, expected.crudeRiskDifference, rtol);
    expect(found.reversal).toBe(expected.simpsonReversal);
  });
});

const strata: ProportionStratum[] = [
  { control: { x: 8, n: 50 }, treatment: { x: 15, n: 60 } },
  { control: { x: 30, n: 70 }, treatment: { x: 33, n: 55 } },
];

describe("laws", () => {
  it("swapping the arms negates the difference and inverts the odds ratio; order does not matter", () => {
    const forth = cochranMantelHaenszel(strata);
    const back = cochranMantelHaenszel(
      strata.map(({ control, treatment }) => ({ control: treatment, treatment: control })).reverse(),
    );
    near(ok(back.riskDifference).value, -ok(forth.riskDifference).value, 1e-12);
    near(ok(back.riskDifference).standardError, ok(forth.riskDifference).standardError, 1e-12);
    near(ok(back.oddsRatio).value * ok(forth.oddsRatio).value, 1, 1e-12);
    near(ok(back.oddsRatio).pValue, ok(forth.oddsRatio).pValue, 1e-10);
    near(back.test?.statistic, forth.test!.statistic, 1e-12);
  });

  it("one stratum has the plain odds ratio, its error Woolf's", () => {
    const { control, treatment } = strata[0]!;
    const [one, plain] = [
      ok(cochranMantelHaenszel([strata[0]!]).oddsRatio),
      ok(oddsRatio(control, treatment)),
    ];
    near(one.value, plain.value, 1e-12);
    near(one.standardError, plain.standardError, 1e-10);
  });
});

describe("edges", () => {
  it.each([
    [[], "insufficient_data", ["strata"]],
    [[{ control: { x: 1, n: 2 }, treatment: { x: 1, n: 2 } }, null as never], "wrong_type", ["strata", 1]],
    [[{ control: { x: 3, n: 2 }, treatment: { x: 1, n: 2 } }], "out_of_range", ["strata", 0, "control", "x"]],
    [
      [{ control: { x: 0, n: 2 }, treatment: { x: 0, n: 0 } }],
      "insufficient_data",
      ["strata", 0, "treatment", "n"],
    ],
  ])("%o is refused as %s", (list, code, path) => {
    expect(() => cochranMantelHaenszel(list)).toThrow(expect.objectContaining({ code, path }));
  });

  it("what the counts cannot give is stated, part by part", () => {
    const none = cochranMantelHaenszel([{ control: { x: 0, n: 9 }, treatment: { x: 0, n: 8 } }]);
    expect(none.test).toBeUndefined();
    expect(none.riskDifference.status).toBe("degenerate");
    expect(none.oddsRatio.status).toBe("undefined");
    expect(() => cochranMantelHaenszel(strata, { level: 2 })).toThrow(
      expect.objectContaining({ code: "out_of_range" }),
    );
  });
});

it("calibration slice: sparse strata, unequal arms, 95 % of intervals hold a common difference", () => {
  const source = randomSource("mantel-haenszel");
  const runs = 1500;
  let covered = 0;
  for (let run = 0; run < runs; run++) {
    const list = Array.from({ length: 8 }, (_, i) => ({
      control: { x: sampleBinomial(source, 40, 0.1 + 0.08 * i), n: 40 },
      treatment: { x: sampleBinomial(source, 15, 0.2 + 0.08 * i), n: 15 },
    }));
    const { interval } = ok(cochranMantelHaenszel(list).riskDifference);
    if (interval[0] <= 0.1 && 0.1 <= interval[1]) covered++;
  }
  const error = 3 * Math.sqrt((0.95 * 0.05) / runs);
  expect(covered / runs).toBeGreaterThan(0.94 - error);
  expect(covered / runs).toBeLessThan(0.96 + error);
});

it("rejects the wrong version: crude counts", () => {
  const [first] = cases("strata", "cochranMantelHaenszel");
  const { crudeRiskDifference, riskDifference } = cochranMantelHaenszel(first!.input.strata);
  expect(crudeRiskDifference).toBeGreaterThan(0);
  expect(ok(riskDifference).value).toBeLessThan(0);
});
