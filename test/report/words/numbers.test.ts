import { describe, expect, it } from "vitest";
import { voiceIn } from "../../../src/report/index.js";

const show = voiceIn("en");
const montre = voiceIn("fr");

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
    [0.0766, "fraction", "+7.66 points"],
    [-0.00012, "fraction", "−0.0120 points"],
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
    [1e-9, "≈0.0%"],
    [0, "±0.0%"],
  ])("lift %s, a fraction, is %s", (value, text) => {
    expect(show.lift(value)).toBe(text);
  });

  it.each([
    [0.9036, "0.904"],
    [0.0497, "0.0497"],
    [0.0503, "0.050"],
    [0.0123, "0.012"],
    [0.0011, "0.001"],
    [0.00099, "0.0010"],
    [0.00012, "0.0001"],
    [1.5018e-13, "< 0.0001"],
    [0, "< 0.0001"],
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
    expect(show.liftInterval([-0.1, 0.2])).toBe("−10% to +20%");
    expect(show.differenceInterval([0.07, 0.0832], "fraction")).toBe("+7.00 to +8.32");
  });

  it.each([
    [0.0766, [0.0643, 0.0889], "+7.7 points", "+6.4 to +8.9"],
    [0.00681, [0.00358, 0.01003], "+0.68 points", "+0.36 to +1.00"],
    [0.3, [-0.2, 0.8], "+30 points", "−20 to +80"],
  ] as const)("gives %s and its interval %s the same decimals", (value, interval, estimate, range) => {
    expect(show.difference(value, "fraction", interval)).toBe(estimate);
    expect(show.differenceInterval(interval, "fraction")).toBe(range);
  });

  it("never shows zero for an estimate that has a sign", () => {
    expect(show.difference(0.3, "amount", [-24, 1])).toBe("+0.3");
    expect(show.lift(-0.0004, [-0.24, 0.24])).toBe("−0.04%");
    expect(show.difference(0.003, "fraction", [-0.24, 0.01])).toBe("+0.3 points");
    expect(show.difference(1e-9, "amount", [-24, 1])).toBe("≈0");
    expect(show.signedCount(-0.2, 500)).toBe("≈0");
    expect(show.halfWidth(0.0004, "fraction", [-0.2, 0.2])).toBe("0.04");
  });

  it("gives an interval's end the digits that it takes not to read as zero, and always its sign", () => {
    expect(show.differenceInterval([0.0000004, 0.01], "fraction")).toBe("+0.00004 to +1.00");
    expect(show.differenceInterval([1e-12, 0.01], "fraction")).toBe("+0.00 to +1.00");
    expect(show.liftInterval([-0.00004, 0.3])).toBe("−0.004% to +30%");
  });

  it("gives an interval of no width and a single number about three digits", () => {
    expect(show.difference(0.0766, "fraction", [0.0766, 0.0766])).toBe("+7.66 points");
    expect(show.lift(0.7214, [0.57, 0.88])).toBe("+72%");
  });
});

describe("numbers as French readers read them", () => {
  it.each([
    [montre.count(64000), "64\u202f000"],
    [montre.level(0.18277, "fraction"), "18,28\u202f%"],
    [montre.level(1234.5, "amount"), "1\u202f235"],
    [montre.difference(0.0766, "fraction"), "+7,66\u00a0points"],
    [montre.difference(-0.0012, "fraction"), "−0,120\u00a0point"],
    [montre.lift(0.7214), "+72,1\u202f%"],
    [montre.liftInterval([-0.1, 0.2]), "de −10\u202f% à +20\u202f%"],
    [montre.pValue(0.9036), "0,904"],
    [montre.pValue(1.5018e-13), "<\u00a00,0001"],
    [montre.p(0.012), "p\u00a0=\u00a00,012"],
    [montre.p(1e-9), "p\u00a0<\u00a00,0001"],
    [montre.probability(0.0001), "<\u00a00,1\u202f%"],
    [montre.tick(0.025, "lift"), "+2,5\u202f%"],
    [montre.day("2026-03-01T12:00:00Z"), "1er\u00a0mars\u00a02026"],
  ])("%s", (shown, expected) => {
    expect(shown).toBe(expected);
  });
});

describe("axes", () => {
  it("label shares, points, amounts and times", () => {
    expect([show.tick(0.1, "lift"), show.tick(-0.025, "lift"), show.tick(0, "lift")]).toEqual([
      "+10%",
      "−2.5%",
      "0%",
    ]);
    expect([show.tick(0.02, "points"), show.tick(1200, "gain"), show.tick(0.5, "fraction")]).toEqual([
      "+2",
      "+1,200",
      "50%",
    ]);
    expect(show.timeTick(new Date("2026-01-05T00:00:00Z"))).toBe("5 Jan");
    expect(show.timeTick(new Date("2026-01-05T14:00:00Z"))).toBe("14:00");
  });
});
