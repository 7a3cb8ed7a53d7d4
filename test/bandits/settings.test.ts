import { describe, expect, test } from "vitest";
import { constraintSettings } from "../../src/bandits/constraints/index.js";
import type { featureFields } from "../../src/bandits/encoders/index.js";
import { contextEncoder } from "../../src/bandits/encoders/index.js";
import {
  bernoulli,
  type Constraint,
  caps,
  constraints,
  createBandit,
  factorial,
  floor,
  hierarchical,
  linear,
  net,
  objectives,
  type Part,
  type PartFactory,
  policies,
  type RewardModel,
  restoreBandit,
  rewardModels,
  sharpened,
  thompson,
  withConstraints,
} from "../../src/bandits/index.js";
import { modelSettings } from "../../src/bandits/models/index.js";
import { objectiveSettings } from "../../src/bandits/objectives/index.js";
import { policySettings } from "../../src/bandits/policies/index.js";
import { partOf } from "../../src/bandits/state/index.js";
import { ExperimentError } from "../../src/errors/index.js";
import type { Fields } from "../../src/shapes/index.js";
import { definitionOf } from "./definition.js";

const families: readonly (readonly [
  Readonly<Record<string, PartFactory>>,
  Readonly<Record<string, Fields>>,
])[] = [
  [policies, policySettings],
  [rewardModels, modelSettings],
  [constraints, constraintSettings],
  [objectives, objectiveSettings],
];
const members = families.flatMap(([family, settings]) =>
  Object.entries(family).map(([name, make]) => ({
    name,
    make: make as PartFactory,
    fields: settings[name]!,
  })),
);

function refusal(act: () => unknown): ExperimentError {
  try {
    act();
  } catch (error) {
    if (error instanceof ExperimentError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

/** A value that no setting takes. */
const wrong = Symbol("wrong") as never;

describe.each(members)("settings of $name", ({ make, fields }) => {
  test("an unknown one is refused, and the nearest told", () => {
    for (const key of [...Object.keys(fields).map((key) => key.slice(0, -1)), "settings"]) {
      if (Object.hasOwn(fields, key)) continue;
      const error = refusal(() => partOf(make, { [key]: 1 }));
      expect(error).toMatchObject({ code: "unknown_key", path: [key], known: Object.keys(fields) });
      if (key.length > 3 && key !== "settings") expect(error.near).toBeDefined();
    }
  });

  test("what a part writes are its settings, each of them", () => {
    const { settings } = make() as Part;
    expect(Object.keys(settings as object).sort()).toEqual(Object.keys(fields).sort());
  });

  test("one of another type is refused at its place", () => {
    for (const key of Object.keys(fields))
      expect(refusal(() => partOf(make, { [key]: wrong })).path[0]).toBe(key);
    for (const settings of [null, [], "a", 5, new Date(0)])
      expect(refusal(() => partOf(make, settings))).toMatchObject({ code: "wrong_type", path: [] });
  });
});

describe("features", () => {
  const good = {
    numeric: { field: "x", mean: 0, sd: 1 },
    categorical: { field: "x", levels: ["a"] },
    cyclic: { field: "x", period: 24 },
    hashed: { field: "x", size: 8 },
    vector: { field: "x", size: 2 },
    crossed: { a: { kind: "numeric", field: "x" }, b: { kind: "numeric", field: "y" } },
  } satisfies { [K in keyof typeof featureFields]: Record<keyof (typeof featureFields)[K], unknown> };

  test.each(Object.entries(good))(
    "%s: what it does not read is refused, and what it reads checked",
    (kind, rest) => {
      const encode = (feature: object) => () => contextEncoder([feature as never]);
      expect(encode({ kind, ...rest })).not.toThrow();
      expect(refusal(encode({ kind, ...rest, fiel: "x" }))).toMatchObject({
        code: "unknown_key",
        path: ["features", 0, "fiel"],
      });
      for (const key of Object.keys(rest))
        expect(refusal(encode({ kind, ...rest, [key]: wrong })).path.slice(0, 3)).toEqual([
          "features",
          0,
          key,
        ]);
    },
  );

  test("one too long, or all of them together, is refused before memory is asked for", () => {
    const long = { kind: "hashed", field: "x", size: 4_096 } as const;
    const crossed = { kind: "crossed", a: long, b: { kind: "vector", field: "y", size: 3 } } as const;
    expect(refusal(() => contextEncoder([{ ...long, size: 4_294_967_298 } as never]))).toMatchObject({
      code: "out_of_range",
      path: ["features", 0, "size"],
    });
    expect(refusal(() => contextEncoder([long, crossed]))).toMatchObject({
      code: "out_of_range",
      path: ["features", 1],
    });
    expect(refusal(() => contextEncoder([long, long]))).toMatchObject({
      code: "out_of_range",
      path: ["features"],
    });
  });

  test("an unknown kind is told with the nearest", () => {
    expect(refusal(() => linear({ features: [{ kind: "numerc", field: "x" } as never] }))).toMatchObject({
      code: "unknown_part",
      path: ["features", 0, "kind"],
      near: "numeric",
    });
    for (const feature of [null, undefined, "numeric", 5])
      expect(refusal(() => linear({ features: [feature as never] })).path).toEqual(["features", 0]);
  });
});

describe("what a bandit is made of", () => {
  const definition = definitionOf(3);
  const told = (act: () => unknown) => refusal(act).message;

  test("options put among the parts are refused, not dropped", () => {
    for (const option of [{ constraints: [] }, { constraint: [] }, { model: null }, { settings: {} }])
      expect(refusal(() => createBandit(definition, { thompson, ...option } as never))).toMatchObject({
        code: "wrong_type",
        path: ["parts", Object.keys(option)[0]],
        expected: { type: "function" },
      });
    expect(createBandit(definition, policies).setup.policy.name).toBe("thompson");
  });

  test.each<[string, () => unknown, string]>([
    [
      "an option that does not exist",
      () => createBandit(definition, { thompson }, { constraint: [floor()] } as never),
      'constraint: is not a known key (received "constraint"); correct its spelling, or leave it out (there are: model, settings, constraints, objective)',
    ],
    [
      "a setting that does not exist",
      () => sharpened({ horizn: 1 } as never),
      'horizn: is not a known key (received "horizn"); did you mean "horizon"? (there are: horizon, start, most, ramp, plain, opening)',
    ],
    [
      "a setting of the policy, at its place",
      () => createBandit(definitionOf(3, "sharpened"), { sharpened }, { settings: { horizn: 1 } as never }),
      'settings.horizn: is not a known key (received "horizn"); did you mean "horizon"? (there are: horizon, start, most, ramp, plain, opening)',
    ],
    [
      "a policy that was not passed",
      () => createBandit(definitionOf(3, "tompson"), { thompson, sharpened }),
      'policy: is not among the parts passed in (received "tompson"); correct its name, or pass its factory too (there are: thompson, sharpened)',
    ],
    [
      "features under another name",
      () => linear({ feature: [] } as never),
      'feature: is not a known key (received "feature"); did you mean "features"? (there are: features, shared, attributes, ridge, noise)',
    ],
    [
      "a factory in place of its part",
      () => createBandit(definition, { thompson }, { constraints: [floor as never] }),
      "constraints.0: is not a part of this kind (received function); pass what a factory returns: bernoulli(), not bernoulli",
    ],
    [
      "a link that does not exist",
      () => factorial({ link: "logistc" as never }),
      'link: is not one of the names that can stand here (received "logistc"); did you mean "logistic"? (there are: logistic, identity)',
    ],
    [
      "a prior rate of 5 where it is a fraction",
      () => hierarchical({ mean: 5 }),
      "mean: must be above 0 and below 1 (received 5); write 0.05",
    ],
    [
      "a sharpness that falls",
      () => sharpened({ start: 3, most: 2 }),
      "most: must be at least 3 (received 2); write a number in this range",
    ],
    [
      "no definition",
      () => createBandit({} as never, { thompson }),
      "key: is required and is missing; add it: text",
    ],
  ])("refuses %s, in words", (_name, act, message) => {
    expect(told(act)).toBe(message);
  });

  const settings = (part: RewardModel | Constraint) => part.settings;

  test("actions that the bandit does not have are refused when a part meets the arms", () => {
    const misspelt = { ...definition, variants: definition.variants.slice() };
    misspelt.variants[2] = { key: "voucher", payload: null };
    const ranges = definition.ranges.map((each) =>
      each.variant === "c" ? { ...each, variant: "voucher" } : each,
    );
    const offers = { ...misspelt, ranges };
    const capped = caps({ shares: { vuocher: 0.01 } });
    const paid = net({ costs: { vuocher: 5 } });
    const bandit = createBandit(offers, { thompson });
    const refused = { code: "unknown_action", received: "vuocher", near: "voucher" };
    expect(
      refusal(() => createBandit(offers, { thompson }, { constraints: [floor(), capped] })),
    ).toMatchObject({
      ...refused,
      path: ["constraints", 1, "shares", "vuocher"],
    });
    expect(refusal(() => withConstraints(bandit, [capped])).path).toEqual([
      "constraints",
      0,
      "shares",
      "vuocher",
    ]);
    expect(refusal(() => createBandit(offers, { thompson }, { objective: paid }))).toMatchObject({
      ...refused,
      path: ["objective", "costs", "vuocher"],
    });
    const parts = { thompson, bernoulli, caps, net };
    const json = JSON.parse(JSON.stringify(bandit));
    json.setup.constraints = [{ name: "caps", settings: settings(capped) }];
    expect(refusal(() => restoreBandit(json, parts))).toMatchObject({
      ...refused,
      path: ["setup", "constraints", 0, "settings", "shares", "vuocher"],
    });
    json.setup.constraints = [];
    json.setup.objective = { name: "net", settings: paid.settings };
    expect(refusal(() => restoreBandit(json, parts)).path).toEqual([
      ...["setup", "objective", "settings", "costs", "vuocher"],
    ]);
  });

  test("a part of a restored bandit tells what is wrong with its settings at their place", () => {
    const json = JSON.parse(JSON.stringify(createBandit(definition, { thompson })));
    json.setup.model.settings.aa = 1;
    expect(refusal(() => restoreBandit(json, { thompson, bernoulli }))).toMatchObject({
      code: "unknown_key",
      path: ["setup", "model", "settings", "aa"],
    });
  });

  test.each<[string, unknown, (string | number)[]]>([
    ["nothing", undefined, ["definition"]],
    ["null", null, ["definition"]],
    ["a text", "checkout", ["definition"]],
    ["a list", [], ["definition"]],
    ["no policy", { ...definition, policy: undefined }, ["policy"]],
    ["variants that are not a list", { ...definition, variants: { a: null } }, ["variants"]],
    ["a variant of null", { ...definition, variants: [null] }, ["variants", 0]],
    ["a range of null", { ...definition, ranges: [null] }, ["ranges", 0]],
    ["a range of text", { ...definition, ranges: [{ from: "0", to: 1, variant: "a" }] }, ["ranges", 0]],
    ["factors without levels", { ...definition, factors: { x: ["1"] } }, ["variants", 0]],
  ])("a definition that is %s is refused at its place", (_name, given, path) => {
    expect(refusal(() => createBandit(given as never, { thompson })).path).toEqual(path);
  });

  test("settings are typed by the parts passed", () => {
    createBandit(definitionOf(3, "sharpened"), { sharpened }, { settings: { horizon: 10 } });
    const misspelt = () =>
      createBandit(
        definitionOf(3, "sharpened"),
        { sharpened },
        {
          // @ts-expect-error
          settings: { horizn: 1 },
        },
      );
    expect(misspelt).toThrow();
    // @ts-expect-error: thompson has none
    expect(() => createBandit(definition, { thompson }, { settings: { horizon: 1 } })).toThrow();
    // @ts-expect-error: misspelt
    expect(() => net({ cost: {} })).toThrow();
  });
});
