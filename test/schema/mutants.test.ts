import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { Ajv2020 } from "ajv/dist/2020.js";
import { defineCatalogue, defineExperiment, ExperimentError } from "essai";
import { fromCells } from "essai/analysis";
import { restoreBandit } from "essai/bandits";
import {
  jsonSchema,
  parseBanditState,
  parseCatalogue,
  parseCells,
  parseDefinition,
  parseExperiment,
  type SchemaName,
  zodSchema,
} from "essai/schema";
import { describe, expect, it } from "vitest";
import { mappingProblems } from "../../src/metrics/data/index.js";
import { inputOf, namedShapes } from "../../src/schema/json-schema.js";
import { shapeProblems } from "../../src/shapes/index.js";
import { top } from "../boundaries/source-files.js";
import { fc } from "../properties.js";
import { allParts, madeBandits } from "./made-bandits.js";
import { chancesOf, mutate } from "./mutants.js";

const json = (file: string) => JSON.parse(readFileSync(join(top, "docs/examples", file), "utf8"));

const experiment = {
  $schema: "./experiment.schema.json",
  key: "mails",
  unit: "customer",
  variants: { none: null, mens: { mail: "mens" }, womens: { mail: ["womens", 2] } },
  control: "none",
  allocation: { none: 0.2, mens: 0.4, womens: 0.4 },
  coverage: 0.5,
  metrics: [
    { key: "visit", type: "conversion" },
    {
      ...{ key: "spend", type: "mean", role: "guardrail", better: "higher", margin: 0.02, value: "amount" },
      ...{ window: { from: 1, to: 14 }, cap: 500 },
      covariates: [{ column: "history" }, { before: "14 days" }],
    },
    {
      key: "basket",
      type: "ratio",
      numerator: { column: "spend", of: "sum" },
      denominator: { event: "order", window: { to: 7 } },
    },
  ],
  plan: { level: 0.9, macro: "hochberg" },
  attributes: { country: "string", age: "number", tier: ["a", "b"], app: "version", since: "date" },
  segments: { grown: { attribute: "age", gte: 18 } },
  audience: { all: [{ segment: "grown" }, { not: { attribute: "country", in: ["FR", "BE"] } }] },
  rules: [{ key: "vip", when: { attribute: "tier", eq: "a" }, variant: "mens", holdback: 0.2 }],
  ruleOrder: "first",
  layer: { key: "mail", ranges: [[0, 1000]] },
  prerequisites: [{ experiment: "other", variants: ["b"] }],
  schedule: { from: "2026-01-01", until: "2026-02-01T00:00:00Z" },
  status: "running",
  overrides: [{ unitId: "u1", variant: "mens" }],
};
const { $schema: _, ...written } = experiment;
const plain = { key: "other", unit: "customer", variants: { control: 0, b: 1 }, salt: "s" };
const factorial = {
  key: "page",
  unit: "visitor",
  factors: { hero: ["A", "B"], cta: ["Buy", "Try"] },
  metrics: [{ key: "clicks", type: "count", event: "click" }],
  data: {
    exposures: { file: "seen.csv", unit: "id", at: "t", variant: { column: "v", values: { x: "a" } } },
    events: { table: "done", unit: "id", at: "t", event: "name" },
    windowDays: 7,
  },
};
const definition = defineExperiment(written as never);
const catalogue = defineCatalogue({
  experiments: [definition, defineExperiment(plain)],
  segments: { web: { attribute: "channel", eq: "web" } },
  holdouts: [{ key: "h", share: 0.05, unit: "customer" }],
});
const handWritten = {
  $schema: experiment.$schema,
  experiments: [
    { ...plain, allocation: { control: 0.4, b: 0.6 }, coverage: 0.5 },
    { key: "page", unit: "visitor", factors: factorial.factors, audience: { segment: "web" } },
  ],
  segments: { web: { attribute: "channel", eq: "web" } },
};
const mapping = {
  file: "mails.csv",
  variant: { column: "segment", values: { "No E-Mail": "none" }, unknown: "ignore" },
  unit: "customer",
  dimensions: { channel: "ch" },
};

/** What is read, by the format's name: values, and the function that reads one and gives what was understood. */
const inputs: readonly {
  readonly name: SchemaName;
  readonly values: readonly unknown[];
  readonly read: (value: unknown) => unknown;
}[] = [
  { name: "definition", values: [definition], read: parseDefinition },
  { name: "experiment", values: [experiment, factorial, plain], read: parseExperiment },
  { name: "catalogue", values: [catalogue, handWritten], read: parseCatalogue },
  {
    name: "data",
    values: [mapping, factorial.data],
    read(value) {
      const [first] = mappingProblems(value);
      if (first) throw new ExperimentError({ [first.code]: ["", ""] }, first.path, first.received);
      return value;
    },
  },
  {
    name: "bandit",
    values: [json("spring/state.json"), ...madeBandits],
    read: (value) => restoreBandit(parseBanditState(value), allParts),
  },
  {
    name: "cells",
    values: [json("hillstrom/cells.json")].map((cells) => ({ ...cells, cells: cells.cells.slice(0, 3) })),
    read(value) {
      fromCells(value);
      return parseCells(value);
    },
  },
];

/** What is filled in where it is not said: leaving it out, or saying it, changes nothing. */
const defaults: Readonly<Record<string, readonly unknown[]>> = {
  $schema: [experiment.$schema, "", "x", "control", "1", "2026-02-30", "holm", "dunnett"],
  role: ["goal"],
  format: ["essai.catalogue/1", "essai.experiment/1"],
  salt: ["mails", "page", "other"],
  macro: ["holm"],
  micro: ["benjamini-hochberg"],
  level: [0.95],
  holdback: [0.1],
  hash: ["murmur3-1"],
  policy: ["fixed"],
  ranges: catalogue.experiments.map(({ ranges }) => ranges),
  metrics: [[]],
  plan: [{}, ...catalogue.experiments.map(({ plan }) => plan)],
  coverage: [1],
  version: [1],
  excluded: [{}],
  // Of the model `factorial`.
  pairs: [true],
  link: ["logistic"],
  interaction: [0.15],
  main: [0.25],
  segmentInteraction: [0.45],
  mean: [0.1],
  // Of the objective `net`.
  values: [{}],
  costs: [{}],
  levels: [{}],
  customer: [null],
};

type Outcome = { readonly understood: string } | { readonly refused: readonly string[] };
function outcomeOf(read: (value: unknown) => unknown, value: unknown): Outcome {
  try {
    return { understood: JSON.stringify(read(value)) };
  } catch (error) {
    if (!(error instanceof ExperimentError)) throw error;
    return { refused: error.problems.map(({ code, path }) => `${code} at ${path.join(".")}`) };
  }
}

/** `.ci/run` sets it: 100,000 mutants, where `npm test` takes a few thousand of them. */
const mutants = Number(process.env.ESSAI_MUTANTS ?? 4_000);
const ajv = new Ajv2020({ strict: false });

describe("one table per input", () => {
  const cases = inputs.flatMap(({ name, values, read }) => {
    const [, shape] = inputOf(name);
    const [valid, zod] = [ajv.compile(jsonSchema(name)), zodSchema(name)];
    return values.map((value) => ({ name, value, read, shape, valid, zod }));
  });

  it.each(cases)("the $name as it is written is read", ({ value, read, shape, valid, zod }) => {
    expect(shapeProblems(value, shape, [], namedShapes)).toEqual([]);
    expect(valid(JSON.parse(JSON.stringify(value)))).toBe(true);
    expect(zod.safeParse(value).success).toBe(true);
    expect(outcomeOf(read, value)).toHaveProperty("understood");
  });

  it("check, zod schema and JSON Schema agree on every mutant, and none is read with its change ignored", () => {
    const known = cases.map(({ value, read }) => outcomeOf(read, value));
    let [accepted, refused] = [0, 0];
    fc.assert(
      fc.property(fc.nat(cases.length - 1), fc.integer(), (i, seed) => {
        const { name, value, read, shape, valid, zod } = cases[i]!;
        const mutant = mutate(value, chancesOf(seed));
        const told = `${name}: ${mutant.done} ${mutant.key} ${JSON.stringify(mutant.part)}`;
        const fits = shapeProblems(mutant.value, shape, [], namedShapes).length === 0;
        expect(valid(mutant.value), `JSON Schema, ${told}`).toBe(fits);
        expect(zod.safeParse(mutant.value).success, `zod, ${told}`).toBe(fits);
        const outcome = outcomeOf(read, mutant.value);
        if (!fits) expect(outcome, `read, ${told}`).toHaveProperty("refused");
        if (name === "experiment") {
          const { data: _, ...own } = Object(mutant.value) as Record<string, unknown>;
          expect(
            "refused" in outcomeOf((each) => defineExperiment(each as never), own),
            `defineExperiment, ${told}`,
          ).toBe("refused" in outcomeOf(parseExperiment, own));
        }
        if ("refused" in outcome) {
          refused++;
          return;
        }
        accepted++;
        const same = isDeepStrictEqual(mutant.value, value);
        const meant = defaults[mutant.key]?.some(
          (each) => JSON.stringify(each) === JSON.stringify(mutant.part),
        );
        if (!same && !meant) expect(outcome, `ignored, ${told}`).not.toEqual(known[i]);
      }),
      { numRuns: mutants },
    );
    expect(Math.min(accepted, refused)).toBeGreaterThan(mutants / 50);
  }, 1_800_000);
});
