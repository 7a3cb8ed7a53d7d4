import { describe, expect, it } from "vitest";
import { instantOf } from "../../src/definition/instant.js";
import { recordedTime } from "../../src/rounds/index.js";
import { fc } from "../properties.js";

describe("when something that was recorded happened", () => {
  const times = fc.date({ min: new Date("0100-01-01"), max: new Date("9999-12-31"), noInvalidDate: true });

  it("is the time that toISOString wrote", () => {
    fc.assert(
      fc.property(times, (time) => {
        expect(recordedTime(time.toISOString())).toBe(time.getTime());
      }),
    );
  });

  it("is what any other reader of times says of a text with one character changed", () => {
    const text = fc
      .tuple(times, fc.nat(23), fc.constantFrom(..."0123456789TZ:.-+ 9a"))
      .map(([time, at, character]) => {
        const written = time.toISOString();
        return written.slice(0, at) + character + written.slice(at + 1);
      });
    fc.assert(
      fc.property(text, (each) => {
        expect(recordedTime(each)).toBe(instantOf(each));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    "2026-02-30T10:00:00.000Z",
    "2026-01-01T24:00:00.000Z",
    "2026-01-01T10:60:00.000Z",
    "2026-01-01T10:00:60.000Z",
    "2026-01-01T10:00:00.0 0Z",
  ])("is not %s", (text) => {
    expect(recordedTime(text)).toBeNaN();
  });
});
