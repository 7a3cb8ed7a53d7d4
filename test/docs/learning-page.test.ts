import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { top } from "../boundaries/source-files.js";
import { judge } from "../learn/judge.mjs";
import { learningPage } from "../learn/page.mjs";
import { rows } from "../learn/rows/index.mjs";
import { statistics } from "../learn/statistics.mjs";

const results = JSON.parse(readFileSync(join(top, "test/learn/results.json"), "utf8"));
const measured = rows.filter(({ key }) => results.rows[key]);

describe("docs/learning.md", () => {
  it("is what npm run learn writes from its results", () => {
    expect(readFileSync(join(top, "docs/learning.md"), "utf8")).toBe(learningPage(rows, results));
  });

  it("holds results of rows that are there, each once", () => {
    const keys = rows.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(Object.keys(results.rows).filter((key) => !keys.includes(key))).toEqual([]);
  });

  it("has no missed bar", () => {
    const missed = measured.flatMap((row) =>
      row.figures
        .filter((figure) => judge(results, row, figure).held === false)
        .map(({ name }) => `${row.key} ${name}`),
    );
    expect(missed).toEqual([]);
  });
});

describe("bars", () => {
  const values = Array.from({ length: 400 }, (_, i) => (i % 20) + 1);
  const figures = { "x mean": statistics.mean(values), "x p90": statistics.p90(values) };
  const given = { rows: { one: { figures }, two: { figures } } };
  const held = (figure: object, key = "one") =>
    judge(
      given,
      { key, group: "", what: "", runs: 400, figures: [], measure: () => ({}) },
      { name: "x", ...figure },
    ).held;

  it("are held within three standard errors, and missed beyond", () => {
    const { value, error } = figures["x mean"];
    expect([value, error]).toEqual([10.5, expect.closeTo(Math.sqrt((33.25 * (400 / 399)) / 400), 9)]);
    expect(held({})).toBe(null);
    expect([held({ atMost: value - 2.9 * error }), held({ atMost: value - 3.1 * error })]).toEqual([
      true,
      false,
    ]);
    expect([held({ atLeast: value + 2.9 * error }), held({ atLeast: value + 3.1 * error })]).toEqual([
      true,
      false,
    ]);
    expect([
      held({ atMost: value, exact: true }),
      held({ atMost: value - 0.1 * error, exact: true }),
    ]).toEqual([true, false]);
  });

  it("against a reference and against another row, both errors count", () => {
    const { value, error } = figures["x mean"];
    const reference = (away: number) => ({ value: value - away * error, error, maker: "" });
    expect(held({ reference: reference(4.2), likeReference: true })).toBe(true);
    expect(held({ reference: reference(4.3), likeReference: true })).toBe(false);
    expect(figures["x p90"].value).toBe(18);
    expect(held({ statistic: "p90", atMostTimes: { row: "two", times: 1 } })).toBe(true);
    expect(held({ statistic: "p90", atMostTimes: { row: "two", times: 0.5 } })).toBe(false);
    expect(held({ atMostTimes: { row: "gone", times: 9 } })).toBe(false);
  });
});
