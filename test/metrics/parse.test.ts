import { describe, expect, it } from "vitest";
import { microsecondsOf, numberOf, textOf } from "../../src/metrics/data/parse.js";

describe("numbers of cells", () => {
  it.each([
    [3.5, 3.5],
    ["3.5", 3.5],
    [" 12 ", 12],
    ["1e3", 1000],
    [".5", 0.5],
    ["+7", 7],
    [true, 1],
    ["False", 0],
    [5n, 5],
    [null, null],
    [undefined, null],
    ["", null],
    ["   ", null],
    ["abc", undefined],
    ["1,000", undefined],
    ["0x10", undefined],
    ["1_000", undefined],
    [{}, undefined],
    ["NaN", Number.NaN],
    ["-inf", Number.NaN],
  ])("%s is %s", (value, number) => {
    expect(numberOf(value)).toEqual(number);
  });
});

describe("times of cells", () => {
  const noon = Date.UTC(2026, 0, 31, 12) * 1000;
  it.each([
    ["2026-01-31T12:00:00Z", noon],
    ["2026-01-31 12:00:00", noon],
    ["2026-01-31T14:00:00+02:00", noon],
    ["2026-01-31T06:30:00-0530", noon],
    ["2026-01-31T12:00:00.000001Z", noon + 1],
    ["2026-01-31", noon - 432e8],
    [noon / 1e6, noon],
    [String(noon / 1e3), noon],
    [noon, noon],
    [new Date(noon / 1000), noon],
    ["", null],
    [null, null],
    ["2026-02-30", undefined],
    ["31.01.2026", undefined],
    ["yesterday", undefined],
    [Number.NaN, undefined],
    [true, undefined],
    [new Date(Number.NaN), undefined],
  ])("%s is %s", (value, time) => {
    expect(microsecondsOf(value)).toBe(time);
  });
});

it("texts of cells", () => {
  expect([null, undefined, "", "é", 7, false, 9n].map(textOf)).toEqual(["", "", "", "é", "7", "false", "9"]);
});
