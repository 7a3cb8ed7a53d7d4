import { Ajv2020 } from "ajv/dist/2020.js";
import { jsonSchema, parseBanditState, zodSchema } from "essai/schema";
import { describe, expect, it } from "vitest";
import { errorsOf } from "../errors/errors-of.js";
import { madeBandits } from "./made-bandits.js";

// biome-ignore lint/suspicious/noExplicitAny: the tests break the shape on purpose
type Draft = any;

const valid = new Ajv2020({ strict: false }).compile(jsonSchema("bandit"));
const zod = zodSchema("bandit");

/** What all three say of a state with another part in its setup. */
function judged(change: (setup: Draft) => void, at = 0) {
  const state = structuredClone(madeBandits[at]) as Draft;
  change(state.setup);
  const found = errorsOf(() => parseBanditState(state));
  expect(valid(state)).toBe(found.length === 0);
  expect(zod.safeParse(state).success).toBe(found.length === 0);
  return found.map(({ code, path, near }) => [code, path.join("."), near]);
}

describe("settings of a bandit's parts in its JSON", () => {
  it.each(madeBandits.map((each, i) => [(each as Draft).setup.model.name, i] as const))(
    "every setting of %s is known by name, and no other",
    (_, at) => {
      const { settings } = (madeBandits[at] as Draft).setup.model;
      expect(judged(() => undefined, at)).toEqual([]);
      for (const key of Object.keys(settings))
        expect(judged(({ model }) => (model.settings[key] = "of no such type"), at).length).toBeGreaterThan(
          0,
        );
      expect(judged(({ model }) => (model.settings.unheardOf = 1), at)).toEqual([
        ["unknown_key", "setup.model.settings.unheardOf", undefined],
      ]);
    },
  );

  it.each<[string, (setup: Draft) => void, unknown]>([
    [
      "a policy",
      ({ policy }) => {
        policy.settings.horizn = 1;
      },
      ["unknown_key", "setup.policy.settings.horizn", "horizon"],
    ],
    [
      "a constraint",
      ({ constraints }) => {
        constraints[2].settings.shares.b = 5;
      },
      ["out_of_range", "setup.constraints.2.settings.shares.b", undefined],
    ],
    [
      "an objective",
      ({ objective }) => {
        objective.settings = { cost: {} };
      },
      ["unknown_key", "setup.objective.settings.cost", "costs"],
    ],
  ])("%s's settings are refused at their place", (_, change, told) => {
    expect(judged(change)).toEqual([told]);
  });

  it("a feature says what its kind has, at every depth", () => {
    const linear = madeBandits.findIndex((each) => (each as Draft).setup.model.name === "linear");
    const part = (change: (features: Draft) => void) =>
      judged(({ model }) => change(model.settings.features), linear);
    expect(part((features) => (features[0].sd = 0))).toEqual([
      ["out_of_range", "setup.model.settings.features.0.sd", undefined],
    ]);
    expect(part((features) => (features[2].b.sise = 4))).toEqual([
      ["unknown_key", "setup.model.settings.features.2.b.sise", "size"],
    ]);
    expect(part((features) => delete features[1].kind)[0]).toEqual([
      "missing_value",
      "setup.model.settings.features.1.kind",
      undefined,
    ]);
  });

  it("parts and features of one's own, under names of their own, say what they like", () => {
    const own = { name: "house", settings: { anything: [1, { at: "all" }] } };
    expect(judged((setup) => (setup.policy = own))).toEqual([]);
    expect(judged((setup) => (setup.constraints = [own]))).toEqual([]);
    expect(judged((setup) => (setup.model = { ...own, more: 1 }))).toEqual([
      ["unknown_key", "setup.model.more", undefined],
    ]);
    const linear = madeBandits.findIndex((each) => (each as Draft).setup.model.name === "linear");
    expect(judged(({ model }) => (model.settings.features = [{ kind: "moon", phase: 3 }]), linear)).toEqual(
      [],
    );
  });
});
