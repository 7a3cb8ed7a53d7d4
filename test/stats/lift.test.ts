import { describe, expect, it } from "vitest";
import type { Estimate } from "../../src/core/estimate.js";
import type { ScalarMoments } from "../../src/core/moments.js";
import { type LiftMethod, lift, welch } from "../../src/stats/index.js";
import { liftMethods } from "../../src/stats/lift/lift.js";
import { fc } from "../properties.js";
import { binary, email } from "./email.js";
import { cases, near, summary } from "./reference.js";

type Ok = Extract<Estimate, { status: "ok" }>;
const ok = (estimate: Estimate): Ok => {
  expect(estimate.status).toBe("ok");
  return estimate as Ok;
};
const methods = Object.keys(liftMethods) as LiftMethod[];

describe("reference", () => {
  it.each(cases("lift"))("$id", ({ input, expected, rtol }) => {
    const run = (method: LiftMethod) =>
      lift(summary(input.control), summary(input.treatment), {
        method,
        critical: input.critical,
        level: 1 - input.alpha,
      });
    for (const [method, key] of [
      ["delta", "delta"],
      ["log-delta", "logDelta"],
    ] as const) {
      if (!expected[key]) continue;
      const estimate = ok(run(method));
      near(estimate.value, expected.rel, rtol);
      near(estimate.interval[0], expected[key][0], rtol);
      near(estimate.interval[1], expected[key][1], rtol);
    }
    const fieller = run("fieller");
    expect(fieller.status).toBe(expected.fiellerKind === "interval" ? "ok" : "unbounded");
    if (fieller.status === "ok") {
      near(fieller.interval[0], expected.fieller[0], rtol);
      near(fieller.interval[1], expected.fieller[1], rtol);
    } else {
      const { complement } = fieller as Extract<Estimate, { status: "unbounded" }>;
      near(complement?.[0], expected.fiellerExcluded[0], rtol);
      near(complement?.[1], expected.fiellerExcluded[1], rtol);
    }
  });
});

describe("laws", () => {
  const arm = fc.record({
    n: fc.integer({ min: 5, max: 5000 }),
    mean: fc.double({ min: 1, max: 100, noNaN: true }),
    m2: fc.double({ min: 0.1, max: 1000, noNaN: true }),
  });

  it("Fieller agrees with Welch: the same p-value, and zero in the set exactly when p ≥ 1 − level", () =>
    fc.assert(
      fc.property(arm, arm, (control, treatment) => {
        const estimate = lift(control, treatment);
        const difference = ok(welch(control, treatment));
        expect(estimate.status === "ok" || estimate.status === "unbounded").toBe(true);
        if (estimate.status !== "ok") return;
        expect(estimate.pValue).toBe(difference.pValue);
        expect(estimate.interval[0] > 0 || estimate.interval[1] < 0).toBe(difference.pValue < 0.05);
        expect(estimate.interval[0]).toBeLessThanOrEqual(estimate.value);
        expect(estimate.interval[1]).toBeGreaterThanOrEqual(estimate.value);
      }),
    ));

  it.each(methods)("%s: the unit of the metric does not matter", (method) =>
    fc.assert(
      fc.property(arm, arm, (control, treatment) => {
        const scaled = ({ n, mean, m2 }: ScalarMoments) => ({ n, mean: 4 * mean, m2: 16 * m2 });
        const { flags: _, ...one } = lift(control, treatment, { method }) as Ok;
        const { flags: __, ...four } = lift(scaled(control), scaled(treatment), { method }) as Ok;
        expect(four).toEqual(one);
      }),
    ),
  );

  it.each(methods)("%s: turning the sign of the metric turns the lift", (method) => {
    const [control, treatment] = [
      { n: 100, mean: 10, m2: 400 },
      { n: 110, mean: 11, m2: 440 },
    ];
    const turned = ({ n, mean, m2 }: ScalarMoments) => ({ n, mean: -mean, m2 });
    const up = ok(lift(control, treatment, { method }));
    const down = ok(lift(turned(control), turned(treatment), { method }));
    near(down.value, -up.value, 1e-14);
    near(down.interval[0], -up.interval[1], 1e-12);
    near(down.interval[1], -up.interval[0], 1e-12);
    near(down.statistic, -up.statistic!, 1e-12);
    near(down.pValue, up.pValue, 1e-12);
    expect(down.flags).toEqual(["negative_baseline"]);
  });

  it.each(methods)("%s: a one-sided bound is the two-sided bound of twice the error", (method) => {
    const [control, treatment] = [binary(50, 1000), binary(70, 900)];
    const both = ok(lift(control, treatment, { method, level: 0.9 }));
    const greater = ok(lift(control, treatment, { method, alternative: "greater" }));
    const less = ok(lift(control, treatment, { method, alternative: "less" }));
    near(greater.interval[0], both.interval[0], 1e-9);
    near(less.interval[1], both.interval[1], 1e-9);
    expect(greater.interval[1]).toBe(Number.POSITIVE_INFINITY);
    near(greater.pValue + less.pValue, 1, 1e-12);
  });

  it("tiny lifts keep their digits", () => {
    const control = { n: 1e12, mean: 1, m2: 1e-4 };
    const { interval, value, standardError } = ok(lift(control, { ...control, mean: 1 + 2 ** -40 }));
    expect(value).toBe(2 ** -40);
    near((interval[1] - interval[0]) / standardError, 2 * 1.959963984540054, 1e-6);
  });
});

describe("edges", () => {
  const good = { n: 50, mean: 2, m2: 30 };

  it("a zero baseline is stated", () => {
    for (const method of methods) {
      const outcome = lift(binary(0, 100), binary(5, 100), { method });
      expect(outcome).toMatchObject({ status: "undefined", method, reason: expect.stringContaining("zero") });
    }
  });

  it("a baseline near zero is flagged while it still has an interval", () => {
    expect(lift({ n: 100, mean: 0.3, m2: 99 }, good)).toMatchObject({
      status: "ok",
      flags: ["near_zero_baseline"],
    });
    expect(lift(good, good)).not.toHaveProperty("flags");
  });

  it("nothing known of the baseline: the whole line, stated without a complement, with its p-value", () => {
    const outcome = lift({ n: 100, mean: 0.01, m2: 99 }, { n: 100, mean: 0.02, m2: 99 });
    expect(outcome.status).toBe("unbounded");
    expect(outcome).not.toHaveProperty("complement");
    expect(outcome.pValue).toBeGreaterThan(0.9);
  });

  it("means of different sign have no logarithm of a ratio", () => {
    expect(lift({ ...good, mean: -2 }, good, { method: "log-delta" })).toMatchObject({
      status: "undefined",
      value: 2,
    });
    expect(lift({ ...good, mean: -2 }, good).status).toBe("ok");
  });

  it("no variance is degenerate, one arm's is enough for an interval", () => {
    const flat = { n: 9, mean: 4, m2: 0 };
    for (const method of methods) {
      expect(lift(flat, { ...flat, mean: 5 }, { method })).toMatchObject({
        status: "degenerate",
        value: 0.25,
      });
      expect(lift(flat, good, { method }).status).toBe("ok");
    }
  });

  it.each([
    [{ method: "bootstrap" }, "unknown_name", ["options", "method"]],
    [{ method: "toString" }, "unknown_name", ["options", "method"]],
    [{ critical: "z" }, "unknown_name", ["options", "critical"]],
    [{ level: 1 }, "out_of_range", ["options", "level"]],
    [{ alternative: "both" }, "unknown_name", ["options", "alternative"]],
    [{ methd: "delta" }, "unknown_key", ["options", "methd"]],
  ])("%o is refused", (options, code, path) => {
    expect(() => lift(good, good, options as object)).toThrow(expect.objectContaining({ code, path }));
  });

  it("a treatment of nothing but zeros has a lift of −1 without an error of its own", () => {
    for (const method of ["fieller", "fieller-hall", "delta"] as const)
      expect(lift(binary(5, 100), binary(0, 100), { method })).toMatchObject({
        status: "degenerate",
        value: -1,
      });
  });

  it("a baseline that is nothing beside the treatment is stated", () => {
    const outcome = lift({ n: 9, mean: 1e-200, m2: 1e-300 }, good);
    expect(outcome).toMatchObject({ status: "undefined", reason: expect.stringContaining("zero") });
  });

  it("too few units are refused", () => {
    expect(() => lift({ ...good, n: 1 }, good)).toThrow(
      expect.objectContaining({ code: "insufficient_data", path: ["control", "n"] }),
    );
  });
});

it("the e-mail test's spend lift", () => {
  const estimate = ok(lift(email.none.spend, email.mens.spend));
  near(estimate.value, (1.4226165110057727 - 0.6527893551112363) / 0.6527893551112363, 1e-12);
  expect(estimate.interval[0]).toBeGreaterThan(0);
});

it("rejects the wrong version: an interval printed where Fieller's set is a complement", () => {
  const complement = cases("lift").find((each) => each.expected.fiellerKind === "complement")!;
  const delta = ok(
    lift(summary(complement.input.control), summary(complement.input.treatment), { method: "delta" }),
  );
  expect(Number.isFinite(delta.interval[0])).toBe(true);
  expect(lift(summary(complement.input.control), summary(complement.input.treatment))).not.toHaveProperty(
    "interval",
  );
});
