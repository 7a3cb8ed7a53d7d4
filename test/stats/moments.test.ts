import { describe, expect, it } from "vitest";
import type { Moments } from "../../src/core/moments.js";
import { MomentsAccumulator, mergeAll, mergeMoments, momentsOf, scalar } from "../../src/stats/index.js";
import { checkMoments, checkScalarMoments } from "../../src/stats/moments/check-moments.js";
import { withoutValue } from "../../src/stats/moments/without-value.js";
import { fc } from "../properties.js";
import { cases, near } from "./reference.js";

const accumulate = (rows: readonly (readonly number[])[], names = ["a", "b"]): Moments => {
  const accumulator = new MomentsAccumulator(names, { m3: true, nonzero: true, max: true });
  for (const row of rows) accumulator.push(row);
  return accumulator.moments();
};
const rows = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => [Math.sin(from + i) * 7 + 3, Math.exp(Math.cos(from + i) * 2)]);
const closeTo = (a: Moments, b: Moments, rtol = 1e-12) => {
  expect(a.n).toBe(b.n);
  expect(a.max).toEqual(b.max);
  expect(a.nonzero).toEqual(b.nonzero);
  a.mean.forEach((value, i) => {
    near(value, b.mean[i]!, rtol);
  });
  a.comoment.forEach((value, i) => {
    near(value, b.comoment[i]!, rtol);
  });
  a.m3?.forEach((value, i) => {
    near(value, b.m3![i]!, 1e-9);
  });
  a.mixed3?.forEach((value, i) => {
    near(value, b.mixed3![i]!, 1e-9);
  });
};

describe("withoutValue", () => {
  it("gives the moments of the others, whichever is taken out", () => {
    const values = [0, 3, -2.5, 0, 17, 4, 1e3];
    values.forEach((value, at) => {
      const { max: _, ...others } = momentsOf(values.filter((_, i) => i !== at));
      const left = withoutValue(momentsOf(values), value);
      expect(Object.keys(left).sort()).toEqual(Object.keys(others).sort());
      for (const [name, wanted] of Object.entries(others))
        expect(left[name as keyof typeof left]).toBeCloseTo(wanted as number, name === "m3" ? 2 : 6);
    });
  });
});

describe("reference", () => {
  it.each(cases("moments", "sampleMoments"))("$id", ({ input, expected, rtol }) => {
    const { values } = input;
    const list: number[] = Array.isArray(values)
      ? values
      : [values.first, ...Array.from({ length: values.times }, () => values.repeat).flat()];
    const direct = momentsOf(list);
    const streamed = scalar(
      accumulate(
        list.map((x) => [x]),
        ["a"],
      ),
    );
    expect(direct.n).toBe(expected.n);
    near(direct.mean, expected.mean, rtol);
    near(direct.m2 / (direct.n - 1), expected.variance, rtol);
    near(streamed.mean, expected.mean, rtol);
    near(streamed.m2 / (streamed.n - 1), expected.variance, rtol);
  });

  it.each(cases("moments", "mergeMoments"))("$id", ({ input, expected, rtol }) => {
    const of = ({ n, mean, variance }: { n: number; mean: number; variance: number }): Moments => ({
      n,
      names: ["x"],
      mean: [mean],
      comoment: [variance * (n - 1)],
    });
    const merged = scalar(mergeMoments(of(input.a), of(input.b)));
    expect(merged.n).toBe(expected.n);
    near(merged.mean, expected.mean, rtol);
    near(merged.m2 / (merged.n - 1), expected.variance, rtol);
  });
});

describe("laws", () => {
  it("merged cells equal the whole, third moments and maxima included", () => {
    closeTo(
      mergeAll([accumulate(rows(0, 30)), accumulate(rows(30, 31)), accumulate(rows(31, 200))]),
      accumulate(rows(0, 200)),
    );
  });

  it("mixed third moments are those of the definition, also of three values", () => {
    const values = rows(0, 60).map((row, i) => [...row, i % 7 < 3 ? 0 : 1e4 + Math.sin(i) * 5]);
    const names = ["a", "b", "c"];
    const whole = accumulate(values, names);
    const about = (at: number) => values.map((row) => row[at]! - whole.mean[at]!);
    const by = (i: number, j: number) => about(i).reduce((sum, d, at) => sum + d * d * about(j)[at]!, 0);
    const wanted = [by(1, 0), by(0, 1), by(2, 0), by(0, 2), by(2, 1), by(1, 2)];
    wanted.forEach((value, at) => {
      near(whole.mixed3![at]!, value, 1e-9);
    });
    expect(whole.nonzero).toEqual([60, 60, values.filter((row) => row[2] !== 0).length]);
    closeTo(mergeMoments(accumulate(values.slice(0, 17), names), accumulate(values.slice(17), names)), whole);
  });

  it("the third moment of a combination follows from them", () => {
    const { mean, m3, mixed3 } = accumulate(rows(0, 80));
    const factor = 0.7;
    const direct = rows(0, 80).reduce(
      (sum, [a, b]) => sum + (a! - mean[0]! - factor * (b! - mean[1]!)) ** 3,
      0,
    );
    const [bba, baa] = mixed3!;
    near(m3![0]! - 3 * factor * baa! + 3 * factor ** 2 * bba! - factor ** 3 * m3![1]!, direct, 1e-9);
  });

  it("the stream and the two passes agree", () => {
    const values = rows(0, 500).map((row) => row[1]!);
    const streamed = scalar(accumulate(rows(0, 500)), 1);
    const direct = momentsOf(values);
    near(streamed.m2, direct.m2, 1e-12);
    near(streamed.m3!, direct.m3, 1e-11);
    expect(streamed.max).toBe(direct.max);
    expect(momentsOf([0, -2, 0, -0, 5]).nonzero).toBe(2);
  });

  it("merging is blind to order", () => {
    const cell = fc.array(fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: -9, max: 9 })), {
      minLength: 1,
    });
    fc.assert(
      fc.property(cell, cell, cell, (x, y, z) => {
        const [a, b, c] = [accumulate(x), accumulate(y), accumulate(z)];
        const one = mergeMoments(mergeMoments(a, b), c);
        const other = mergeMoments(c, mergeMoments(b, a));
        one.comoment.forEach((value, i) => {
          expect(Math.abs(value - other.comoment[i]!)).toBeLessThanOrEqual(1e-6);
        });
        one.mean.forEach((value, i) => {
          expect(Math.abs(value - other.mean[i]!)).toBeLessThanOrEqual(1e-9);
        });
      }),
    );
  });

  it("no units are the neutral element, and inputs stay untouched", () => {
    const empty = new MomentsAccumulator(["a", "b"], { m3: true, nonzero: true, max: true }).moments();
    const some = Object.freeze(accumulate(rows(0, 9)));
    expect(mergeMoments(empty, some)).toEqual(some);
    expect(mergeMoments(some, empty)).toEqual(some);
    const values = Object.freeze([3, 1, 2]);
    momentsOf(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it.each(["m3", "mixed3", "nonzero", "max"] as const)("%s travels only when both sides carry it", (key) => {
    const bare = { ...accumulate(rows(0, 5)), [key]: undefined };
    expect(mergeMoments(bare, accumulate(rows(5, 9)))[key]).toBeUndefined();
    expect(mergeMoments(accumulate(rows(5, 9)), bare)[key]).toBeUndefined();
  });

  it("many of one value per unit merge as two and two do, whatever each carries, and stay untouched", () => {
    const part = (from: number, to: number, kept: object = {}): Moments => {
      const values = rows(from, to).map(([a]) => [a!]);
      const freeze = (list: object) => Object.freeze(list);
      const all = { ...accumulate(values, ["a"]), ...kept };
      for (const list of Object.values(all)) if (Array.isArray(list)) freeze(list);
      return freeze(all) as Moments;
    };
    const bare = { m3: undefined, max: undefined };
    const lists = [
      [part(0, 9), part(9, 11), part(11, 30), part(30, 31)],
      [part(0, 9), part(9, 9), part(9, 30), part(30, 30), part(30, 44)],
      [part(0, 0), part(0, 9), part(9, 30), part(30, 44)],
      [part(0, 9), part(9, 20), part(20, 30, bare), part(30, 44), part(44, 60)],
      [part(0, 9, bare), part(9, 20), part(20, 30, { nonzero: undefined }), part(30, 44)],
    ];
    for (const list of lists) expect(mergeAll(list)).toEqual(list.reduce(mergeMoments));
    expect(() => mergeAll([part(0, 9), part(9, 20), { ...part(20, 30), names: ["b"] }])).toThrow(
      expect.objectContaining({ code: "mismatched_names" }),
    );
  });

  it("counts of one value's non-zero units add up", () => {
    const one = (values: readonly number[]) =>
      accumulate(
        values.map((x) => [x]),
        ["a"],
      );
    const { max: _, ...bare } = one([0, 3, 0]);
    expect(mergeMoments(bare, one([1, 0, -1])).nonzero).toEqual([3]);
    expect(mergeMoments(one([0, 3, 0]), one([1, 0, -1])).nonzero).toEqual([3]);
  });

  it("later pushes leave earlier moments alone", () => {
    const accumulator = new MomentsAccumulator(["a"]);
    accumulator.push([1]);
    const before = accumulator.moments();
    accumulator.push([5]);
    expect(before).toMatchObject({ n: 1, mean: [1] });
    expect(accumulator.n).toBe(2);
  });
});

describe("edges", () => {
  const good: Moments = {
    n: 3,
    names: ["a", "b"],
    mean: [1, 2],
    comoment: [4, 1, 9],
    m3: [0, 0],
    mixed3: [0, 0],
    nonzero: [3, 2],
    max: [2, 3],
  };

  it("refuses what is not finite, and names it", () => {
    expect(() => momentsOf([1, Number.NaN, 3])).toThrow(
      expect.objectContaining({ code: "not_finite", path: ["values", 1] }),
    );
    expect(() => momentsOf([1, 1e300, -1e300])).toThrow(
      expect.objectContaining({ code: "not_finite", path: ["values", 1] }),
    );
    expect(() => momentsOf([1, "2"] as never)).toThrow(
      expect.objectContaining({ code: "wrong_type", path: ["values", 1] }),
    );
    expect(() => checkMoments(undefined as never, ["a"])).toThrow(
      expect.objectContaining({ code: "missing_value", path: ["a"] }),
    );
    expect(() => checkMoments({ n: 1, mean: 2, m2: 3 } as never)).toThrow(
      expect.objectContaining({ code: "missing_value", path: ["names"] }),
    );
    expect(() => momentsOf([])).toThrow(
      expect.objectContaining({ code: "insufficient_data", path: ["values", "length"] }),
    );
  });

  it("a refused unit leaves the accumulator as it was", () => {
    const accumulator = new MomentsAccumulator(["a", "b"]);
    accumulator.push([1, 2]);
    expect(() => accumulator.push([9, Number.POSITIVE_INFINITY])).toThrow(
      expect.objectContaining({ code: "not_finite", path: ["values", 1] }),
    );
    expect(() => accumulator.push([9])).toThrow(expect.objectContaining({ code: "wrong_length" }));
    expect(accumulator.moments()).toMatchObject({ n: 1, mean: [1, 2], comoment: [0, 0, 0] });
    expect(() => new MomentsAccumulator([])).toThrow(expect.objectContaining({ code: "insufficient_data" }));
  });

  it.each([
    [{ n: -1 }, "negative_count", ["n"]],
    [{ n: 1.5 }, "negative_count", ["n"]],
    [{ n: Number.NaN }, "not_finite", ["n"]],
    [{ mean: [1] }, "wrong_length", ["mean"]],
    [{ mean: [1, Number.NaN] }, "not_finite", ["mean", 1]],
    [{ comoment: [4, 1] }, "wrong_length", ["comoment"]],
    [{ comoment: [-4, 1, 9] }, "negative_variance", ["comoment", 0]],
    [{ comoment: [4, 6.1, 9] }, "inconsistent_moments", ["comoment", 1]],
    [{ comoment: [4, Number.NaN, 9] }, "not_finite", ["comoment", 1]],
    [{ m3: [0] }, "wrong_length", ["m3"]],
    [{ m3: [0, Number.NaN] }, "not_finite", ["m3", 1]],
    [{ mixed3: [0] }, "wrong_length", ["mixed3"]],
    [{ mixed3: [0, Number.NaN] }, "not_finite", ["mixed3", 1]],
    [{ nonzero: [0] }, "wrong_length", ["nonzero"]],
    [{ nonzero: [0, 4] }, "out_of_range", ["nonzero", 1]],
    [{ nonzero: [0, 0.5] }, "negative_count", ["nonzero", 1]],
    [{ max: [0] }, "wrong_length", ["max"]],
    [{ max: [0, Number.NaN] }, "not_finite", ["max", 1]],
  ])("checkMoments refuses %o as %s", (wrong, code, path) => {
    expect(() => checkMoments({ ...good, ...wrong }, ["cell"])).toThrow(
      expect.objectContaining({ code, path: ["cell", ...path] }),
    );
  });

  it.each([
    [{ n: -1 }, "negative_count", "n"],
    [{ mean: Number.NaN }, "not_finite", "mean"],
    [{ m2: Number.NaN }, "not_finite", "m2"],
    [{ m2: -1 }, "negative_variance", "m2"],
    [{ m3: Number.NaN }, "not_finite", "m3"],
    [{ nonzero: 4 }, "out_of_range", "nonzero"],
    [{ nonzero: -1 }, "negative_count", "nonzero"],
  ])("checkScalarMoments refuses %o as %s", (wrong, code, field) => {
    expect(() => checkScalarMoments({ n: 3, mean: 0, m2: 1, ...wrong }, ["control"])).toThrow(
      expect.objectContaining({ code, path: ["control", field] }),
    );
  });

  it("accepts what is possible, a covariance at the Cauchy–Schwarz bound included", () => {
    expect(checkMoments(good)).toBe(good);
    expect(() => checkMoments({ ...good, comoment: [4, 6, 9] })).not.toThrow();
    expect(checkScalarMoments({ n: 0, mean: 0, m2: 0 })).toMatchObject({ n: 0 });
  });

  it("refuses moments of other values, an empty list, an index beyond", () => {
    expect(() => mergeMoments(good, { ...good, names: ["a", "c"] })).toThrow(
      expect.objectContaining({ code: "mismatched_names", path: ["b", "names"] }),
    );
    expect(() => mergeAll([])).toThrow(expect.objectContaining({ code: "insufficient_data" }));
    expect(() => scalar(good, 2)).toThrow(expect.objectContaining({ code: "out_of_range", path: ["index"] }));
  });
});

it("rejects the wrong version: variance from Σx² − (Σx)²/n", () => {
  const [big] = cases("moments", "sampleMoments").filter((each) => each.id === "moments-03");
  const values: number[] = big!.input.values;
  const n = values.length;
  const sum = values.reduce((a, b) => a + b);
  const naive = (values.reduce((a, x) => a + x * x, 0) - (sum * sum) / n) / (n - 1);
  expect(Math.abs(naive / big!.expected.variance - 1)).toBeGreaterThan(1e-3);
});
