import { describe, expect, it } from "vitest";
import { cube, power, powerOfTwo, square } from "../../src/core/powers.js";

describe("powers without **", () => {
  it("of integers are exact", () => {
    expect([square(-3), cube(-3), power(0, 2.5)]).toEqual([9, -27, 0]);
    for (const exponent of [-52, -1, 0, 1, 31, 53]) expect(powerOfTwo(exponent)).toBe(2 ** exponent);
    expect([powerOfTwo(1_024), powerOfTwo(-1_023)]).toEqual([Number.POSITIVE_INFINITY, 2 ** -1_023]);
  });

  it("of real exponents are right to the error they state", () => {
    for (const base of [1e-100, 0.3, 1, 7.5, 1e100])
      for (const exponent of [-1, -0.2, 0.5, 1.3])
        expect(Math.abs(power(base, exponent) / base ** exponent - 1)).toBeLessThan(
          1e-15 + Math.abs(exponent * Math.log(base)) * 2 ** -52,
        );
  });
});
