import { describe, expect, it } from "vitest";
import { jsonPlace } from "../../src/engines/files/json-place.js";

describe("where a text stops being JSON", () => {
  it.each([
    ['{"a": 1,}', 1, 9],
    ['{\n  "a": 1\n  "b": 2}', 3, 3],
    ["[1, 2", 1, 6],
    ["{a:1}", 1, 2],
    ['{"a": "x\ty"}', 1, 9],
    ["", 1, 1],
    ["[1] x", 1, 5],
    ['{"a": 01}', 1, 8],
    ['{"a": NaN}', 1, 7],
    [`{"long": "${"x".repeat(100)}",\n "a": NaN}`, 2, 7],
    ['{"a": tru}', 1, 10],
    ['{"a": "NaN", "b": undefined}', 1, 19],
    ["\n\n'x'", 3, 1],
  ])("%j: line %i, column %i", (text, line, column) => {
    expect(() => JSON.parse(text)).toThrow();
    expect(jsonPlace(text)).toEqual({ line, column });
  });
});
