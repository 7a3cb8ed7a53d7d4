import { describe, expect, it } from "vitest";
import { alignRows, displayWidth, wrap } from "../../../src/report/text/table.js";

it("ends no line between a sign and its number", () => {
  expect(wrap("differs (χ² 6.57 on 2 df, p < 0.0001) now, p 0.104", 9)).toEqual([
    ...["differs", "(χ² 6.57", "on 2 df,", "p < 0.0001)", "now,", "p 0.104"],
  ]);
});

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
