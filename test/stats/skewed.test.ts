import { describe, expect, it } from "vitest";
import type { Estimate } from "../../src/core/estimate.js";
import { hall, hallInverse } from "../../src/core/hall.js";
import { randomSource, sampleLognormal } from "../../src/random/index.js";
import {
  bootstrapLift,
  hurdleLift,
  hurdleOf,
  lift,
  meanDifference,
  momentsOf,
  welch,
  welchHall,
} from "../../src/stats/index.js";
import { hurdleModels } from "../../src/stats/skewed/hurdle-lift.js";
import { pooledSkewness } from "../../src/stats/skewed/pooled-skewness.js";
import { email } from "./email.js";
import { near } from "./reference.js";
import { zeroInflated } from "./worlds.js";

type Ok = Extract<Estimate, { status: "ok" }>;
const ok = (estimate: Estimate): Ok => {
  expect(estimate.status).toBe("ok");
  return estimate as Ok;
};
const source = randomSource("skewed");
const [control, treatment] = [zeroInflated(source, 9000, 1), zeroInflated(source, 1000, 1.1)];
const uncounted = (values: Float64Array) => {
  const { n, mean, m2, m3 } = momentsOf(values);
  return { n, mean, m2, m3 };
};
const [c, t] = [uncounted(control), uncounted(treatment)];

describe("Hall's transformation", () => {
  it("is undone by its inverse and vanishes with the skewness", () => {
    for (const skewness of [-2, -0.3, 1e-9, 0, 0.4, 3])
      for (const x of [-4, -1.96, 0, 0.5, 2.6]) near(hallInverse(hall(x, skewness), skewness), x, 1e-9);
    expect(hall(1.5, 0)).toBe(1.5);
  });

  it("equal arms have no skewness, whatever the metric's; unequal ones that of the smaller arm", () => {
    expect(pooledSkewness({ control: c, treatment: { ...t, n: c.n } }, 1)).toBe(0);
    expect(pooledSkewness({ control: c, treatment: t }, 1)).toBeGreaterThan(0.1);
    near(
      pooledSkewness({ control: t, treatment: c }, 1),
      -pooledSkewness({ control: c, treatment: t }, 1),
      1e-12,
    );
  });
});

describe("the default rule", () => {
  it("9:1 revenue whose buyers were not counted: lift and difference take Hall's form and say so", () => {
    expect(lift(c, t)).toMatchObject({ status: "ok", method: "fieller-hall", flags: ["skewed"] });
    expect(meanDifference(c, t)).toMatchObject({ status: "ok", method: "welch-hall", flags: ["skewed"] });
    expect(welch(c, t)).toMatchObject({ method: "welch", flags: ["skewed"] });
    expect(lift(c, t, { method: "fieller" })).toMatchObject({ method: "fieller", flags: ["skewed"] });
  });

  it("equal arms and moments without m3 stay with Fieller and Welch", () => {
    expect(lift(email.none.spend, email.mens.spend)).toMatchObject({ method: "fieller" });
    expect(meanDifference(email.none.spend, email.mens.spend)).not.toHaveProperty("flags");
    const { m3: _, ...bare } = t;
    expect(lift(c, bare)).toMatchObject({ method: "fieller" });
    expect(meanDifference(c, bare)).toMatchObject({ method: "welch" });
  });

  it("lift's and difference's p-values are one, and agree with the interval", () => {
    const [relative, absolute] = [ok(lift(c, t)), ok(meanDifference(c, t))];
    near(relative.pValue, absolute.pValue, 1e-12);
    for (const level of [0.5, 1 - relative.pValue * 1.001, 1 - relative.pValue * 0.999]) {
      const { interval } = ok(lift(c, t, { level }));
      expect(interval[0] > 0 || interval[1] < 0).toBe(relative.pValue < 1 - level);
    }
  });

  it("a metric and its negative have mirrored intervals", () => {
    const turned = ({ n, mean, m2, m3 }: typeof c) => ({ n, mean: -mean, m2, m3: -m3 });
    const [up, down] = [ok(lift(c, t)), ok(lift(turned(c), turned(t)))];
    near(down.value, -up.value, 1e-14);
    near(down.interval[0], -up.interval[1], 1e-10);
    near(down.pValue, up.pValue, 1e-12);
    const one = ok(lift(turned(c), turned(t), { alternative: "less" }));
    near(one.interval[1], -ok(lift(c, t, { alternative: "greater" })).interval[0], 1e-10);
  });

  it("a third moment no sample can have, or one unit against millions, still gives ordered bounds", () => {
    for (const [a, b] of [
      [
        { n: 1e12, mean: 0.77, m2: 1e6, m3: -1e9 },
        { n: 3, mean: 0.1, m2: 1, m3: 0 },
      ],
      [
        { n: 1e9, mean: 1135, m2: 9.6e11, m3: -9.4e30 },
        { n: 3, mean: 0.0006, m2: 728, m3: 0 },
      ],
    ] as const) {
      const estimate = lift(a, b, { method: "fieller-hall" });
      if (estimate.status === "ok") expect(estimate.interval[0]).toBeLessThanOrEqual(estimate.interval[1]);
      const { interval } = ok(meanDifference(a, b));
      expect(interval[0]).toBeLessThanOrEqual(interval[1]);
    }
  });

  it("welchHall needs third moments, and degenerate stays degenerate", () => {
    expect(() => welchHall({ n: 5, mean: 1, m2: 1 }, t)).toThrow(
      expect.objectContaining({ code: "missing_value", path: ["control", "m3"] }),
    );
    const flat = { n: 5, mean: 1, m2: 0, m3: 0 };
    expect(welchHall(flat, flat)).toMatchObject({ status: "degenerate", method: "welch-hall" });
  });
});

describe("bootstrap-t on the log scale", () => {
  const run = (seed: string, options = {}) =>
    bootstrapLift(control, treatment, { random: randomSource(seed), replicates: 499, ...options });

  it("the same seed gives the same estimate; its interval is longer on the skewed side than the delta method's", () => {
    expect(run("a")).toEqual(run("a"));
    const estimate = ok(run("a"));
    expect(estimate.method).toBe("log-bootstrap-t");
    expect(estimate.interval[1]).toBeGreaterThan(ok(lift(c, t, { method: "log-delta" })).interval[1]);
  });

  it("p-value and interval agree, one-sided p-values overlap", () => {
    const { pValue, interval } = ok(run("b"));
    expect(interval[0] > 0 || interval[1] < 0).toBe(pValue < 0.05);
    const both = ["greater", "less"].map((alternative) => ok(run("b", { alternative })).pValue);
    expect(both[0]! + both[1]!).toBeCloseTo(1, 1);
  });

  it.each([
    [[[1], [1, 2]], {}, "insufficient_data", ["control", "length"]],
    [
      [
        [1, 2],
        [1, Number.NaN],
      ],
      {},
      "not_finite",
      ["treatment", 1],
    ],
    [
      [
        [1, 2],
        [1, 2],
      ],
      { replicates: 10 },
      "out_of_range",
      ["options", "replicates"],
    ],
    [
      [
        [1, 2],
        [1, 2],
      ],
      { level: 2 },
      "out_of_range",
      ["options", "level"],
    ],
  ])("%o with %o is refused as %s", ([a, b], options, code, path) => {
    expect(() => bootstrapLift(a!, b!, { random: randomSource(1), ...options })).toThrow(
      expect.objectContaining({ code, path }),
    );
  });

  it("what it cannot give is stated", () => {
    const random = randomSource(1);
    expect(bootstrapLift([0, 0], [1, 2], { random })).toMatchObject({ status: "undefined" });
    expect(bootstrapLift([2, 2], [3, 3], { random })).toMatchObject({ status: "degenerate", value: 0.5 });
    expect(bootstrapLift([0, 0, 0, 9], [1, 2, 4], { random })).toMatchObject({ status: "unbounded" });
  });
});

describe.each(Object.keys(hurdleModels) as (keyof typeof hurdleModels)[])("hurdle model, %s", (model) => {
  it("is labelled as a model, swaps and scales", () => {
    const [a, b] = [hurdleOf(control), hurdleOf(treatment)];
    const forth = ok(hurdleLift(a, b, { model }));
    expect(forth).toMatchObject({ method: `${model}-hurdle-model`, flags: ["model"] });
    const back = ok(hurdleLift(b, a, { model }));
    near((1 + back.value) * (1 + forth.value), 1, 1e-12);
    near(back.pValue, forth.pValue, 1e-12);
    const scaled = (values: Float64Array) => hurdleOf(values.map((x) => x * 100));
    near(ok(hurdleLift(scaled(control), scaled(treatment), { model })).pValue, forth.pValue, 1e-9);
  });
});

describe("hurdle models: edges", () => {
  const good = hurdleOf(control);

  it("find the parameters of their own world", () => {
    const draw = randomSource("gamma");
    const values = Array.from({ length: 4000 }, () => sampleLognormal(draw, 1, 0.5));
    const zeros = new Array<number>(4000).fill(0);
    const estimate = ok(hurdleLift(hurdleOf([...values, ...zeros]), hurdleOf(values)));
    near(estimate.value, 1, 1e-12);
  });

  it("refuse what is not such a summary", () => {
    expect(() => hurdleOf([0, 1, -1])).toThrow(
      expect.objectContaining({ code: "out_of_range", path: ["values", 2] }),
    );
    expect(() => hurdleOf([0, Number.NaN])).toThrow(
      expect.objectContaining({ code: "not_finite", path: ["values", 1] }),
    );
    expect(() => hurdleOf([0, 3])).toThrow(
      expect.objectContaining({ code: "insufficient_data", path: ["values", "positive"] }),
    );
    expect(() => hurdleLift({ ...good, n: 3 }, good)).toThrow(
      expect.objectContaining({ code: "out_of_range", path: ["control", "n"] }),
    );
    expect(() => hurdleLift(good, good, { model: "weibull" as "gamma" })).toThrow(
      expect.objectContaining({ code: "unknown_name", path: ["options", "model"] }),
    );
    const flat = hurdleOf([2, 2, 2]);
    for (const model of ["gamma", "log-normal"] as const)
      expect(hurdleLift(flat, hurdleOf([3, 3, 3]), { model })).toMatchObject({ status: "degenerate" });
  });
});

describe("calibration slice: world zero_inflated_lognormal, lift 0.1, 95 %", () => {
  const runs = 600;
  const coverage = (nc: number, nt: number) => {
    const draw = randomSource(`coverage ${nc}/${nt}`);
    const covered = { default: 0, fieller: 0, bootstrap: 0, hurdle: 0 };
    const holds = (estimate: Estimate) =>
      estimate.status === "ok"
        ? Number(estimate.interval[0] <= 0.1 && 0.1 <= estimate.interval[1])
        : Number(
            estimate.status === "unbounded" &&
              !(estimate.complement && estimate.complement[0] < 0.1 && 0.1 < estimate.complement[1]),
          );
    for (let run = 0; run < runs; run++) {
      const [a, b] = [zeroInflated(draw, nc, 1), zeroInflated(draw, nt, 1.1)];
      const [x, y] = [uncounted(a), uncounted(b)];
      covered.default += holds(lift(x, y));
      covered.fieller += holds(lift(x, y, { method: "fieller" }));
      covered.hurdle += holds(hurdleLift(hurdleOf(a), hurdleOf(b)));
      if (nt < 2000) covered.bootstrap += holds(bootstrapLift(a, b, { random: draw, replicates: 199 }));
    }
    const error = (share: number) => 3 * Math.sqrt((share * (1 - share)) / runs);
    return {
      covered,
      atLeast: (count: number, bar: number) => expect(count / runs).toBeGreaterThan(bar - error(bar)),
    };
  };

  it("9,000/1,000: moments ≥ 91.5 %, bootstrap ≥ 92.5 %, hurdle ≥ 94 %; rejects plain Fieller, which covers 90 %", () => {
    const { covered, atLeast } = coverage(9000, 1000);
    atLeast(covered.default, 0.915);
    atLeast(covered.bootstrap, 0.925);
    atLeast(covered.hurdle, 0.94);
    expect(covered.fieller / runs).toBeLessThan(0.94);
    expect(covered.default).toBeGreaterThan(covered.fieller + 15);
  });

  it.each([500, 2000])("equal arms of %i: never below 94 %", (n) => {
    const { covered, atLeast } = coverage(n, n);
    atLeast(covered.default, 0.94);
    atLeast(covered.hurdle, 0.94);
  });
});

it("rejects the wrong version: each arm's own third moment, noise where arms are equal", () => {
  const draw = randomSource("own skewness");
  let [own, pooled] = [0, 0];
  for (let run = 0; run < 200; run++) {
    const [a, b] = [momentsOf(zeroInflated(draw, 500, 1)), momentsOf(zeroInflated(draw, 500, 1))];
    const error = Math.sqrt((a.m2 + b.m2) / 500 ** 2);
    own += Math.abs((b.m3 - a.m3) / 500 ** 3 / error ** 3);
    pooled += Math.abs(pooledSkewness({ control: a, treatment: b }, 1));
  }
  expect(pooled).toBe(0);
  expect(own / 200).toBeGreaterThan(0.2);
});
