import { describe, expect, it } from "vitest";
import type { Estimate } from "../../src/core/estimate.js";
import { randomSource, samplePoisson } from "../../src/random/index.js";
import { type Rate, rateRatio } from "../../src/stats/index.js";
import { fc } from "../properties.js";
import { cases, near } from "./reference.js";

type Ok = Extract<Estimate, { status: "ok" }>;
const ok = (estimate: Estimate): Ok => {
  expect(estimate.status).toBe("ok");
  return estimate as Ok;
};

describe("reference", () => {
  it.each(cases("rates"))("$id", ({ input: { control, treatment, alpha }, expected, rtol }) => {
    const two = ok(rateRatio(control, treatment, { level: 1 - alpha }));
    near(two.value, expected.rateRatio, 1e-14);
    near(two.pValue, expected.p.twoSidedMinLike, rtol);
    near(two.interval[0], expected.ciClopperPearson[0], rtol);
    near(two.interval[1], expected.ciClopperPearson[1], rtol);
    near(ok(rateRatio(control, treatment, { alternative: "greater" })).pValue, expected.p.greater, rtol);
    near(ok(rateRatio(control, treatment, { alternative: "less" })).pValue, expected.p.less, rtol);
  });
});

describe("laws", () => {
  const rate = fc.record({
    events: fc.integer({ min: 1, max: 300 }),
    exposure: fc.double({ min: 1, max: 1000, noNaN: true }),
  });

  it("swapping the arms inverts, the unit of exposure does not matter", () =>
    fc.assert(
      fc.property(rate, rate, (a, b) => {
        const [forth, back] = [ok(rateRatio(a, b)), ok(rateRatio(b, a))];
        near(back.value * forth.value, 1, 1e-12);
        near(back.interval[0] * forth.interval[1], 1, 1e-9);
        near(back.pValue, forth.pValue, 1e-9);
        const hours = ({ events, exposure }: Rate) => ({ events, exposure: exposure * 64 });
        expect(ok(rateRatio(hours(a), hours(b))).interval).toEqual(forth.interval);
      }),
      { numRuns: 50 },
    ));

  it("one-sided bounds are two-sided ones of twice the error; ratios have no negative side", () => {
    const [a, b] = [
      { events: 9, exposure: 10 },
      { events: 20, exposure: 12 },
    ];
    const both = ok(rateRatio(a, b, { level: 0.9 })).interval;
    const less = ok(rateRatio(a, b, { alternative: "less" })).interval;
    expect(less[0]).toBe(0);
    near(less[1], both[1], 1e-9);
    const greater = ok(rateRatio(a, b, { alternative: "greater" })).interval;
    near(greater[0], both[0], 1e-9);
    expect(greater[1]).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("edges", () => {
  it("without an event in control the ratio still has R's lower bound", () => {
    const found = rateRatio({ events: 0, exposure: 50 }, { events: 6, exposure: 50 }) as { lower: number };
    expect(found).toMatchObject({ status: "unbounded" });
    // poisson.test(c(6, 0), c(50, 50))$conf.int: 1.177 and Inf
    near(found.lower, 0.025 ** (1 / 6) / (1 - 0.025 ** (1 / 6)), 1e-12);
    expect(found.lower).toBeCloseTo(1.177, 3);
  });

  const good = { events: 5, exposure: 10 };

  it.each([
    [{ ...good, events: -1 }, "negative_count", ["control", "events"]],
    [{ ...good, events: 1.5 }, "negative_count", ["control", "events"]],
    [{ ...good, exposure: 0 }, "out_of_range", ["control", "exposure"]],
    [{ ...good, exposure: Number.NaN }, "not_finite", ["control", "exposure"]],
  ])("%o is refused as %s", (wrong, code, path) => {
    expect(() => rateRatio(wrong, good)).toThrow(expect.objectContaining({ code, path }));
  });

  it("no event at all, none in control, none in treatment", () => {
    const none = { ...good, events: 0 };
    expect(() => rateRatio(none, none)).toThrow(
      expect.objectContaining({ code: "insufficient_data", path: ["events"] }),
    );
    expect(rateRatio(none, good)).toMatchObject({ status: "unbounded" });
    const estimate = ok(rateRatio(good, none));
    expect(estimate.interval[0]).toBe(0);
    expect(estimate.interval[1]).toBeGreaterThan(0.5);
  });

  it("tails reach 1e-200", () => {
    const { pValue } = ok(rateRatio({ events: 1000, exposure: 1 }, { events: 2500, exposure: 1 }));
    expect(pValue).toBeGreaterThan(1e-160);
    expect(pValue).toBeLessThan(1e-120);
  });
});

it("calibration slice: never rejects more than 5 % of true nulls, unequal exposures", () => {
  const source = randomSource("rate slice");
  let rejected = 0;
  for (let run = 0; run < 2000; run++) {
    const [events, more] = [samplePoisson(source, 30), samplePoisson(source, 90)];
    if (ok(rateRatio({ events, exposure: 1 }, { events: more, exposure: 3 })).pValue < 0.05) rejected++;
  }
  expect(rejected / 2000).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / 2000));
});

it("rejects the wrong version: the normal approximation of the log ratio", () => {
  const [first] = cases("rates");
  const { control, treatment } = first!.input;
  const z = Math.log(first!.expected.rateRatio) / Math.sqrt(1 / control.events + 1 / treatment.events);
  const wrong =
    first!.expected.rateRatio * Math.exp(1.96 * Math.sqrt(1 / control.events + 1 / treatment.events));
  expect(z).toBeGreaterThan(0);
  expect(Math.abs(wrong / first!.expected.ciClopperPearson[1] - 1)).toBeGreaterThan(0.05);
});
