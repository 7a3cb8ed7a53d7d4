import {
  assign,
  createAssigner,
  defineCatalogue,
  defineExperiment,
  ExperimentError,
  hydrate,
  reallocate,
} from "essai";
import { parseCatalogue, parseDefinition, parseExperiment } from "essai/schema";
import { afterAll, describe, expect, it } from "vitest";
import { fc } from "../properties.js";

/** 100,000 with `ESSAI_ABUSE_RUNS=100000 npx vitest run test/assignment/abuse`; a slice otherwise. */
const runs = Number(process.env.ESSAI_ABUSE_RUNS ?? 500);
const options = { numRuns: runs };
const before = [Object.prototype, Array.prototype, Function.prototype].map(
  (each) => Reflect.ownKeys(each).length,
);

/** What came of a call: its value, or undefined for a typed refusal; anything else fails the test. */
function typed<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch (error) {
    if (
      error instanceof ExperimentError &&
      error.problems.every(({ code, message, fix }) => code && message && fix)
    )
      return undefined;
    throw error;
  }
}

const names = fc.constantFrom(
  ...[
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "hasOwnProperty",
    "",
    "0",
    "7",
    "control",
    "b",
    "userId",
  ],
  ...["\ud800", "é", "e\u0301", "日本", "😀", "a".repeat(300), "all", "any", "not", "segment", "attribute"],
);
const edges = fc.constantFrom<unknown>(
  ...[
    Number.NaN,
    Infinity,
    -Infinity,
    -0,
    2 ** 53,
    -(2 ** 53),
    2 ** 32,
    0.1 + 0.2,
    1e-320,
    undefined,
    null,
    true,
  ],
  ...[
    () => 1,
    Symbol("s"),
    10n,
    new Date(Number.NaN),
    new Map(),
    new Set([1]),
    /x/,
    [],
    {},
    [[[]]],
    new Array(3),
  ],
);
const hostile: fc.Arbitrary<unknown> = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, depthSize: "small" },
    edges,
    names,
    fc.anything(),
    fc.array(tie("tree"), { maxLength: 4 }),
    fc
      .array(fc.tuple(names, tie("tree")), { maxLength: 4 })
      // As JSON.parse would: own properties of any name, `__proto__` too.
      .map((entries) => {
        const made = {};
        for (const [key, value] of entries)
          Object.defineProperty(made, key, { value, enumerable: true, configurable: true, writable: true });
        return made;
      }),
  ),
})).tree;

const test = fc.constantFrom(
  ...[
    "eq",
    "neq",
    "in",
    "notIn",
    "lt",
    "gte",
    "before",
    "since",
    "exists",
    "startsWith",
    "contains",
    "matches",
  ],
  ...["versionLt", "versionGte", "has", "hasAny", "hasAll", "near", "__proto__"],
);
const operand = fc.oneof(
  fc.constantFrom<unknown>(
    "FR",
    "",
    "*a*",
    "2026-01-01",
    "1.2.3-rc.1",
    5,
    0,
    true,
    ["FR"],
    [1, 2],
    ["a", "b"],
  ),
  edges,
);
const condition = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 6, depthSize: "small" },
    fc.record({ attribute: names, name: test, operand }).map(
      ({ attribute, name, operand: value }) =>
        JSON.parse(JSON.stringify({ attribute })) &&
        Object.fromEntries([
          ["attribute", attribute],
          [name, value],
        ]),
    ),
    fc.record({ segment: names }),
    fc.record({ not: tie("node") }),
    fc.record({ all: fc.array(tie("node"), { maxLength: 4 }) }),
    fc.record({ any: fc.array(tie("node"), { maxLength: 4 }) }),
  ),
})).node;

const base = {
  key: "x",
  unit: "userId",
  variants: { control: 0, b: { deep: [1, "é"] } },
  allocation: { control: 0.5, b: 0.5 },
  coverage: 0.9,
  metrics: [{ key: "m", type: "mean" }],
  attributes: { country: "string", age: "number" },
  audience: {
    any: [
      { attribute: "country", eq: "FR" },
      { attribute: "age", gte: 3 },
    ],
  },
  segments: { s: { attribute: "age", lt: 9 } },
  rules: [{ key: "r", when: { segment: "s" }, variant: "b", holdback: 0.2 }],
  layer: { key: "l", ranges: [[0, 2 ** 31]] },
  schedule: { from: "2026-01-01", until: "2027-01-01" },
  prerequisites: [] as unknown[],
  overrides: [{ unitId: "u", variant: "b" }],
  status: "running",
};
/** The base with a few of its properties replaced or new. */
const bent = fc
  .array(
    fc.oneof(
      fc.tuple(fc.oneof(fc.constantFrom(...Object.keys(base)), names), hostile),
      fc.tuple(fc.constantFrom("audience"), condition),
      fc.tuple(fc.constant("segments"), fc.dictionary(names, condition, { maxKeys: 3 })),
      fc.tuple(
        fc.constant("rules"),
        fc
          .array(condition, { maxLength: 3 })
          .map((all) => all.map((when, i) => ({ key: `r${i}`, when, variant: "b" }))),
      ),
      fc.tuple(
        fc.constantFrom("attributes", "layer", "schedule", "rules", "prerequisites"),
        fc.constant(undefined),
      ),
    ),
    { maxLength: 4 },
  )
  .map((changes) => {
    const made: Record<string, unknown> = { ...base };
    for (const [key, value] of changes)
      Object.defineProperty(made, key, { value, enumerable: true, configurable: true, writable: true });
    return made;
  });
const context = fc.oneof(
  fc.record({
    userId: fc.oneof(names, fc.string({ unit: "binary" }), edges),
    country: fc.oneof(names, edges),
    age: fc.oneof(edges, fc.double()),
  }),
  hostile,
);
const calls = fc.constantFrom<object | undefined>(
  undefined,
  { now: new Date("2026-06-01") },
  { now: Number.NaN },
  { now: 0, overrides: { x: "b" } },
  { now: 1.8e12, overrides: JSON.parse('{"x":"__proto__","__proto__":"b"}') },
);

describe("whatever comes in, what comes out is an answer or a typed error", () => {
  it("through defineExperiment, reallocate, the catalogue and the assigner", () => {
    let accepted = 0;
    fc.assert(
      fc.property(bent, context, calls, (input, unit, call) => {
        const definition = typed(() => defineExperiment(input as never));
        if (!definition) return;
        accepted++;
        typed(() => assign(definition, unit as object));
        typed(() => reallocate(definition, { coverage: 0.1 }));
        typed(() => defineCatalogue({ experiments: [definition] }));
        const assigner = typed(() => createAssigner({ experiments: [definition] }));
        const first = assigner && typed(() => assigner.assign(definition, unit as object, call));
        if (first) expect(assigner.assign(definition, unit as object, call)).toEqual(first);
      }),
      options,
    );
    expect(accepted).toBeGreaterThan(runs / 50);
  });

  it("through the parsers, from anything", () => {
    fc.assert(
      fc.property(fc.oneof(hostile, bent), (input) => {
        typed(() => parseDefinition(input));
        typed(() => parseExperiment(input));
        typed(() => parseCatalogue(input));
        typed(() => parseCatalogue({ experiments: [input] }));
        typed(() => defineCatalogue(input as never));
        typed(() => createAssigner(input as never));
        typed(() => hydrate(input as never));
      }),
      options,
    );
  });

  it("and a condition that is accepted never throws for any context", () => {
    fc.assert(
      fc.property(condition, fc.array(hostile, { maxLength: 3 }), (audience, contexts) => {
        const definition = typed(() =>
          defineExperiment({ ...base, attributes: undefined, audience } as never),
        );
        const assigner = definition && typed(() => createAssigner({ experiments: [definition] }));
        if (!assigner) return;
        for (const each of contexts)
          assigner.assign("x", { ...Object(each), userId: "u1" }, { now: new Date("2026-06-01") });
      }),
      options,
    );
  });

  it("a definition of a hundred thousand metrics, a name of a million letters, a list of 100,000 ids: no hang", () => {
    const many = Array.from({ length: 100_000 }, () => ({ key: 1 }));
    const start = process.cpuUsage().user;
    expect(typed(() => defineExperiment({ ...base, metrics: many } as never))).toBeUndefined();
    expect(typed(() => defineExperiment({ ...base, key: "k".repeat(1e6) } as never))).toBeUndefined();
    const ids = Array.from({ length: 100_000 }, (_, i) => `u${i}`);
    const audience = {
      all: [{ attribute: "userId", in: ids }, { not: { attribute: "userId", in: ids.slice(1) } }],
    };
    typed(() => defineExperiment({ ...base, attributes: undefined, audience } as never));
    expect(process.cpuUsage().user - start).toBeLessThan(6e6);
  });
});

afterAll(() => {
  const after = [Object.prototype, Array.prototype, Function.prototype].map(
    (each) => Reflect.ownKeys(each).length,
  );
  expect(after).toEqual(before);
  expect(({} as Record<string, unknown>).b).toBeUndefined();
});
