import type { ExperimentError } from "essai";
import { type Design, orthogonalArray } from "essai/designs";
import { describe, expect, it } from "vitest";
import {
  type OrthogonalColumns,
  parentArrays,
  runsOf,
} from "../../../src/definition/designs/array-catalogue.js";
import { fc } from "../../properties.js";
import { twoLevels } from "./two-levels.js";

/** Factors of a shape: `[[2, 11], [3, 12]]` is 2¹¹ × 3¹². */
const shaped = (shape: readonly (readonly [levels: number, count: number])[]) =>
  Object.fromEntries(
    shape.flatMap(([levels, count]) =>
      Array.from({ length: count }, (_, i) => [
        `f${levels}-${i}`,
        Array.from({ length: levels }, (_, l) => `${l}`),
      ]),
    ),
  );

/** Pairs of columns in which some pair of levels is missing or more frequent than another, by plain counting. */
function unbalanced(
  columns: readonly { levels: number; values: readonly number[] }[],
  shares: readonly number[],
) {
  const bad: string[] = [];
  for (let a = 0; a < columns.length; a++)
    for (let b = 0; b <= a; b++) {
      const counts = new Map<string, number>();
      shares.forEach((share, r) => {
        const pair = `${columns[a]!.values[r]},${columns[b]!.values[r]}`;
        counts.set(pair, (counts.get(pair) ?? 0) + share);
      });
      const pairs = a === b ? columns[a]!.levels : columns[a]!.levels * columns[b]!.levels;
      const uneven = [...counts.values()].some((share) => Math.abs(share * pairs - 1) > 1e-9);
      if (counts.size !== pairs || uneven) bad.push(`${b},${a}`);
    }
  return bad;
}

const ofDesign = (design: Design) =>
  unbalanced(
    design.factors.map(({ levels }, f) => ({
      levels: levels.length,
      values: design.runs.map((run) => run[f]!),
    })),
    Object.values(design.allocation),
  );

const name = (array: OrthogonalColumns) => {
  const counts = new Map<number, number>();
  for (const { levels } of array) counts.set(levels, (counts.get(levels) ?? 0) + 1);
  return `L${runsOf(array)} (${[...counts].map(([levels, count]) => `${levels}^${count}`).join(" ")})`;
};

describe("the catalogue", () => {
  it.each(parentArrays().map((array) => [name(array), array] as const))(
    "%s: every pair of levels of every two columns equally often, zeros first",
    (_, array) => {
      expect(
        unbalanced(
          array,
          array[0]!.values.map((_v, _i, all) => 1 / all.length),
        ),
      ).toEqual([]);
      expect(array.every(({ values }) => values[0] === 0)).toBe(true);
    },
  );

  it("the check would notice: one wrong entry in L12", () => {
    const [first, ...rest] = parentArrays().find((array) => runsOf(array) === 12) as OrthogonalColumns;
    const values = first!.values.with(5, 1 - first!.values[5]!);
    expect(
      unbalanced(
        [{ levels: 2, values }, ...rest],
        values.map(() => 1 / 12),
      ),
    ).not.toEqual([]);
  });
});

describe("which array holds which factors", () => {
  it.each([
    [[[2, 3]], 4],
    [[[2, 7]], 8],
    [
      [
        [4, 1],
        [2, 4],
      ],
      8,
    ],
    [[[3, 4]], 9],
    [[[2, 11]], 12],
    [
      [
        [3, 1],
        [2, 4],
      ],
      12,
    ],
    [
      [
        [6, 1],
        [2, 2],
      ],
      12,
    ],
    [[[2, 15]], 16],
    [[[4, 5]], 16],
    [
      [
        [4, 1],
        [2, 12],
      ],
      16,
    ],
    [
      [
        [4, 2],
        [2, 9],
      ],
      16,
    ],
    [
      [
        [4, 4],
        [2, 3],
      ],
      16,
    ],
    [
      [
        [8, 1],
        [2, 8],
      ],
      16,
    ],
    [
      [
        [2, 1],
        [3, 7],
      ],
      18,
    ],
    [
      [
        [6, 1],
        [3, 6],
      ],
      18,
    ],
    [[[2, 19]], 20],
    [
      [
        [5, 1],
        [2, 8],
      ],
      20,
    ],
    [[[2, 23]], 24],
    [
      [
        [12, 1],
        [2, 12],
      ],
      24,
    ],
    [
      [
        [3, 1],
        [4, 1],
        [2, 12],
      ],
      24,
    ],
    [
      [
        [3, 1],
        [2, 16],
      ],
      24,
    ],
    [[[5, 6]], 25],
    [[[3, 13]], 27],
    [
      [
        [9, 1],
        [3, 9],
      ],
      27,
    ],
    [[[2, 27]], 28],
    [[[2, 31]], 32],
    [
      [
        [2, 1],
        [4, 9],
      ],
      32,
    ],
    [
      [
        [8, 1],
        [4, 8],
      ],
      32,
    ],
    [[[2, 35]], 36],
    [
      [
        [2, 11],
        [3, 12],
      ],
      36,
    ],
    [
      [
        [2, 4],
        [3, 13],
      ],
      36,
    ],
    [
      [
        [4, 1],
        [3, 13],
      ],
      36,
    ],
    [
      [
        [6, 1],
        [3, 12],
        [2, 2],
      ],
      36,
    ],
  ] as [[number, number][], number][])("%j: %i runs", (shape, runs) => {
    const design = orthogonalArray(shaped(shape));
    expect(design.record.array).toBe(`L${runs}`);
    expect(ofDesign(design)).toEqual([]);
    expect(design.efficiency()).toBeCloseTo(1, 9);
    expect(design.estimableEffects(1)).toHaveLength(design.factors.length);
    expect(design.resolution).toBeGreaterThanOrEqual(3);
  });

  it("takes the full factorial where no array is smaller", () => {
    expect(
      orthogonalArray(
        shaped([
          [2, 1],
          [3, 1],
        ]),
      ).record,
    ).toEqual({ kind: "full_factorial" });
    expect(
      orthogonalArray(
        shaped([
          [5, 1],
          [7, 1],
        ]),
      ).runs,
    ).toHaveLength(35);
  });

  it("takes columns with few short words: the best fractions of 16 runs (Fries & Hunter 1980)", () => {
    const words = (k: number) => orthogonalArray(twoLevels(k), { runs: 16 }).wordLengthPattern.slice(3, 6);
    expect(words(5)).toEqual([0, 0, 1]);
    expect(words(6)).toEqual([0, 3, 0]);
    expect(words(7)).toEqual([0, 7, 0]);
    expect(words(8)).toEqual([0, 14, 0]);
  });

  it("L18: main effects are clear of each other, interactions are not clear of main effects", () => {
    const design = orthogonalArray(
      shaped([
        [2, 1],
        [3, 7],
      ]),
    );
    expect(design.aliases("f2-0", { order: 1 })).toEqual([]);
    expect(design.aliases("f2-0").length).toBeGreaterThan(0);
    expect(() => design.columns(["f2-0", "f2-0:f3-0", "f3-1:f3-2"])).toThrow("cannot be distinguished");
  });
});

describe("laws", () => {
  const shape = fc.array(fc.constantFrom(2, 2, 2, 3, 3, 4, 6), { minLength: 1, maxLength: 9 });

  it("whatever is returned is orthogonal, has room for every main effect, and shares that sum to one", () => {
    fc.assert(
      fc.property(shape, (levels) => {
        const factors = Object.fromEntries(
          levels.map((count, i) => [`x${i}`, Array.from({ length: count }, (_, l) => l)]),
        );
        let design: Design;
        try {
          design = orthogonalArray(factors);
        } catch (error) {
          expect((error as ExperimentError).code).toBe("no_array");
          return;
        }
        expect(ofDesign(design)).toEqual([]);
        expect(design.runs.length).toBeLessThanOrEqual(36);
        expect(new Set(Object.keys(design.variants)).size).toBe(design.runs.length);
        expect(design.variants[design.control]).toEqual(
          Object.fromEntries(levels.map((_, i) => [`x${i}`, 0])),
        );
        expect(Object.values(design.allocation).reduce((a, b) => a + b)).toBeCloseTo(1, 12);
      }),
      { numRuns: 60 },
    );
  });
});

describe("edges", () => {
  it("says what no array holds", () => {
    expect(() => orthogonalArray(shaped([[7, 2]]))).toThrow("7^2");
    expect(() => orthogonalArray(shaped([[3, 4]]), { runs: 8 })).toThrow("runs: no orthogonal array");
    expect(() => orthogonalArray(shaped([[2, 36]]))).toThrow("no orthogonal array");
  });
});
