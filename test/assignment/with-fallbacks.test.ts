import {
  createAssigner,
  defineCatalogue,
  defineExperiment,
  ExperimentError,
  hydrate,
  overridesFromUrl,
  withFallbacks,
} from "essai";
import { describe, expect, expectTypeOf, it } from "vitest";
import { exposureOf } from "../../src/exposures/exposure-of.js";

const checkout = defineExperiment({
  key: "checkout",
  unit: "userId",
  variants: { control: { steps: 3 }, short: { steps: 1 } },
});
const cta = defineExperiment({ key: "cta", unit: "userId", variants: { control: "Buy", b: "Try" } });
const catalogue = defineCatalogue({ experiments: [checkout, cta] });
const json = JSON.parse(JSON.stringify(catalogue));
const unit = { userId: "u1" };
const fallbacks = {
  checkout: { variants: ["control", "short"], payload: { steps: 3 } },
  cta: { variants: ["control", "b"], payload: "Buy" },
} as const;

/** The page that a loaded value makes, and what it was told of. */
function pageOf(make: () => ReturnType<typeof createAssigner> | ReturnType<typeof hydrate>, own = fallbacks) {
  const told: ExperimentError[] = [];
  const page = withFallbacks<typeof catalogue>(make as never, own, (problem) => {
    told.push(problem as ExperimentError);
    throw new Error("a log that fails");
  });
  return { page, told };
}

describe("a page", () => {
  it("is given what the assigner says, typed by the code's catalogue", () => {
    const { page, told } = pageOf(() => createAssigner(json));
    const assignment = page.assign("checkout", unit);
    expect(assignment).toEqual(createAssigner(catalogue).assign("checkout", unit));
    expectTypeOf(assignment.payload.steps).toEqualTypeOf<1 | 3>();
    expect(page.assign("cta", unit, { overrides: overridesFromUrl("?essai=cta:b") }).payload).toBe("Try");
    expect(told).toEqual([]);
  });

  it.each([
    ["nothing", undefined],
    ["an error page", "<html>"],
    ["another thing", { experiments: [{ key: "checkout" }] }],
    ["null", null],
  ])("that loaded %s goes on with the fallbacks, and tells once", (_, loaded) => {
    const { page, told } = pageOf(() => createAssigner(loaded as never));
    const given = page.assign("checkout", unit);
    expect(given).toEqual({
      experiment: "checkout",
      definitionVersion: 1,
      unitId: "u1",
      payload: { steps: 3 },
      enrolled: false,
      variant: null,
      reason: "fallback",
    });
    expect(page.assign("cta", unit).payload).toBe("Buy");
    expect(exposureOf(given, 0)).toBeNull();
    expect(told).toHaveLength(1);
    expect(told[0]).toBeInstanceOf(ExperimentError);
  });

  it("is told which experiment the catalogue lacks, and goes on with its fallback", () => {
    const { page, told } = pageOf(() => createAssigner({ experiments: [json.experiments[1]] }) as never);
    expect(page.assign("checkout", unit)).toMatchObject({ payload: { steps: 3 }, reason: "fallback" });
    expect(page.assign("cta", unit)).toEqual(createAssigner(catalogue).assign("cta", unit));
    expect(told[0]).toMatchObject({
      code: "absent_experiment",
      path: ["experiments", "checkout"],
      known: ["cta"],
    });
  });

  it.each([
    ["more", ["control", "short", "third"]],
    ["fewer", ["control", "third"]],
    ["other", ["control", "shrt"]],
  ])("is told when the catalogue has %s variants than the code, before anyone sees one", (_, keys) => {
    const changed = defineExperiment({
      key: "checkout",
      unit: "userId",
      variants: Object.fromEntries(keys.map((key) => [key, { steps: 2 }])),
    });
    const { told } = pageOf(() => createAssigner({ experiments: [changed, cta] }) as never);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({
      code: "other_variants",
      path: ["experiments", "checkout", "variants"],
      known: ["control", "short"],
      example: keys.join(", "),
    });
  });

  it("is told of a variant that it waits for in vain, where all others are known", () => {
    const told: unknown[] = [];
    const waiting = { checkout: { variants: ["control", "short", "long"], payload: { steps: 3 } } };
    withFallbacks(
      () => createAssigner({ experiments: [checkout] }),
      waiting,
      (problem) => told.push(problem),
    );
    expect(told).toMatchObject([{ code: "other_variants", example: "control, short" }]);
  });

  it("whose server assigned is told of a variant that it does not know when it comes", () => {
    const changed = defineExperiment({
      key: "checkout",
      unit: "userId",
      control: "third",
      variants: { third: { steps: 2 }, fourth: { steps: 2 } },
    });
    const snapshot = createAssigner({ experiments: [changed] }).snapshot(unit);
    const { page, told } = pageOf(() => hydrate(snapshot));
    expect(told).toEqual([]);
    expect(["third", "fourth"]).toContain(page.assign("checkout", unit).variant);
    expect(page.assign("checkout", unit).payload).toEqual({ steps: 2 });
    expect(told.map(({ code }) => code)).toEqual(["other_variants"]);
    expect(page.assign("cta", unit)).toMatchObject({ payload: "Buy", reason: "fallback" });
    expect(told.map(({ code }) => code)).toEqual(["other_variants", "invalid_argument"]);
  });

  it("does not break at a call that would throw: a numeric id, a time that is missing", () => {
    const dated = { ...checkout, schedule: { from: "2026-01-01" } };
    const { page, told } = pageOf(() => createAssigner({ experiments: [dated, cta] }) as never);
    for (let again = 0; again < 2; again++) {
      expect(page.assign("cta", { userId: 7 } as never)).toMatchObject({ payload: "Buy", unitId: "unknown" });
      expect(page.assign("cta", null as never)).toMatchObject({ payload: "Buy", reason: "fallback" });
      expect(page.assign("checkout", unit).payload).toEqual({ steps: 3 });
    }
    expect(told.map(({ code }) => code)).toEqual(["invalid_unit_id", "invalid_unit_id", "missing_now"]);
  });
});

it("refuses fallbacks that are none, a key without one, and what is not a function", () => {
  const make = () => createAssigner(json);
  const refused = (call: () => unknown, ...path: string[]) =>
    expect(call).toThrow(expect.objectContaining({ code: "invalid_argument", path }));
  refused(() => withFallbacks(make, null as never), "fallbacks");
  refused(() => withFallbacks(make, { cta: { variants: ["b"] } } as never), "fallbacks", "cta", "payload");
  refused(
    () => withFallbacks(make, { cta: { variants: "b", payload: 1 } } as never),
    "fallbacks",
    "cta",
    "variants",
  );
  refused(() => withFallbacks(7 as never, {}), "make");
  refused(() => withFallbacks(make, {}, 7 as never), "onProblem");
  const page = withFallbacks(make, { cta: fallbacks.cta });
  refused(() => page.assign("chekout" as never, unit), "experiment");
});
