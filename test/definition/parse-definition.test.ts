import { defineCatalogue, defineExperiment, ExperimentError } from "essai";
import { parseCatalogue, parseDefinition, parseExperiment } from "essai/schema";
import { describe, expect, it } from "vitest";
import golden from "./golden-definition.json" with { type: "json" };

const told = (call: () => unknown) => {
  try {
    call();
  } catch (error) {
    if (error instanceof ExperimentError)
      return error.problems.map(({ code, path }) => [code, path.join(".")]);
    throw error;
  }
  return [];
};

const input = {
  key: "hillstrom",
  unit: "customer",
  variants: { none: null, mens: { mail: "mens" }, womens: { mail: "womens" } },
  control: "none",
  metrics: [
    { key: "visit", type: "conversion" },
    { key: "spend", type: "mean", role: "guardrail", better: "higher", margin: 0.02 },
    { key: "basket", type: "ratio", numerator: { column: "spend" }, denominator: { event: "order" } },
  ],
} as const;

describe("parseDefinition", () => {
  it("reads the golden definition back to the same bytes", () => {
    const made = defineExperiment(input);
    expect(JSON.stringify(parseDefinition(golden))).toBe(JSON.stringify(golden));
    expect(JSON.parse(JSON.stringify(made))).toEqual(golden);
    expect(Object.isFrozen(parseDefinition(golden).metrics)).toBe(true);
  });

  it("reports everything at once", () => {
    const wrong = {
      ...golden,
      control: "nobody",
      coverage: -1,
      speed: 3,
      ranges: [{ from: 0, to: 10, variant: "none" }],
      metrics: [
        { key: "visit", type: "conversion", role: "goal", colum: "v" },
        { key: "x", type: "meen", role: "goal" },
      ],
    };
    expect(told(() => parseDefinition(wrong))).toEqual([
      ["unknown_key", "speed"],
      ["out_of_range", "coverage"],
      ["unknown_key", "metrics.0.colum"],
      ["unknown_name", "metrics.1.type"],
      ["unknown_variant", "control"],
      ["invalid_ranges", "ranges"],
    ]);
  });

  it("says of another format only that", () => {
    const later = { format: "essai.experiment/9", arms: "all", variants: 3 };
    expect(told(() => parseDefinition(later))).toEqual([["unsupported_format", "format"]]);
    expect(told(() => parseExperiment(later))).toEqual([["unsupported_format", "format"]]);
    expect(told(() => parseCatalogue({ experiments: [later, golden] }))).toEqual([
      ["unsupported_format", "experiments.0.format"],
    ]);
    expect(told(() => parseCatalogue({ format: "essai.catalogue/9", experiments: 7 }))).toEqual([
      ["unsupported_format", "format"],
    ]);
  });

  it.each([undefined, null, 1, "x", [], {}])("refuses %o, typed", (json) => {
    expect(told(() => parseDefinition(json)).length).toBeGreaterThan(0);
  });

  it("refuses ranges with a hole or an overlap, and ends that are not points", () => {
    for (const ranges of [
      [
        { from: 0, to: 5, variant: "none" },
        { from: 6, to: 2 ** 32, variant: "mens" },
      ],
      [
        { from: 0, to: 5, variant: "none" },
        { from: 4, to: 2 ** 32, variant: "mens" },
      ],
    ])
      expect(told(() => parseDefinition({ ...golden, ranges }))[0]).toEqual(["invalid_ranges", "ranges"]);
    const ranges = [
      { from: 0, to: 5.5, variant: "none" },
      { from: 5.5, to: 2 ** 32 + 1, variant: "mens" },
    ];
    expect(told(() => parseDefinition({ ...golden, ranges }))).toEqual([
      ["out_of_range", "ranges.0.to"],
      ["out_of_range", "ranges.1.from"],
      ["out_of_range", "ranges.1.to"],
    ]);
  });
});

describe("parseExperiment", () => {
  it("reads what defineExperiment takes, variants as an object or a list, with the data section", () => {
    const data = { file: "mail.csv", variant: { column: "segment" }, dimensions: ["channel"] };
    const parsed = parseExperiment({ ...input, data });
    expect(parsed).toEqual({ definition: defineExperiment(input), data });
    const variants = ["mens", "none", "womens"].map((key) => ({
      key,
      payload: input.variants[key as "mens"],
    }));
    expect(parseExperiment({ ...input, variants }).definition).toEqual(parsed.definition);
    expect(parseExperiment(golden)).toEqual({ definition: golden });
  });

  it("reports problems of the experiment and of the data section together", () => {
    const call = () =>
      parseExperiment({
        ...input,
        coverage: "all",
        metrics: [{ key: "m" }],
        data: { variant: 7, colour: "x" },
      });
    const problems = told(call);
    expect(problems).toContainEqual(["wrong_type", "coverage"]);
    expect(problems).toContainEqual(["missing_value", "metrics.0.type"]);
    expect(problems.some(([, path]) => path?.startsWith("data"))).toBe(true);
  });

  it("refuses duplicate keys, which only a list can have", () => {
    const variants = [
      { key: "control", payload: 1 },
      { key: "control", payload: 2 },
    ];
    expect(told(() => parseExperiment({ key: "x", unit: "u", variants }))).toEqual([
      ["duplicate_key", "variants.1.key"],
    ]);
  });
});

describe("parseCatalogue", () => {
  const a = defineExperiment({ key: "a", unit: "u", variants: { control: 0, b: 1 } });
  const catalogue = defineCatalogue({ experiments: [a], holdouts: [{ key: "h", share: 0.1, unit: "u" }] });

  it("reads a catalogue back to the same bytes", () => {
    expect(JSON.stringify(parseCatalogue(JSON.parse(JSON.stringify(catalogue))))).toBe(
      JSON.stringify(catalogue),
    );
  });

  it("reports everything at once, of the definitions, between them and in between", () => {
    const wrong = {
      ...catalogue,
      experiments: [
        { ...a, coverage: 2, speed: 1 },
        { ...a, control: "z" },
      ],
      holdouts: [{ key: "h", share: 2, unit: "u", wide: 1 }],
    };
    expect(told(() => parseCatalogue(wrong))).toEqual([
      ["unknown_key", "holdouts.0.wide"],
      ["out_of_range", "holdouts.0.share"],
      ["unknown_key", "experiments.0.speed"],
      ["out_of_range", "experiments.0.coverage"],
      ["unknown_variant", "experiments.1.control"],
    ]);
  });
});
