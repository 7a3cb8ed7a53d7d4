import { assign, defineCatalogue, defineExperiment, reallocate } from "essai";
import { fractionalFactorial } from "essai/designs";
import { parseExperiment } from "essai/schema";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../src/core/canonical-json.js";
import { byCodePoint } from "../../src/core/code-point-order.js";
import type { Json } from "../../src/core/json.js";
import { fc } from "../properties.js";

/** The same value with the keys of every object in another order. */
function shuffled(value: unknown, rank: (key: string) => number): unknown {
  if (Array.isArray(value)) return value.map((each) => shuffled(each, rank));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => rank(a) - rank(b))
      .map(([key, each]) => [key, shuffled(each, rank)]),
  );
}
const orders = fc.integer().map((seed) => (key: string) => {
  let hash = seed;
  for (const char of key) hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193);
  return hash;
});

const plain = {
  key: "offer",
  unit: "userId",
  variants: { control: { text: "a", size: 1 }, bundle: null, "é-mail": 2, zebra: [1], Z: 0 },
  allocation: { control: 0.4, bundle: 0.3, "é-mail": 0.2, zebra: 0.1, Z: 0 },
  attributes: { country: "string", age: "number" },
  segments: { adult: { attribute: "age", gte: 18 }, french: { attribute: "country", eq: "FR" } },
  audience: { all: [{ segment: "adult" }, { attribute: "country", in: ["FR", "BE"] }] },
  rules: [{ key: "r", when: { segment: "french" }, variant: "zebra" }],
  ruleOrder: "first",
  metrics: [{ key: "m", type: "ratio", numerator: { column: "a" }, denominator: { column: "b" } }],
  plan: { level: 0.9 },
};
const factorial = {
  key: "landing",
  unit: "userId",
  factors: { hero: ["A", "B"], cta: ["Buy", "Try"], Size: [1, 2] },
};

describe("the order of object keys means nothing", () => {
  it.each([
    ["variants, allocation, segments, rules", plain],
    ["factors", factorial],
  ])("%s: every order of keys gives the same definition", (_, input) => {
    const written = parseExperiment(input).definition;
    fc.assert(
      fc.property(orders, (rank) => {
        const read = parseExperiment(shuffled(input, rank)).definition;
        expect(canonicalJson(read as unknown as Json)).toBe(canonicalJson(written as unknown as Json));
        expect(read.ranges).toEqual(written.ranges);
      }),
    );
  });

  it("units stay where they are, through reallocation too", () => {
    const { audience: _, rules: __, ruleOrder: ___, ...simple } = plain;
    const changes = {
      add: { new: 1, alt: 2 },
      allocation: { control: 0.5, bundle: 0, "é-mail": 0, zebra: 0, Z: 0, new: 0.3, alt: 0.2 },
    };
    const next = (rank: (key: string) => number) => {
      const first = defineExperiment(shuffled(simple, rank) as never);
      return [first, reallocate(first, shuffled(changes, rank) as never)] as const;
    };
    const written = next(() => 0);
    fc.assert(
      fc.property(orders, (rank) => {
        next(rank).forEach((definition, version) => {
          for (let i = 0; i < 50; i++)
            expect(assign(definition, { userId: `u${i}` })).toEqual(
              assign(written[version]!, { userId: `u${i}` }),
            );
        });
      }),
      { numRuns: 30 },
    );
  });

  it("designs take their factors in canonical order", () => {
    const levels = { hero: ["A", "B"], cta: ["x", "y"], channel: ["m", "n"], price: [1, 2] };
    const generators = ["price=hero:cta:channel"];
    const written = fractionalFactorial(levels, generators);
    fc.assert(
      fc.property(orders, (rank) => {
        const read = fractionalFactorial(shuffled(levels, rank) as typeof levels, generators);
        expect(read.variants).toEqual(written.variants);
        expect(Object.keys(read.variants)).toEqual(Object.keys(written.variants));
      }),
      { numRuns: 20 },
    );
  });

  it("a catalogue that went through a store that reorders keys is the same catalogue", () => {
    const catalogue = defineCatalogue({ experiments: [parseExperiment(plain).definition] });
    const sorted = shuffled(catalogue, (key) => key.length) as typeof catalogue;
    expect(canonicalJson(defineCatalogue(sorted) as unknown as Json)).toBe(
      canonicalJson(catalogue as unknown as Json),
    );
  });

  it("is by code point, which is not JavaScript's order of strings", () => {
    // U+FF5E is one unit above the surrogates of U+1F600.
    const names = ["😀", "～", "a", "B", "", "ab", "é"];
    expect([...names].sort(byCodePoint)).toEqual(["", "B", "a", "ab", "é", "～", "😀"]);
    expect([...names].sort()).not.toEqual([...names].sort(byCodePoint));
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (a, b) => {
        const points = (text: string) => [...text].map((char) => char.codePointAt(0)!);
        const [x, y] = [points(a), points(b)];
        const at = x.findIndex((point, i) => point !== y[i]);
        const expected = at < 0 ? x.length - y.length : y[at] === undefined ? 1 : x[at]! - y[at]!;
        expect(Math.sign(byCodePoint(a, b))).toBe(Math.sign(expected));
      }),
    );
  });

  it("canonical JSON has one order of keys at every depth, and leaves lists as written", () => {
    const text = '{"9":{"a":"é","z":null},"10":1,"b":[2,1]}';
    expect(canonicalJson({ b: [2, 1], "10": 1, "9": { z: null, a: "é" } })).toBe(text);
    expect(canonicalJson({ "9": { a: "é", z: null, y: undefined }, b: [2, 1], "10": 1 })).toBe(text);
    // What JSON leaves out is left out: parts of a bandit have methods.
    expect(canonicalJson({ "9": { a: "é", z: null, of: () => 1 }, b: [2, 1], "10": 1 })).toBe(text);
  });
});
