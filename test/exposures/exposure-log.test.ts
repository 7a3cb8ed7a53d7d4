import { assign, defineExperiment, type Exposure } from "essai";
import { createExposureLog, createSender, exposureId, exposureOf } from "essai/exposures";
import { describe, expect, it } from "vitest";
import reference from "../reference/assignment.json" with { type: "json" };

const cta = defineExperiment({ key: "cta", unit: "userId", variants: { control: "Buy", b: "Buy now" } });
const none = defineExperiment({ key: "none", unit: "userId", variants: { control: 0, b: 1 }, coverage: 0 });
const at = Date.UTC(2026, 0, 2, 3, 4, 5);

const settled = () => new Promise((resolve) => setImmediate(resolve));

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
        id: exposureId("cta", 1, "user-1", String(assignment.variant)),
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
    for (const userId of ["a", "b", "a", "b", "c", "b", "a"]) log.expose(assign(cta, { userId }));
    expect(exposures.map(({ unitId }) => unitId)).toEqual(["a", "b", "c", "a"]);
    const forgetful = logged(0);
    for (const userId of ["a", "a"]) forgetful.log.expose(assign(cta, { userId }));
    expect(forgetful.exposures.length).toBe(2);
  });

  it.each<[string, () => unknown, readonly unknown[]]>([
    [
      "throws",
      () => {
        throw new Error("full");
      },
      ["full"],
    ],
    ["rejects", () => Promise.reject(new Error("full")), ["full"]],
    ["says that it was not taken", () => false, []],
    ["says so later", () => Promise.resolve(false), []],
  ])("logs again what could not be written: write that %s", async (_, fail, told) => {
    let broken = true;
    const [written, errors]: [string[], unknown[]] = [[], []];
    const log = createExposureLog({
      write: ({ unitId }) => (broken ? fail() : written.push(unitId)),
      clock: () => at,
      onError: (error) => errors.push((error as Error).message),
    });
    const assignment = assign(cta, { userId: "u" });
    expect(log.expose(assignment)).toBe(assignment.payload);
    await settled();
    expect(errors).toEqual(told);
    broken = false;
    log.expose(assignment);
    log.expose(assignment);
    await settled();
    expect(written).toEqual(["u"]);
  });

  it("marks as seen only what the sender took", () => {
    const told: unknown[] = [];
    const sender = createSender({
      transport: () => new Promise(() => undefined),
      capacity: 1,
      setTimer: () => undefined,
      onDrop: (exposures, reason) => told.push(...exposures.map(({ unitId }) => `${reason} ${unitId}`)),
    });
    const log = createExposureLog({ write: sender.send, clock: () => at });
    for (const userId of ["a", "b", "b", "a"]) log.expose(assign(cta, { userId }));
    expect(told).toEqual(["capacity b", "capacity b"]);
  });

  it("a clock or a listener that fails does not break a page", async () => {
    const errors: unknown[] = [];
    const assignment = assign(cta, { userId: "u" });
    for (const clock of [
      () => Number.NaN,
      () => {
        throw new Error("no time");
      },
    ]) {
      const log = createExposureLog({
        write: () => true,
        clock,
        onError: (error) => {
          errors.push((error as Error).message);
          throw error;
        },
      });
      expect(log.expose(assignment)).toBe(assignment.payload);
      const silent = createExposureLog({ write: () => Promise.reject(new Error("x")), clock });
      expect(silent.expose(assignment)).toBe(assignment.payload);
    }
    await settled();
    expect(errors).toEqual([expect.stringContaining("at: is not of type number"), "no time"]);
  });

  it("says where the unit met it, as of the first time", () => {
    const { log, exposures } = logged();
    const assignment = assign(cta, { userId: "u" });
    const attributes = { channel: "email", touch: "1" };
    log.expose(assignment, attributes);
    log.expose(assignment, { channel: "push", touch: "2" });
    expect(exposures.map((each) => each.attributes)).toEqual([{ channel: "email", touch: "1" }]);
    expect(exposures[0]?.attributes).not.toBe(attributes);
    expect(exposureOf(assignment, at)).not.toHaveProperty("attributes");
  });

  it.each([[{ touch: 2 }], [{ channel: "" }], [["email"]], [null], ["email"]])(
    "refuses attributes of %j, and logs nothing",
    (attributes) => {
      const { log, exposures } = logged();
      const assignment = assign(cta, { userId: "u" });
      const refused = expect.objectContaining({
        code: "invalid_argument",
        path: expect.arrayContaining(["attributes"]),
      });
      expect(() => log.expose(assignment, attributes as never)).toThrow(refused);
      expect(() => exposureOf(assignment, at, attributes as never)).toThrow(refused);
      expect(exposures).toEqual([]);
    },
  );

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
