import { defineExperiment, ExperimentError, type Factors } from "essai";
import {
  type Design,
  designOf,
  factorialColumns,
  fractionalFactorial,
  fullFactorial,
  optimalDesign,
  orthogonalArray,
  plackettBurman,
  variantOf,
} from "essai/designs";
import { randomSource } from "essai/random";
import { describe, expect, it } from "vitest";
import { fc } from "../../properties.js";

// biome-ignore lint/suspicious/noExplicitAny: hostile input has no type
type Hostile = any;

const name = fc.oneof(
  fc.constantFrom("a", "b", "A", "__proto__", "constructor", "toString", "1", "", " ", "a:b", "\ud800"),
  fc.string({ maxLength: 4 }),
);
const level = fc.oneof(
  fc.constantFrom(
    0,
    -0,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    2 ** 53,
    null,
    undefined,
    true,
    "x",
    "",
    "\udfff",
  ),
  fc.string({ maxLength: 4 }),
  fc.anything({ maxDepth: 1 }),
);
const factors = fc.oneof(
  fc.dictionary(
    name,
    fc.oneof(fc.array(level, { maxLength: 4 }), fc.constantFrom<Hostile>(["x", "y"], [1, 2])),
    {
      maxKeys: 5,
    },
  ),
  fc.anything(),
);
const words = fc.oneof(
  fc.array(
    fc.oneof(
      fc.constantFrom("a", "A", "AB", "C=AB", "a:b", "b=-a", "="),
      fc.string({ maxLength: 6 }),
      fc.anything({ maxDepth: 1 }),
    ),
    { maxLength: 3 },
  ),
  fc.anything(),
);
const forbid = fc.oneof(
  fc.array(fc.dictionary(name, level, { maxKeys: 2 }), { maxLength: 2 }),
  fc.anything(),
);

/** Runs something; whatever it throws has to be a typed error with a path. */
function typed(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof ExperimentError)) throw error;
    expect(error.problems.length).toBeGreaterThan(0);
  }
}

describe("hostile input", () => {
  it("is refused by a typed error, never by another, and writes no prototype", () => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    fc.assert(
      fc.property(
        factors,
        words,
        forbid,
        fc.oneof(fc.integer(), fc.anything()),
        (given: Hostile, list: Hostile, parts: Hostile, runs: Hostile) => {
          const makers: (() => Hostile)[] = [
            () => fullFactorial(given, { forbid: parts }),
            () => fractionalFactorial(given, list),
            () => plackettBurman(given, { runs }),
            () => orthogonalArray(given, { runs }),
            () => optimalDesign(given, { runs, random: randomSource(1), effects: list, forbid: parts }),
            () => optimalDesign(given, runs),
            () => fullFactorial(given),
          ];
          for (const make of makers)
            typed(() => {
              const design = make();
              typed(() => design.aliases(list));
              typed(() => design.estimable(list));
              typed(() => design.columns(list));
              typed(() => design.efficiency(list));
              defineExperiment({ key: "k", unit: "u", design: design as Design<Factors> });
            });
          typed(() => {
            const definition = defineExperiment({ key: "k", unit: "u", factors: given });
            typed(() => variantOf(definition, parts));
            typed(() => factorialColumns(definition, list));
            expect(designOf(definition).resolution).toBe("full");
          });
          typed(() => defineExperiment({ key: "k", unit: "u", design: given } as Hostile));
          typed(() =>
            defineExperiment({
              key: "k",
              unit: "u",
              factors: parts,
              variants: { a: given, b: 1 },
              control: "a",
            } as Hostile),
          );
        },
      ),
      { numRuns: 500 },
    );
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  });
});
