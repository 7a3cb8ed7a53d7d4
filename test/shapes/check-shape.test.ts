import { describe, expect, it } from "vitest";
import type { Problem } from "../../src/errors/index.js";
import { checkFields, type Fields, type Shape, shapeProblems } from "../../src/shapes/index.js";

const told = (problems: readonly Problem[]) =>
  problems.map(({ code, path }) => `${code} at ${path.join(".") || "input"}`);

const shapes: Readonly<Record<string, Shape>> = {
  text: { kind: "text" },
  share: { kind: "number", atLeast: 0, atMost: 1 },
  count: { kind: "number", whole: true, atLeast: 1 },
  word: { kind: "word", of: ["holm", "none"] },
  range: { kind: "tuple", of: [{ kind: "number" }, { kind: "number" }] },
  shares: { kind: "map", of: { kind: "number", above: 0 } },
  names: { kind: "list", of: { kind: "text" }, atLeast: 1, atMost: 3 },
  plan: {
    kind: "object",
    has: {
      level: { kind: "number", above: 0, below: 1 },
      macro: { kind: "word", of: ["holm"], optional: true },
    },
  },
  part: {
    kind: "choice",
    by: "kind",
    of: { fixed: { share: { kind: "number" } }, daily: { at: { kind: "text" } } },
  },
  textOrShares: { kind: "either", of: [{ kind: "text" }, { kind: "map", of: { kind: "number" } }] },
};

describe("a shape", () => {
  it.each([
    ["text", "x", []],
    ["text", "", ["missing_value at input"]],
    ["text", 5, ["wrong_type at input"]],
    ["share", 0.5, []],
    ["share", 95, ["out_of_range at input"]],
    ["share", "0.5", ["wrong_type at input"]],
    ["share", Number.NaN, ["not_finite at input"]],
    ["count", 1.5, ["out_of_range at input"]],
    ["word", "hlom", ["unknown_name at input"]],
    ["word", undefined, ["missing_value at input"]],
    ["range", [1, "2"], ["wrong_type at 1"]],
    ["range", [1], ["wrong_length at input"]],
    ["shares", { a: 1, b: 0 }, ["out_of_range at b"]],
    ["shares", [1], ["wrong_type at input"]],
    ["shares", new Map(), ["wrong_type at input"]],
    ["names", [], ["missing_value at 0"]],
    ["names", ["a", "b", "c", "d"], ["too_many at input"]],
    ["names", "a", ["wrong_type at input"]],
    ["plan", { level: 0.9 }, []],
    ["plan", { level: 0.9, macro: undefined }, []],
    ["plan", { level: 0.9, macroo: undefined }, []],
    ["plan", { macroo: "holm" }, ["unknown_key at macroo", "missing_value at level"]],
    ["plan", null, ["wrong_type at input"]],
    ["part", { kind: "fixed", share: 1 }, []],
    ["part", { kind: "fixd", share: 1 }, ["unknown_name at kind"]],
    ["part", { share: 1 }, ["missing_value at kind"]],
    ["part", { kind: "daily", share: 1 }, ["unknown_key at share", "missing_value at at"]],
    ["part", { kind: "toString" }, ["unknown_name at kind"]],
    ["textOrShares", "x", []],
    ["textOrShares", { a: 1 }, []],
    ["textOrShares", { a: "1" }, ["wrong_type at a"]],
    ["textOrShares", 5, ["wrong_type at input"]],
    ["textOrShares", undefined, ["missing_value at input"]],
  ] as const)("%s: %j", (name, value, problems) => {
    expect(told(shapeProblems(value, shapes[name] as Shape))).toEqual(problems);
  });

  it("names what was probably meant, and the types that fit", () => {
    const [key] = shapeProblems({ level: 0.9, macroo: "holm" }, shapes.plan as Shape, ["plan"]);
    expect(key?.message).toBe(
      'plan.macroo: is not a known key (received "macroo"); did you mean "macro"? (there are: level, macro)',
    );
    const [share] = shapeProblems(95, shapes.share as Shape);
    expect(share?.expected).toEqual({ atLeast: 0, atMost: 1 });
    expect(shapeProblems(5, shapes.textOrShares as Shape)[0]?.message).toBe(
      "input: must be text or an object (received 5); write text or an object",
    );
  });

  it("refers to itself by name", () => {
    const tree: Shape = {
      kind: "object",
      has: { of: { kind: "list", of: { kind: "named", name: "tree" }, optional: true } },
    };
    const value = { of: [{ of: [{ off: [] }] }] };
    expect(told(shapeProblems(value, tree, [], { tree }))).toEqual(["unknown_key at of.0.of.0.off"]);
  });

  it("stops at about a hundred problems", () => {
    const many = Array.from({ length: 10_000 }, () => 0);
    expect(shapeProblems(many, { kind: "list", of: { kind: "text" } })).toHaveLength(100);
  });

  it("options: every problem at once, at their place", () => {
    const fields: Fields = { seed: { kind: "text", optional: true } };
    expect(() => checkFields({ sede: "a" }, fields, ["options"])).toThrow(
      'options.sede: is not a known key (received "sede"); did you mean "seed"? (there are: seed)',
    );
    expect(() => checkFields({}, fields)).not.toThrow();
    expect(() => checkFields(null, fields)).toThrow("input: must be an object (received null)");
    expect(() => checkFields({ toString: 1 }, fields)).toThrow("toString: is not a known key");
  });
});
