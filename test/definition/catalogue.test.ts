import {
  allocationOf,
  assign,
  type Catalogue,
  claimLayer,
  type Definition,
  defineCatalogue,
  defineExperiment,
  ExperimentError,
  freeInLayer,
  reallocate,
} from "essai";
import { describe, expect, it } from "vitest";

const define = (key: string, more: object = {}) =>
  defineExperiment({ key, unit: "userId", variants: { control: 0, b: 1 }, ...more } as never) as Definition<
    string,
    unknown
  >;
const told = (call: () => unknown) => {
  try {
    call();
  } catch (error) {
    if (error instanceof ExperimentError)
      return error.problems.map(({ code, path }) => [code, path.join(".")]);
    throw error;
  }
  return [];
};

describe("defineCatalogue", () => {
  it("freezes what is sound", () => {
    const catalogue = defineCatalogue({ experiments: [define("a"), define("b")] });
    expect(catalogue.format).toBe("essai.catalogue/1");
    expect(Object.isFrozen(catalogue.experiments)).toBe(true);
    expect(defineCatalogue(JSON.parse(JSON.stringify(catalogue)))).toEqual(catalogue);
  });

  const slot = (from: number, to: number) => ({ layer: { key: "l", ranges: [[from, to]] } });
  const cases: [string, Partial<Catalogue> | object, [string, string][]][] = [
    [
      "two experiments of one key",
      { experiments: [define("a"), define("a")] },
      [["duplicate_key", "experiments.1.key"]],
    ],
    [
      "one salt for two",
      { experiments: [define("a"), define("b", { salt: "a" })] },
      [["shared_salt", "experiments.1.salt"]],
    ],
    [
      "layers that overlap",
      { experiments: [define("a", slot(0, 10)), define("b", slot(9, 20))] },
      [["layer_overlap", "experiments.1.layer.ranges"]],
    ],
    [
      "a layer of two units",
      { experiments: [define("a", slot(0, 10)), define("b", { ...slot(10, 20), unit: "shop" })] },
      [["mixed_units", "experiments.1.unit"]],
    ],
    [
      "a circle of prerequisites",
      {
        experiments: [
          define("a", { prerequisites: [{ experiment: "b" }] }),
          define("b", { prerequisites: [{ experiment: "a" }] }),
        ],
      },
      [
        ["prerequisite_cycle", "experiments.0.prerequisites.0.experiment"],
        ["prerequisite_cycle", "experiments.1.prerequisites.0.experiment"],
      ],
    ],
    [
      "a prerequisite that is not there",
      { experiments: [define("a", { prerequisites: [{ experiment: "z" }] })] },
      [["unknown_name", "experiments.0.prerequisites.0.experiment"]],
    ],
    [
      "something that is not a prerequisite's variant",
      { experiments: [define("b"), define("a", { prerequisites: [{ experiment: "b", variants: ["z"] }] })] },
      [["unknown_variant", "experiments.1.prerequisites.0.variants.0"]],
    ],
    [
      "a segment that is not there",
      { experiments: [define("a", { audience: { not: { segment: "z" } } })] },
      [["unknown_segment", "experiments.0.audience"]],
    ],
    [
      "a shared segment that leads nowhere",
      { experiments: [], segments: { a: { not: { segment: "z" } } } },
      [["unknown_segment", "segments.a"]],
    ],
    [
      "rules that overlap through shared segments",
      {
        experiments: [
          define("a", {
            rules: [
              { key: "x", when: { segment: "s" }, variant: "b" },
              { key: "y", when: { segment: "t" }, variant: "b" },
            ],
          }),
        ],
        segments: { s: { attribute: "a", gt: 1 }, t: { attribute: "b", gt: 1 } },
      },
      [["overlapping_rules", "experiments.0.rules.1.when"]],
    ],
    [
      "a holdout of everybody",
      { experiments: [], holdouts: [{ key: "h", share: 1, unit: "userId" }] },
      [["out_of_range", "holdouts.0.share"]],
    ],
    [
      "a definition that is wrong, where it lies",
      { experiments: [{ ...define("a"), control: "z" }] },
      [["unknown_variant", "experiments.0.control"]],
    ],
    [
      "a format of tomorrow",
      { format: "essai.catalogue/2", experiments: [] },
      [["unsupported_format", "format"]],
    ],
    ["something that is not a list", { experiments: "all" }, [["wrong_type", "experiments"]]],
  ];
  it.each(cases)("refuses %s", (_, catalogue, expected) => {
    expect(told(() => defineCatalogue(catalogue as never))).toEqual(expected);
  });

  it("two experiments of a layer need not exclude each other once one has stopped", () => {
    const experiments = [define("a", { ...slot(0, 10), status: "stopped" }), define("b", slot(0, 10))];
    expect(told(() => defineCatalogue({ experiments }))).toEqual([]);
  });
});

describe("layers", () => {
  it("keep book of free points", () => {
    const a = define("a", { layer: claimLayer("l", 0.25, []) });
    expect(a.layer).toEqual({ key: "l", ranges: [[0, 2 ** 30]] });
    const b = define("b", { layer: claimLayer("l", 0.5, [a]) });
    expect(freeInLayer("l", [a, b])).toEqual([[3 * 2 ** 30, 2 ** 32]]);
    const gone = { ...a, status: "stopped" as const };
    expect(claimLayer("l", 0.5, [gone, b]).ranges).toEqual([
      [0, 2 ** 30],
      [3 * 2 ** 30, 2 ** 32],
    ]);
    expect(freeInLayer("other", [a, b])).toEqual([[0, 2 ** 32]]);
  });

  it("refuse more than is free, and no share", () => {
    const a = define("a", { layer: claimLayer("l", 0.6, []) });
    expect(told(() => claimLayer("l", 0.5, [a]))).toEqual([["layer_full", "share"]]);
    expect(told(() => claimLayer("l", 0, []))).toEqual([["out_of_range", "share"]]);
    const thirds = [1, 2].map((i) =>
      define(`t${i}`, { layer: { key: "t", ranges: [[((i - 1) * 2 ** 32) / 4, (i * 2 ** 32) / 4]] } }),
    );
    expect(claimLayer("t", 0.5, thirds).ranges).toEqual([[2 ** 31, 2 ** 32]]);
  });
});

describe("reallocate", () => {
  const users = Array.from({ length: 200_000 }, (_, i) => ({ userId: `user-${i}` }));
  const three = defineExperiment({ key: "x", unit: "userId", variants: { control: 0, b: 1, c: 2 } });
  const variantsOf = (definition: Definition<string, unknown>) =>
    users.map((user) => assign(definition, user).variant);
  const before = variantsOf(three);
  const movedBy = (next: Definition<string, unknown>, from = before) => {
    const after = variantsOf(next);
    return after.filter((variant, i) => variant !== from[i]).length / users.length;
  };

  it("three equal variants to four moves a quarter, all of them to the new one", () => {
    const four = reallocate(three, { add: { d: 3 } });
    expect(four).toMatchObject({ version: 2, salt: "x" });
    expect(Object.values(allocationOf(four))).toEqual([0.25, 0.25, 0.25, 0.25]);
    const after = variantsOf(four);
    const moved = after.filter((variant, i) => variant !== before[i]);
    expect(new Set(moved)).toEqual(new Set(["d"]));
    expect(Math.abs(moved.length / users.length - 0.25)).toBeLessThan(
      5 * Math.sqrt((0.25 * 0.75) / users.length),
    );
  });

  it("a ramp of the coverage switches nobody, up or down", () => {
    const tenth = reallocate(three, { coverage: 0.1 });
    const half = reallocate(tenth, { coverage: 0.5 });
    const [some, more] = [variantsOf(tenth), variantsOf(half)];
    expect(some.filter((variant, i) => variant !== null && variant !== more[i])).toEqual([]);
    expect(more.filter((variant, i) => variant !== null && variant !== before[i])).toEqual([]);
    expect(half.ranges).toEqual(three.ranges);
  });

  it("removing a variant moves only its units", () => {
    const two = reallocate(three, { remove: ["b"] });
    const after = variantsOf(two);
    expect(after.every((variant, i) => before[i] === "b" || variant === before[i])).toBe(true);
    expect(after.includes("b")).toBe(false);
    expect(allocationOf(two)).toEqual({ control: expect.closeTo(0.5, 9), c: expect.closeTo(0.5, 9) });
  });

  it("any change moves the exact minimum: what the shrinking variants lose", () => {
    let random = 7;
    const next = () => (random = (random * 48271) % 2147483647) / 2147483647;
    let definition: Definition<string, unknown> = three;
    for (let round = 0; round < 60; round++) {
      const raw = definition.variants.map(() => next() ** 2);
      const sum = raw.reduce((a, b) => a + b);
      const allocation = Object.fromEntries(definition.variants.map(({ key }, i) => [key, raw[i]! / sum]));
      const after = reallocate(definition, { allocation });
      const [old, now] = [allocationOf(definition), allocationOf(after)];
      const least = Object.keys(old).reduce((total, key) => total + Math.max(0, old[key]! - now[key]!), 0);
      expect(overlap(definition, after)).toBeCloseTo(1 - least, 12);
      for (const [key, fraction] of Object.entries(allocation)) expect(now[key]).toBeCloseTo(fraction, 9);
      definition = after;
    }
    expect(definition.version).toBe(61);
    expect(movedBy(three)).toBe(0);
  });

  it.each([
    ["a variant that is not there", { remove: ["z"] }, ["unknown_variant", "remove.0"]],
    ["a removed control", { remove: ["control"] }, ["unknown_variant", "control"]],
    ["a variant that is there already", { add: { b: 9 } }, ["duplicate_key", "variants.3.key"]],
    [
      "fractions that do not sum to 1",
      { allocation: { control: 0.2, b: 0.2, c: 0.2 } },
      ["allocation_sum", "allocation"],
    ],
    [
      "a new variant without its fraction",
      { add: { d: 1 }, allocation: { control: 0.2, b: 0.2, c: 0.6 } },
      ["missing_value", "allocation.d"],
    ],
    ["nothing", null, ["wrong_type", ""]],
    ["a text for a list", { remove: "b" }, ["wrong_type", "remove"]],
    ["a misspelt property", { variants: {} }, ["unknown_key", "variants"]],
    ["coverage above 1", { coverage: 2 }, ["out_of_range", "coverage"]],
  ])("refuses %s", (_, changes, expected) => {
    expect(told(() => reallocate(three, changes as never))).toContainEqual(expected);
  });
});

/** Share of points that keep their variant. */
function overlap(a: Definition<string, unknown>, b: Definition<string, unknown>): number {
  let kept = 0;
  for (const x of a.ranges)
    for (const y of b.ranges)
      if (x.variant === y.variant) kept += Math.max(0, Math.min(x.to, y.to) - Math.max(x.from, y.from));
  return kept / 2 ** 32;
}
