import { describe, expect, it } from "vitest";
import { instantOf } from "../../src/definition/instant.js";
import { fc } from "../properties.js";

describe("instants", () => {
  it.each([
    ["2026-03-01", Date.UTC(2026, 2, 1)],
    ["2026-03-01T09:00Z", Date.UTC(2026, 2, 1, 9)],
    ["2026-03-01T09:00:30+01:30", Date.UTC(2026, 2, 1, 7, 30, 30)],
    ["2026-03-01T00:00:00.250-05:00", Date.UTC(2026, 2, 1, 5, 0, 0, 250)],
    ["2026-03-01T00:00:00.1239999Z", Date.UTC(2026, 2, 1, 0, 0, 0, 123)],
    ["2024-02-29", Date.UTC(2024, 1, 29)],
    ["2026-03-01T00:00:00.57Z", Date.UTC(2026, 2, 1, 0, 0, 0, 570)],
    ["2026-03-01T00:00:00-00:30", Date.UTC(2026, 2, 1, 0, 30)],
    ["0100-12-31", Date.UTC(100, 11, 31)],
  ])("reads %s", (text, instant) => {
    expect(instantOf(text)).toBe(instant);
  });

  it.each(
    [
      [
        "2026-02-30",
        "2026-02-29",
        "2026-04-31",
        "2026-00-10",
        "2026-13-01",
        "2026-01-00",
        "2100-02-29",
        "0099-12-31",
      ],
      ["2026-03-01T24:00:00Z", "2026-03-01T12:60:00Z", "2026-03-01T12:00:60Z", "2026-03-01T12:00:00+24:00"],
      ["2026-03-01T09:00:00", "2026-3-1", "March 1, 2026", "", "2026-03-01T09Z", "2026-03-01T09:00:00+0100"],
    ].flat(),
  )("refuses %o", (text) => {
    expect(instantOf(text)).toBeNaN();
  });

  it("reads whatever a Date writes, to the millisecond", () => {
    const times = fc.integer({ min: Date.UTC(100, 0, 1), max: 253402300799999 });
    fc.assert(
      fc.property(times, (time) => {
        expect(instantOf(new Date(time).toISOString())).toBe(time);
      }),
    );
  });

  it("needs no parser of the engine's: those disagree about days that do not exist", () => {
    const { parse } = Date;
    // @ts-expect-error deleted for the test
    delete Date.parse;
    try {
      expect(instantOf("2026-03-01T09:00:00Z")).toBe(Date.UTC(2026, 2, 1, 9));
    } finally {
      Date.parse = parse;
    }
  });
});
