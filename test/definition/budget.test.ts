import { defineExperiment, ExperimentError } from "essai";
import { describe, expect, it } from "vitest";
import { ValuePlaces } from "../../src/definition/value-places.js";
import { searchBudget } from "../../src/definition/witness.js";

const variants = { control: 0, b: 1 };
const define = (rules: readonly object[], more: object = {}) =>
  defineExperiment({ key: "x", unit: "u", variants, rules, ...more } as never);
const codes = (call: () => unknown) => {
  try {
    call();
  } catch (error) {
    if (error instanceof ExperimentError)
      return error.problems.map(({ code, path }) => [code, path.join(".")]);
    throw error;
  }
  return [];
};
/** Rules of 22 alternatives each; which values each rule takes is up to `value`. */
const many = (value: (rule: number, alternative: number) => object) =>
  Array.from({ length: 100 }, (_, i) => ({
    key: `r${i}`,
    variant: "b",
    when: { any: Array.from({ length: 22 }, (_, j) => value(i, j)) },
  }));
const cpu = (call: () => unknown) => {
  const start = process.cpuUsage();
  call();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e3;
};

describe("checking has a budget", () => {
  const worlds: Record<string, readonly object[]> = {
    "texts that differ": many((i, j) => ({ attribute: "page", eq: `p${i}-${j}` })),
    "texts of many attributes": many((i, j) => ({ attribute: `a${j}`, startsWith: `${i}`, endsWith: "z" })),
    patterns: many((i, j) => ({ attribute: "page", matches: `*${i}*${j}*` })),
    "long lists": many((i, j) => ({
      attribute: "id",
      in: Array.from({ length: 90 }, (_, k) => `${i}.${j}.${k}`),
    })),
    numbers: many((i, j) => ({ attribute: `n${j % 3}`, gt: i * 22 + j, lt: i * 22 + j + 1 })),
    versions: many((i, j) => ({ attribute: "app", versionGte: `${i}.${j}.0`, versionLt: `${i}.${j}.5` })),
    "lists that must not hold": many((i, j) => ({
      not: { attribute: "id", in: Array.from({ length: 90 }, (_, k) => `${i}.${j}.${k}`) },
    })),
    "members of sets": many((i, j) => ({
      attribute: "tags",
      hasAny: Array.from({ length: 90 }, (_, k) => `${i}.${j}.${k}`),
    })),
  };
  it.each(Object.entries(worlds))(
    "100 rules of 22 alternatives, %s: shown, or refused by name, at once",
    (_, rules) => {
      // Ten times the documented 200 ms, so that a busy machine cannot fail it; minutes would.
      let found: string[][] = [];
      expect(cpu(() => (found = codes(() => define(rules)) as string[][]))).toBeLessThan(2_000);
      for (const [code] of found) expect(["undecided_rules", "overlapping_rules"]).toContain(code);
      expect(codes(() => define(rules, { ruleOrder: "first" }))).toEqual([]);
    },
  );

  it("lists of 90 that all rules share are told apart by another attribute", () => {
    const ids = Array.from({ length: 90 }, (_, k) => `u${k}`);
    const rules = many((i, j) => ({ attribute: "page", eq: `p${i}-${j}` })).map((rule) => ({
      ...rule,
      when: { all: [{ attribute: "id", in: ids }, rule.when] },
    }));
    expect(codes(() => define(rules))).toEqual([]);
  });

  it("conditions of a definition are counted with the segments that they lead to", () => {
    const doubled = Object.fromEntries(
      Array.from({ length: 15 }, (_, i) => [
        `s${i}`,
        i === 14 ? { attribute: "a", eq: 1 } : { all: [{ segment: `s${i + 1}` }, { segment: `s${i + 1}` }] },
      ]),
    );
    let found: unknown;
    const spent = cpu(() => {
      found = codes(() => define([], { segments: doubled, audience: { segment: "s0" } }));
    });
    expect(found).toEqual([["too_many", "audience"]]);
    expect(spent).toBeLessThan(1_000);
    expect(codes(() => define([], { segments: doubled, audience: { segment: "s5" } }))).toEqual([]);
    const chain = (length: number) =>
      Object.fromEntries(Array.from({ length }, (_, i) => [`s${i}`, { segment: `s${i + 1}` }]));
    expect(codes(() => define([], { segments: chain(20_000) }))[0]?.[0]).toBe("too_many");
    expect(codes(() => define([], { segments: chain(9_000) }))[0]?.[0]).toBe("too_deep");
    const wide = Array.from({ length: 100 }, (_, i) => ({
      key: `r${i}`,
      variant: "b",
      when: { any: Array.from({ length: 200 }, (_, j) => ({ attribute: "p", eq: `${i}-${j}` })) },
    }));
    expect(codes(() => define(wide, { ruleOrder: "first" }))).toEqual([["too_many", "rules.49.when"]]);
    const listed = many((i) => ({ attribute: "id", in: Array.from({ length: 100 }, (_, k) => `${i}-${k}`) }));
    expect(codes(() => define(listed))).toEqual([["too_many", "rules.90.when"]]);
  });

  it("values are numbered as they are met, text and number apart", () => {
    const places = new ValuePlaces(4_000);
    const numbers = Array.from({ length: 4_000 }, (_, i) => places.of(`v${i}`));
    expect(numbers).toEqual(Array.from({ length: 4_000 }, (_, i) => i));
    expect(places.of("v17")).toBe(17);
    expect(new ValuePlaces(2).of(1)).toBe(0);
    const typed = new ValuePlaces(2);
    expect([typed.of(1), typed.of("1"), typed.of(1)]).toEqual([0, 1, 0]);
  });

  it("rules that each name their own values are shown to be disjoint, however many", () => {
    expect(codes(() => define(worlds["texts that differ"] as readonly object[]))).toEqual([]);
    expect(codes(() => define(worlds["long lists"] as readonly object[]))).toEqual([]);
    const twice = many((i, j) => ({ attribute: "page", eq: i === 99 && j === 21 ? "p0-0" : `p${i}-${j}` }));
    expect(codes(() => define(twice))).toEqual([["overlapping_rules", "rules.99.when"]]);
  });

  it("is the same on every machine: work is counted, not timed", () => {
    const rules = worlds.patterns as readonly object[];
    expect(codes(() => define(rules))).toEqual(codes(() => define(rules)));
    expect(searchBudget().left).toBe(500_000);
  });

  it("what is accepted as disjoint is disjoint; what cannot be shown is refused, with the earlier rule's number", () => {
    const pair = (one: object, other: object) =>
      codes(() =>
        define([
          { key: "one", variant: "b", when: one },
          { key: "two", variant: "b", when: other },
        ]),
      );
    const page = (test: object) => ({ attribute: "page", ...test });
    expect(pair(page({ startsWith: "/shop" }), page({ startsWith: "/blog" }))).toEqual([]);
    expect(pair(page({ matches: "/shop/*" }), page({ startsWith: "/blog" }))).toEqual([]);
    expect(pair(page({ endsWith: ".fr" }), page({ matches: "*.be" }))).toEqual([]);
    expect(
      pair(page({ contains: "a" }), { all: [page({ startsWith: "b" }), { not: page({ contains: "a" }) }] }),
    ).toEqual([]);
    expect(pair(page({ startsWith: "/shop" }), page({ startsWith: "/sh" }))).toEqual([
      ["overlapping_rules", "rules.1.when"],
    ]);
    expect(pair(page({ matches: "*a*b*c*" }), page({ matches: "*c*" }))).toEqual([
      ["overlapping_rules", "rules.1.when"],
    ]);
    expect(pair(page({ eq: "/a", matches: "*b*" }), page({ contains: "x" }))).toEqual([
      ["impossible_condition", "rules.0.when"],
    ]);
    expect(
      pair(
        { attribute: "tags", hasAll: ["a", "b"] },
        { all: [{ attribute: "tags", hasAny: ["c"] }, { not: { attribute: "tags", has: "a" } }] },
      ),
    ).toEqual([["undecided_rules", "rules.1.when"]]);
  });
});
