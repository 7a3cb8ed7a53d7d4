import { type Condition, defineExperiment, ExperimentError } from "essai";
import { describe, expect, it } from "vitest";
import { conditionReader } from "../../src/definition/compile-condition.js";
import { conditionTests } from "../../src/definition/condition-shape.js";
import { instantOf } from "../../src/definition/instant.js";
import { versionKey } from "../../src/definition/version-key.js";

const holds = (condition: Condition, context: object, segments: Record<string, Condition> = {}) =>
  conditionReader(segments)(condition, [])(context);
const define = (more: object) =>
  defineExperiment({ key: "x", unit: "u", variants: { control: 0, b: 1 }, ...more } as never);
const told = (more: object) => {
  try {
    define(more);
  } catch (error) {
    if (error instanceof ExperimentError)
      return error.problems.map(({ code, path }) => [code, path.join(".")]);
    throw error;
  }
  return [];
};

describe("tests of an attribute", () => {
  const rows: [object, unknown[], unknown[]][] = [
    [{ eq: "FR" }, ["FR"], ["fr", "F", 1, null, undefined]],
    [{ eq: 0 }, [0, -0], [Number.NaN, "0", false, undefined]],
    [{ neq: "FR" }, ["BE", ""], ["FR", undefined, null, 3]],
    [{ neq: 1 }, [2, Infinity], [1, Number.NaN, "2"]],
    [{ in: ["a", "b"] }, ["a"], ["c", undefined, ["a"]]],
    [{ notIn: ["a", "b"] }, ["c"], ["a", undefined, null, 3]],
    [{ notIn: [1] }, [2], [1, Number.NaN, "1"]],
    [{ lt: 5 }, [4.99, -Infinity], [5, "4", undefined, Number.NaN]],
    [{ gte: 2 ** 53 }, [2 ** 53, Infinity], [2 ** 53 - 1]],
    [{ gt: 1, lte: 3 }, [2, 3], [1, 3.1]],
    [{ before: "2026-03-01" }, ["2026-02-28T23:59:59Z", new Date(0), 0], ["2026-03-01", "soon", undefined]],
    [
      { since: "2026-03-01T01:00:00+01:00" },
      ["2026-03-01", Date.UTC(2026, 2)],
      ["2026-02-28", new Date(Number.NaN)],
    ],
    [{ exists: true }, ["", 0, false, [], new Date(0)], [undefined, null, Number.NaN, {}, () => 1]],
    [{ exists: false }, [undefined, null, Number.NaN], [0, ""]],
    [{ startsWith: "ab" }, ["abc"], ["xab", 1, undefined]],
    [{ endsWith: "bc" }, ["abc"], ["bca"]],
    [{ contains: "b" }, ["abc"], ["ac", ["b"]]],
    [{ matches: "/p/*/r*" }, ["/p/1/r", "/p//r/x"], ["/p/r", "/q/1/r"]],
    [{ matches: "a*a" }, ["aa", "aba"], ["a", "ab"]],
    [{ matches: "plain.+" }, ["plain.+"], ["plainxx"]],
    [{ matches: "*" }, ["", "x"], [undefined]],
    [{ versionGte: "2.10.0" }, ["2.10.0", "2.10", "3", "2.10.0+7"], ["2.9.9", "2.10.0-rc.1", "x", 3]],
    [{ versionLt: "1.0.0" }, ["1.0.0-alpha", "0.9"], ["1.0.0", undefined]],
    [{ versionLte: "1.0.0" }, ["1.0.0", "1"], ["1.0.1", 1]],
    [{ versionGt: "1.0.0-rc.1" }, ["1.0.0-rc.2", "1"], ["1.0.0-rc.1", "1.0.0-beta", null]],
    [{ has: "vip" }, [["vip", "x"]], [["x"], "vip", undefined]],
    [{ hasAny: ["a", "b"] }, [["b"]], [["c"], []]],
    [{ hasAll: ["a", "b"] }, [["b", "a", "c"]], [["a"], []]],
  ];
  it.each(rows)("%o", (test, yes, no) => {
    const condition = { attribute: "a", ...test } as Condition;
    expect(yes.filter((a) => !holds(condition, { a }))).toEqual([]);
    expect(no.filter((a) => holds(condition, { a }))).toEqual([]);
  });

  it("every test there is stands in the table above", () => {
    const named = new Set(rows.flatMap(([test]) => Object.keys(test)));
    const untold = Object.keys(conditionTests).filter((name) => !named.has(name));
    expect(untold).toEqual([]);
  });

  it("a missing attribute fails every test but `exists: false`; `not` turns around whatever it contains", () => {
    expect(holds({ attribute: "c", neq: "FR" }, {})).toBe(false);
    expect(holds({ not: { attribute: "c", eq: "FR" } }, {})).toBe(true);
  });

  it("names of Object.prototype are missing attributes", () => {
    for (const attribute of ["constructor", "toString", "__proto__", "hasOwnProperty"])
      expect(holds({ attribute, exists: true }, {})).toBe(false);
    expect(holds({ attribute: "__proto__", eq: "x" }, JSON.parse('{"__proto__":"x"}'))).toBe(true);
  });

  it("groups and segments", () => {
    const segments = { french: { attribute: "country", eq: "FR" } } as const;
    const condition: Condition = {
      all: [
        { segment: "french" },
        {
          any: [
            { attribute: "age", gte: 18 },
            { attribute: "vip", eq: true },
          ],
        },
      ],
    };
    expect(holds(condition, { country: "FR", age: 20 }, segments)).toBe(true);
    expect(holds(condition, { country: "FR", age: 7, vip: true }, segments)).toBe(true);
    expect(holds(condition, { country: "FR", age: 7 }, segments)).toBe(false);
  });

  it("a pattern cannot hang, whatever the text", () => {
    const pattern = `${"a*".repeat(60)}b`;
    const start = process.cpuUsage().user;
    for (let i = 0; i < 100; i++)
      expect(holds({ attribute: "t", matches: pattern }, { t: "a".repeat(5_000) })).toBe(false);
    expect(process.cpuUsage().user - start).toBeLessThan(2e6);
  });
});

describe("versions and instants", () => {
  it("orders versions as semver.org's item 11 does", () => {
    const ordered =
      "1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0 1.0.1 1.2.0 1.10.0 2.0.0";
    const versions = ordered.split(" ");
    for (const [i, a] of versions.entries())
      for (const [j, b] of versions.entries())
        expect([versionKey(a) < versionKey(b), versionKey(a) > versionKey(b)]).toEqual([i < j, i > j]);
    expect(versionKey("1.02")).toBe(versionKey("1.2.0+build"));
    for (const none of ["v1.0", "1.0.0.0", "1.", "", 1, null]) expect(versionKey(none)).toBeNaN();
  });

  it("reads an instant only where it means the same on every machine", () => {
    expect(instantOf("2026-03-01")).toBe(Date.UTC(2026, 2));
    expect(instantOf("2026-03-01T00:00:00")).toBeNaN();
    expect(instantOf("1 March 2026")).toBeNaN();
    expect(instantOf("2026-13-01")).toBeNaN();
  });
});

describe("a definition refuses conditions that are wrong", () => {
  const attributes = {
    country: ["FR", "BE"],
    age: "number",
    seen: "date",
    app: "version",
    tags: "strings",
    mail: "string",
  } as const;
  const cases: [string, unknown, [string, string][]][] = [
    [
      "an attribute not declared",
      { attribute: "contry", eq: "FR" },
      [["unknown_attribute", "audience.attribute"]],
    ],
    [
      "a value not of the enumeration",
      { attribute: "country", in: ["FR", "XX"] },
      [["unknown_name", "audience.in.1"]],
    ],
    ["a text for a number", { attribute: "age", eq: "7" }, [["wrong_type", "audience.eq"]]],
    [
      "a test of another type",
      { attribute: "age", startsWith: "7" },
      [["unsuitable_test", "audience.startsWith"]],
    ],
    ["something that is not a test", { attribute: "age", greater: 7 }, [["unknown_key", "audience.greater"]]],
    ["no test", { attribute: "age" }, [["missing_value", "audience"]]],
    [
      "a time without zone",
      { attribute: "seen", since: "2026-03-01T10:00:00" },
      [["invalid_instant", "audience.since"]],
    ],
    [
      "something that is not a version",
      { attribute: "app", versionLt: "two" },
      [["invalid_version", "audience.versionLt"]],
    ],
    ["an empty list", { attribute: "tags", hasAny: [] }, [["missing_value", "audience.hasAny.0"]]],
    ["two kinds in one list", { attribute: "mail", in: ["a", 1] }, [["wrong_type", "audience.in.1"]]],
    ["an empty group", { all: [] }, [["missing_value", "audience.all.0"]]],
    [
      "two groups in one object",
      { all: [{ attribute: "age", gt: 1 }], any: [] },
      [["unknown_key", "audience.any"]],
    ],
    ["no object", "everyone", [["wrong_type", "audience"]]],
    [
      "numbers that exclude each other",
      { attribute: "age", gt: 5, lt: 5 },
      [["impossible_condition", "audience"]],
    ],
    [
      "what the rest excludes",
      { all: [{ attribute: "country", eq: "FR" }, { not: { attribute: "country", in: ["FR"] } }] },
      [["impossible_condition", "audience"]],
    ],
    [
      "each alternative impossible",
      {
        any: [
          { attribute: "age", gt: 5, lt: 4 },
          { attribute: "age", eq: 1, neq: 1 },
        ],
      },
      [["impossible_condition", "audience"]],
    ],
  ];
  it.each(cases)("%s", (_, audience, expected) => {
    expect(told({ attributes, audience })).toEqual(expected);
  });

  it("types conditions against the attributes", () => {
    const call = () =>
      defineExperiment({
        key: "x",
        unit: "u",
        variants: { control: 0, b: 1 },
        attributes: { age: "number", country: ["FR", "BE"] },
        audience: {
          all: [
            { attribute: "age", gte: 18 },
            // @ts-expect-error — "XX" is not a value of country
            { attribute: "country", eq: "XX" },
          ],
        },
      });
    expect(call).toThrow(ExperimentError);
  });

  it("lets possible conditions pass, narrow as they may be", () => {
    for (const audience of [
      { attribute: "age", gt: 5, lt: 6 },
      { attribute: "age", exists: false },
      {
        all: [
          { attribute: "seen", since: "2026-01-01" },
          { attribute: "seen", before: "2026-01-02" },
        ],
      },
      { attribute: "mail", startsWith: "a", endsWith: "b", contains: "c" },
      { attribute: "app", versionGte: "1.0.0", versionLt: "1.0.1" },
      { all: [{ attribute: "tags", has: "a" }, { not: { attribute: "tags", has: "b" } }] },
    ])
      expect(told({ attributes, audience })).toEqual([]);
  });

  it("bounds nesting and size", () => {
    let deep: object = { attribute: "age", gt: 1 };
    for (let i = 0; i < 40; i++) deep = { not: deep };
    expect(told({ audience: deep })[0]?.[0]).toBe("too_deep");
    const wide = { any: Array.from({ length: 5_000 }, (_, i) => ({ attribute: `a${i}`, gt: 1 })) };
    expect(told({ audience: wide })).toEqual([["too_many", "audience"]]);
    for (let i = 0; i < 200_000; i++) deep = { not: deep };
    expect(told({ audience: deep }).length).toBeGreaterThan(0);
  });

  it("refuses segments that lead to themselves", () => {
    const segments = { a: { not: { segment: "b" } }, b: { all: [{ segment: "a" }] } };
    expect(told({ segments })).toEqual([
      ["too_deep", "segments.a"],
      ["too_deep", "segments.b"],
    ]);
  });
});

describe("rules", () => {
  const segments = {
    "deal-hunters": { attribute: "discountShare", gte: 0.5 },
    "brand-loyal": {
      all: [
        { attribute: "brandShare", gte: 0.6 },
        { attribute: "discountShare", lt: 0.5 },
      ],
    },
  };
  const rule = (key: string, when: unknown) => ({ key, when, variant: "b" });

  it("that cannot meet the same unit are accepted, with a holdback of 0.1", () => {
    const made = define({
      segments,
      rules: [rule("d", { segment: "deal-hunters" }), rule("l", { segment: "brand-loyal" })],
    });
    expect(made.rules?.map(({ holdback }) => holdback)).toEqual([0.1, 0.1]);
  });

  it("that overlap are refused with a unit that meets both", () => {
    const rules = [rule("d", { segment: "deal-hunters" }), rule("f", { attribute: "country", eq: "FR" })];
    expect(told({ segments, rules })).toEqual([["overlapping_rules", "rules.1.when"]]);
    expect(() => define({ segments, rules })).toThrow(
      /the earlier rule "d", by a unit with {"discountShare":0.5,"country":"FR"}/,
    );
    expect(told({ segments, rules, ruleOrder: "first" })).toEqual([]);
  });

  it("that overlap only outside the audience are accepted", () => {
    const rules = [rule("d", { attribute: "age", lt: 30 }), rule("f", { attribute: "country", eq: "FR" })];
    expect(told({ rules, audience: { attribute: "age", gte: 30 } })).toEqual([]);
  });

  it.each([
    [
      "a variant of none",
      { ...rule("d", { attribute: "a", eq: 1 }), variant: "z" },
      ["unknown_variant", "rules.0.variant"],
    ],
    [
      "no holdback",
      { ...rule("d", { attribute: "a", eq: 1 }), holdback: 0 },
      ["out_of_range", "rules.0.holdback"],
    ],
    ["no condition", { key: "d", variant: "b" }, ["missing_value", "rules.0.when"]],
    [
      "a misspelt property",
      { ...rule("d", { attribute: "a", eq: 1 }), holdout: 0.1 },
      ["unknown_key", "rules.0.holdout"],
    ],
  ])("refuse %s", (_, wrong, expected) => {
    expect(told({ rules: [wrong] })).toEqual([expected]);
  });
});

describe("a definition refuses", () => {
  it.each([
    [
      "a schedule that ends before it starts",
      { schedule: { from: "2026-03-02", until: "2026-03-01" } },
      ["schedule_reversed", "schedule.until"],
    ],
    [
      "a schedule of no length",
      { schedule: { from: "2026-03-01", until: "2026-03-01T00:00:00Z" } },
      ["schedule_reversed", "schedule.until"],
    ],
    ["something that is not a date", { schedule: { from: "March" } }, ["invalid_instant", "schedule.from"]],
    ["something that is not a status", { status: "on" }, ["unknown_name", "status"]],
    ["a rollout of no variant", { rollout: "z" }, ["unknown_variant", "rollout"]],
    [
      "an override twice",
      {
        overrides: [
          { unitId: "q", variant: "b" },
          { unitId: "q", variant: "b" },
        ],
      },
      ["duplicate_key", "overrides.1.unitId"],
    ],
    [
      "layer ranges that cross",
      {
        layer: {
          key: "l",
          ranges: [
            [0, 10],
            [5, 20],
          ],
        },
      },
      ["invalid_layer_ranges", "layer.ranges"],
    ],
    [
      "something that is not an attribute type",
      { attributes: { a: "text" } },
      ["unknown_name", "attributes.a"],
    ],
  ])("%s", (_, more, expected) => {
    expect(told(more)).toEqual([expected]);
  });
});
