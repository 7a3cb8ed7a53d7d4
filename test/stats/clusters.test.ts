import { describe, expect, it } from "vitest";
import type { Estimate } from "../../src/core/estimate.js";
import { randomSource, sampleNormal, samplePoisson } from "../../src/random/index.js";
import {
  type ClusteredArm,
  clusterDifference,
  momentsOf,
  type Period,
  switchback,
  welch,
} from "../../src/stats/index.js";
import { type Case, cases, near } from "./reference.js";

type Ok = Extract<Estimate, { status: "ok" }>;
const ok = (estimate: Estimate): Ok => {
  expect(estimate.status).toBe("ok");
  return estimate as Ok;
};
const armOf = ({ input }: Case, which: number) => {
  const indices = input.y
    .map((_: number, i: number) => i)
    .filter((i: number) => input.treatment[i] === which);
  return {
    values: indices.map((i: number) => input.y[i]) as number[],
    clusters: indices.map((i: number) => input.cluster[i]) as number[],
  };
};

describe("reference", () => {
  it.each(cases("clusters"))("$id", (each) => {
    const { expected, rtol } = each;
    for (const [correction, key] of [
      ["cr0", "CR0"],
      ["cr1", "CR1"],
      ["cr1s", "CR1S"],
      ["cr2", "CR2"],
    ] as const) {
      const estimate = ok(clusterDifference(armOf(each, 0), armOf(each, 1), { correction }));
      near(estimate.value, expected.effect, rtol);
      near(estimate.standardError, expected[key], rtol);
      expect(estimate.method).toBe(correction);
    }
    const cr2 = ok(clusterDifference(armOf(each, 0), armOf(each, 1)));
    near(cr2.df, expected.satterthwaiteDfCR2, rtol);
    near(cr2.pValue, expected.pSatterthwaite, rtol);
  });
});

describe("laws", () => {
  const [first] = cases("clusters");
  const [control, treatment] = [armOf(first!, 0), armOf(first!, 1)];

  it("swapping the arms negates, the unit and origin of the values do not matter", () => {
    const forth = ok(clusterDifference(control, treatment));
    const back = ok(clusterDifference(treatment, control));
    near(back.value, -forth.value, 1e-10);
    near(back.pValue, forth.pValue, 1e-10);
    const moved = (arm: typeof control) => ({ ...arm, values: arm.values.map((x) => 1e6 + 8 * x) });
    near(
      ok(clusterDifference(moved(control), moved(treatment))).standardError,
      8 * forth.standardError,
      1e-7,
    );
  });

  it("clusters of one are Welch's test: CR2's variance exactly, its df nearly", () => {
    const single = (values: number[], offset: number) => ({
      values,
      clusters: values.map((_, i) => i + offset),
    });
    const [a, b] = [
      [1, 2, 4, 8, 9],
      [2, 3, 5, 6, 11, 12],
    ];
    const robust = ok(clusterDifference(single(a, 0), single(b, 10)));
    near(robust.standardError, ok(welch(momentsOf(a), momentsOf(b))).standardError, 1e-10);
  });

  it("a cluster in both arms lends its own contrast", () => {
    const labels = [1, 1, 2, 2, 3, 3];
    const base = [10, 10, 20, 20, 30, 30];
    const paired = ok(
      clusterDifference(
        { values: base.map((x, i) => x + (i % 2) * 0.1), clusters: labels },
        { values: base.map((x, i) => x + 1 + x * 0.01 + (i % 2) * 0.3), clusters: labels },
      ),
    );
    const apart = ok(
      clusterDifference(
        { values: base.map((x, i) => x + (i % 2) * 0.1), clusters: labels },
        {
          values: base.map((x, i) => x + 1 + x * 0.01 + (i % 2) * 0.3),
          clusters: labels.map((label) => label + 10),
        },
      ),
    );
    expect(paired.standardError).toBeLessThan(apart.standardError / 10);
  });
});

describe("edges", () => {
  const good = { values: [1, 2, 3, 5], clusters: ["a", "a", "b", "b"] };

  it.each([
    [{ values: [1, 2], clusters: ["a"] }, {}, "wrong_length", ["control", "clusters"]],
    [{ values: [1, 2], clusters: ["a", "a"] }, {}, "insufficient_data", ["control", "clusters"]],
    [{ values: [1, Number.NaN], clusters: ["a", "b"] }, {}, "not_finite", ["control", "values", 1]],
    [good, { correction: "cr3" }, "unknown_name", ["options", "correction"]],
    [{ ...good, cluster: ["a"] }, {}, "unknown_key", ["control", "cluster"]],
    [{ values: [1, 2], clusters: ["a", null] }, {}, "missing_value", ["control", "clusters", 1]],
    [good, { level: 0 }, "out_of_range", ["options", "level"]],
  ])("%o with %o is refused as %s", (control, options, code, path) => {
    expect(() =>
      clusterDifference(control as ClusteredArm, { values: [1, 2], clusters: ["c", "d"] }, options as object),
    ).toThrow(expect.objectContaining({ code, path }));
  });

  it("clusters that all have the same mean are degenerate", () => {
    const flat = (label: string) => ({
      values: [2, 2, 2],
      clusters: [`${label}1`, `${label}2`, `${label}3`],
    });
    expect(clusterDifference(flat("a"), flat("b"))).toMatchObject({ status: "degenerate", value: 0 });
  });
});

describe("switchback", () => {
  const source = randomSource("switchback");
  const blocks = (runs: number, length: number, effect: number): Period[] => {
    let drift = 0;
    return Array.from({ length: runs * length }, (_, i) => {
      const treated = Math.floor(i / length) % 2 === 1;
      if (i % length === 0) drift = sampleNormal(source);
      const stratum = i % 3;
      return {
        arm: treated ? "treatment" : "control",
        n: 20 + samplePoisson(source, 10),
        mean: 5 + stratum * 3 + drift + (treated ? effect : 0) + 0.2 * sampleNormal(source),
        stratum: `hour ${stratum}`,
      };
    });
  };

  it("finds the effect, swaps and negates", () => {
    const periods = blocks(60, 4, 2);
    const estimate = ok(switchback(periods));
    expect(estimate.method).toBe("switchback-cr2");
    expect(Math.abs(estimate.value - 2)).toBeLessThan(4 * estimate.standardError);
    const swapped = periods.map(
      (each) => ({ ...each, arm: each.arm === "control" ? "treatment" : "control" }) as Period,
    );
    near(ok(switchback(swapped)).value, -estimate.value, 1e-9);
  });

  it("washout leaves out the blocks after a change, and only those", () => {
    const periods = blocks(40, 4, 2).map((each, i, all) =>
      i > 0 && all[i - 1]!.arm !== each.arm ? { ...each, mean: 1000 } : each,
    );
    expect(Math.abs(ok(switchback(periods, { washout: 1 })).value - 2)).toBeLessThan(2);
    expect(ok(switchback(periods)).standardError).toBeGreaterThan(10);
  });

  it.each([
    [[{ arm: "control", n: 1, mean: 1 }], {}, "insufficient_data", ["periods"]],
    [[{ arm: "both", n: 1, mean: 1 }], {}, "unknown_name", ["periods", 0, "arm"]],
    [[{ arm: "control", n: 1, mean: 1, stratm: "a" }], {}, "unknown_key", ["periods", 0, "stratm"]],
    [[{ arm: "control", n: -1, mean: 1 }], {}, "negative_count", ["periods", 0, "n"]],
    [[{ arm: "control", n: 1, mean: Number.NaN }], {}, "not_finite", ["periods", 0, "mean"]],
    [[], { washout: -1 }, "out_of_range", ["options", "washout"]],
  ])("%o with %o is refused as %s", (periods, options, code, path) => {
    expect(() => switchback(periods as Period[], options)).toThrow(expect.objectContaining({ code, path }));
  });

  it("calibration slice: 20 runs of correlated blocks reject 5 % of true nulls; rejects blocks taken one by one", () => {
    const runs = 400;
    let [rejected, naive] = [0, 0];
    for (let run = 0; run < runs; run++) {
      const periods = blocks(20, 4, 0);
      if (ok(switchback(periods)).pValue < 0.05) rejected++;
      const means = (arm: string) =>
        momentsOf(
          periods
            .filter((each) => each.arm === arm)
            .map((each) => each.mean - 3 * Number(each.stratum!.at(-1))),
        );
      if (ok(welch(means("control"), means("treatment"))).pValue < 0.05) naive++;
    }
    expect(Math.abs(rejected / runs - 0.05)).toBeLessThan(3 * Math.sqrt((0.05 * 0.95) / runs));
    expect(naive / runs).toBeGreaterThan(0.08);
  });
});

describe("calibration slice: 12 + 6 uneven clusters, 95 %", () => {
  const source = randomSource("cluster slice");
  const runs = 1000;
  let [cr2, cr0] = [0, 0];
  for (let run = 0; run < runs; run++) {
    const arm = (k: number, offset: number) => {
      const values: number[] = [];
      const clusters: number[] = [];
      for (let g = 0; g < k; g++) {
        const center = sampleNormal(source);
        const size = 2 + samplePoisson(source, 6);
        for (let i = 0; i < size; i++) {
          values.push(center + sampleNormal(source));
          clusters.push(offset + g);
        }
      }
      return { values, clusters };
    };
    const [a, b] = [arm(12, 0), arm(6, 100)];
    if (ok(clusterDifference(a, b)).pValue >= 0.05) cr2++;
    if (ok(clusterDifference(a, b, { correction: "cr0" })).pValue >= 0.05) cr0++;
  }

  it("CR2 with Satterthwaite's df covers", () => {
    const error = 3 * Math.sqrt((0.95 * 0.05) / runs);
    expect(cr2 / runs).toBeGreaterThan(0.94 - error);
    expect(cr2 / runs).toBeLessThan(0.965 + error);
  });

  it("rejects the wrong version: CR0, which forgets how few the clusters are", () => {
    expect(cr0 / runs).toBeLessThan(0.92);
  });
});
