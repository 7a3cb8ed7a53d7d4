import { describe, expect, it } from "vitest";
import { alignRows, displayWidth, wrap } from "../../../src/report/text/table.js";

describe("terminal tables", () => {
  it.each([
    ["abc", 3],
    ["é", 1],
    ["e\u0301", 1],
    ["春節", 4],
    ["🎁", 2],
    ["\u001b[31mred\u001b[0m", 3],
    ["−±·▲²", 5],
  ])("%s takes %s columns", (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  it("lines columns up, also under wide letters", () => {
    expect(
      alignRows(
        [
          ["春節", "1"],
          ["a", "20"],
        ],
        "lr",
      ),
    ).toEqual(["春節   1", "a     20"]);
  });

  it("breaks lines at spaces and never loses a word", () => {
    const text = "one two three four five";
    expect(wrap(text, 9)).toEqual(["one two", "three", "four five"]);
    expect(wrap("incomprehensibilities", 5)).toEqual(["incomprehensibilities"]);
  });
});
