import { assign, defineExperiment, type Exposure } from "essai";
import { createExposureLog, exposureId, exposureOf } from "essai/exposures";
import { describe, expect, it } from "vitest";
import reference from "../reference/assignment.json" with { type: "json" };

const cta = defineExperiment({ key: "cta", unit: "userId", variants: { control: "Buy", b: "Buy now" } });
const none = defineExperiment({ key: "none", unit: "userId", variants: { control: 0, b: 1 }, coverage: 0 });
const at = Date.UTC(2026, 0, 2, 3, 4, 5);

function logged(remember?: number) {
  const exposures: Exposure[] = [];
  const log = createExposureLog({
    write: (exposure) => exposures.push(exposure),
    clock: () => at,
    ...(remember === undefined ? {} : { remember }),
  });
  return { log, exposures };
}

describe("exposures", () => {
  it("expose logs, once; peek never does", () => {
    const { log, exposures } = logged();
    const assignment = assign(cta, { userId: "user-1" });
    expect(log.peek(assignment)).toBe(assignment.payload);
    expect(exposures).toEqual([]);
    expect(log.expose(assignment)).toBe(assignment.payload);
    log.expose(assignment);
    expect(exposures).toEqual([
      {
        id: exposureId("cta", 1, "user-1", assignment.variant!),
        experiment: "cta",
        definitionVersion: 1,
        unitId: "user-1",
        variant: assignment.variant,
        at: "2026-01-02T03:04:05.000Z",
        propensity: 0.5,
      },
    ]);
  });

  it("tells versions, units and variants apart, wherever the ends of the words lie", () => {
    const ids = [
      exposureId("a", 1, "u", "b"),
      exposureId("a", 2, "u", "b"),
      exposureId("a", 1, "v", "b"),
      exposureId("a", 1, "u", "c"),
      exposureId("a", 1, "ub", "c"),
      exposureId("a", 1, "u", "bc"),
      exposureId("a1", 1, "u", "b"),
      exposureId("a", 11, "u", "b"),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids[0]).toMatch(/^[0-9a-f]{32}$/);
    for (const [experiment, version, unit, variant, id] of reference.exposures as [
      string,
      number,
      string,
      string,
      string,
    ][])
      expect(exposureId(experiment, version, unit, variant)).toBe(id);
  });

  it("counts no unit that is not enrolled, overridden or rolled out", () => {
    const { log, exposures } = logged();
    expect(log.expose(assign(none, { userId: "u" }))).toBe(0);
    const forced = { ...assign(cta, { userId: "u" }), reason: "override" as const };
    expect(exposureOf(forced as never, at)).toBeNull();
    expect(exposures).toEqual([]);
  });

  it("says which rule a unit met, and whether it was held back", () => {
    const assignment = { ...assign(cta, { userId: "u" }), rule: "deal-hunters", heldBack: true };
    expect(exposureOf(assignment as never, at)).toMatchObject({ rule: "deal-hunters", heldBack: true });
    expect(exposureOf({ ...assignment, reason: "rule", heldBack: false } as never, at)).toMatchObject({
      heldBack: false,
    });
  });

  it("remembers a bounded number of exposures", () => {
    const { log, exposures } = logged(2);
    for (const userId of ["a", "b", "c", "a"]) log.expose(assign(cta, { userId }));
    expect(exposures.map(({ unitId }) => unitId)).toEqual(["a", "b", "c", "a"]);
  });

  it("logs again what could not be written", () => {
    let broken = true;
    const written: string[] = [];
    const log = createExposureLog({
      write: ({ unitId }) => {
        if (broken) throw new Error("full");
        written.push(unitId);
      },
      clock: () => at,
    });
    const assignment = assign(cta, { userId: "u" });
    expect(() => log.expose(assignment)).toThrow("full");
    broken = false;
    log.expose(assignment);
    expect(written).toEqual(["u"]);
  });

  it("takes a Date or milliseconds for a time, and nothing that each browser reads its own way", () => {
    const assignment = assign(cta, { userId: "u" });
    expect(exposureOf(assignment, new Date(at))).toEqual(exposureOf(assignment, at));
    for (const time of ["2026-01-01", null, undefined, Number.NaN, Infinity, 1e20, new Date(Number.NaN), []])
      expect(() => exposureOf(assignment, time as never)).toThrow(
        expect.objectContaining({ code: "invalid_argument", path: ["at"] }),
      );
  });

  it.each([1.2, -0.1, Number.NaN])("refuses a propensity of %s", (propensity) => {
    const assignment = { ...assign(cta, { userId: "u" }), propensity };
    const { log } = logged();
    for (const read of [log.peek, log.expose, (each: never) => exposureOf(each, at)])
      expect(() => read(assignment as never)).toThrow(
        expect.objectContaining({
          code: "invalid_argument",
          path: ["assignment", "propensity"],
          received: propensity,
        }),
      );
  });

  it("refuses what is not an assignment, a forgotten promise for instance", () => {
    const { log, exposures } = logged();
    const assignment = assign(cta, { userId: "u" });
    for (const wrong of [
      undefined,
      null,
      5,
      {},
      [],
      Promise.resolve(assignment),
      { ...assignment, variant: null },
    ])
      for (const read of [log.peek, log.expose])
        expect(() => read(wrong as never)).toThrow(expect.objectContaining({ code: "invalid_argument" }));
    expect(exposures).toEqual([]);
  });
});
