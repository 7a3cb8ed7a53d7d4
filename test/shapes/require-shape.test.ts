import { describe, expect, test } from "vitest";
import { stateFields } from "../../src/bandits/state/state-fields.js";
import { ExperimentError } from "../../src/errors/index.js";
import { requireKeys, requireShape, type Shape, shapeProblems } from "../../src/shapes/index.js";
import { fc } from "../properties.js";

const shape = { kind: "object", has: stateFields } as const satisfies Shape;
const state = () => ({
  format: "essai.bandit/1",
  setup: {
    experiment: "e",
    definitionVersion: 1,
    salt: "",
    control: "a",
    arms: [{ key: "a", payload: null, action: { variant: "a" }, share: 1, status: "live" }],
    policy: { name: "thompson", settings: {} },
    model: { name: "bernoulli", settings: { a: 1 } },
    constraints: [{ name: "floor", settings: null }],
  },
  rewards: 3,
  sums: [[1, 2]],
});

const found = (value: unknown): ExperimentError | undefined => {
  try {
    requireShape(value, shape, []);
  } catch (error) {
    return error as ExperimentError;
  }
  return undefined;
};

type Place = { readonly parent: Record<string, unknown>; readonly key: string };
const placesOf = (value: unknown): Place[] =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => [
        { parent: value as Record<string, unknown>, key },
        ...placesOf(inner),
      ])
    : [];

describe("a shape checked where bytes count", () => {
  test("accepts and refuses what the whole check does, and tells one of its problems", () => {
    const other = fc.constantFrom<unknown>(
      ...[undefined, null, true, "", "x", 0, -1, 0.5, Number.NaN, 1 / 0, [], {}, [null], { key: 1 }],
      ...[new Date(0), new Map()],
    );
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom("set", "delete", "rename", "add"), other, (at, how, value) => {
        const mutated = state();
        const places = placesOf(mutated);
        const { parent, key } = places[at % places.length]!;
        if (how === "set" || how === "add") parent[how === "set" ? key : "extra"] = value;
        else {
          if (how === "rename") parent[`${key}s`] = parent[key];
          delete parent[key];
        }
        const whole = shapeProblems(mutated, shape);
        const first = found(mutated);
        expect(first === undefined).toBe(whole.length === 0);
        if (first)
          expect(whole.map(({ code, path }) => `${code} ${path.join(".")}`)).toContain(
            `${first.code} ${first.path.join(".")}`,
          );
      }),
      { numRuns: 2_000 },
    );
  });

  test("accepts what has the shape", () => {
    expect(found(state())).toBeUndefined();
  });

  test("keys alone: an unknown one is told with the nearest", () => {
    expect(() => requireKeys({ constraint: [] }, { constraints: 1 })).toThrow(ExperimentError);
    expect(() => requireKeys({ constraints: 5, none: undefined }, { constraints: 1 })).not.toThrow();
    for (const value of [undefined, null, [], "x", new Date(0)])
      expect(() => requireKeys(value, {}, ["options"])).toThrow(/^options: /);
  });
});
