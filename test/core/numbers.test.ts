import { describe, expect, it } from "vitest";
import * as show from "../../src/core/numbers.js";

describe("numbers as people read them", () => {
  it.each([
    [64000, "64,000"],
    [0, "0"],
    [1234567, "1,234,567"],
  ])("count %s is %s", (value, text) => {
    expect(show.count(value)).toBe(text);
  });

  it.each([
    [0.18277, "fraction", "18.28%"],
    [0.00573, "fraction", "0.573%"],
    [0.000012, "fraction", "0.0012%"],
    [1, "fraction", "100.00%"],
    [0, "fraction", "0.00%"],
    [0.6528, "amount", "0.653"],
    [1234.5, "amount", "1,235"],
    [-12.34, "amount", "−12.3"],
    [0, "amount", "0.00"],
  ] as const)("level %s as %s is %s", (value, quantity, text) => {
    expect(show.level(value, quantity)).toBe(text);
  });

  it("gives two levels that stand beside each other the same decimals", () => {
    expect(show.level(1.4226, "amount", 0.6528)).toBe("1.423");
    expect(show.level(0.01253, "fraction", 0.00573)).toBe("1.253%");
  });

  it.each([
    [0.0766, "fraction", "+7.66 pp"],
    [-0.00012, "fraction", "−0.0120 pp"],
    [0.77, "amount", "+0.770"],
    [-1500, "amount", "−1,500"],
    [0, "amount", "±0.00"],
  ] as const)("difference %s of %s is %s", (value, quantity, text) => {
    expect(show.difference(value, quantity)).toBe(text);
  });

  it.each([
    [0.7214, "+72.1%"],
    [-0.05, "−5.0%"],
    [1.19, "+119%"],
    [1e-9, "±0.0%"],
  ])("lift %s, a fraction, is %s", (value, text) => {
    expect(show.lift(value)).toBe(text);
  });

  it.each([
    [0.9036, "0.904"],
    [0.0497, "0.0497"],
    [0.0011, "0.0011"],
    [1.5018e-13, "1.5e-13"],
    [2e-10, "2e-10"],
    [0, "<1e-300"],
    [1, "1.000"],
  ])("p %s is %s", (value, text) => {
    expect(show.pValue(value)).toBe(text);
  });

  it("shows shares and statistics", () => {
    expect([show.share(0.95), show.share(0.995), show.statistic(22.62), show.statistic(0.2025)]).toEqual([
      "95%",
      "99.5%",
      "22.6",
      "0.203",
    ]);
    expect(show.liftInterval([-0.1, 0.2])).toBe("[−10.0%, +20.0%]");
    expect(show.differenceInterval([0.07, 0.0832], "fraction")).toBe("[+7.00, +8.32]");
  });
});
