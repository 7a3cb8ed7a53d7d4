import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Ajv2020 } from "ajv/dist/2020.js";
import { assign, defineCatalogue, type ExperimentError } from "essai";
import { analyze, fromCells } from "essai/analysis";
import { exposureOf } from "essai/exposures";
import {
  jsonSchema,
  parseBanditRounds,
  parseBanditState,
  parseCatalogue,
  parseCells,
  parseDefinition,
  parseExperiment,
  parseExposure,
  parseReport,
  type SchemaName,
} from "essai/schema";
import { describe, expect, it } from "vitest";
import { top } from "../boundaries/source-files.js";

const read = (file: string) => readFileSync(join(top, "docs/examples", file));
const json = (file: string) => JSON.parse(read(file).toString());

const hillstrom = json("hillstrom/experiment.json");
const { definition } = parseExperiment(hillstrom);
const cells = json("hillstrom/cells.json");
const line = gunzipSync(read("spring/decisions.jsonl.gz")).toString().split("\n", 1)[0]!;
const round = parseBanditRounds([JSON.parse(line)])[0];
const report = await analyze({ experiment: definition, source: fromCells(parseCells(cells)) });

/** A real value of every schema, and the parser that reads the same thing, where there is one. */
const samples: Record<SchemaName, { value: unknown; parse?: (value: unknown) => unknown; open?: boolean }> = {
  experiment: { value: hillstrom, parse: parseExperiment },
  definition: { value: definition, parse: parseDefinition },
  catalogue: { value: defineCatalogue({ experiments: [definition] }), parse: parseCatalogue },
  metric: { value: definition.metrics[0] },
  data: { value: hillstrom.data },
  cells: { value: cells, parse: parseCells },
  bandit: { value: json("spring/state.json"), parse: parseBanditState },
  round: { value: round, parse: (value) => parseBanditRounds([value]), open: true },
  exposure: {
    value: exposureOf(
      { ...assign(definition, { customer: "u1" }), rule: "vip", heldBack: true } as never,
      Date.UTC(2026, 2, 1),
      { channel: "email" },
    ),
    parse: parseExposure,
  },
  report: { value: report, parse: parseReport },
};

const copyOf = (value: unknown) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
const refuses = (parse: (value: unknown) => unknown, value: unknown) => {
  try {
    parse(value);
    return false;
  } catch {
    return true;
  }
};

describe.each(Object.entries(samples))("jsonSchema(%j)", (name, { value, parse, open }) => {
  const schema = jsonSchema(name as SchemaName);
  const valid = new Ajv2020({ strict: false }).compile(schema);

  it("says which draft it is and what it describes", () => {
    expect(schema.$schema).toBe("https://json-schema.org/draft/2020-12/schema");
    expect(schema.title).toMatch(/^[A-Z]/);
  });

  it("accepts what the library writes or reads", () => {
    expect(valid(copyOf(value)), JSON.stringify(valid.errors)).toBe(true);
    if (parse) expect(refuses(parse, copyOf(value))).toBe(false);
  });

  it("refuses a value without a required key, as the parser does", () => {
    const either = (schema.oneOf ?? schema.anyOf ?? [schema]) as { required: string[] }[];
    const required = either[0]!.required.filter((key) => either.every((each) => each.required.includes(key)));
    if (name !== "data") expect(required.length).toBeGreaterThan(0);
    for (const key of required) {
      const { [key]: _, ...rest } = copyOf(value);
      expect(valid(rest), key).toBe(false);
      if (parse) expect(refuses(parse, rest), key).toBe(true);
    }
  });

  it(`${open ? "takes" : "refuses"} an unknown key, as the parser does`, () => {
    const wider = { ...copyOf(value), colour: "blue" };
    expect(valid(wider)).toBe(Boolean(open));
    if (parse) expect(refuses(parse, wider)).toBe(!open);
  });
});

describe("jsonSchema", () => {
  it("gives a new object each time", () => {
    const first = jsonSchema("cells");
    first.title = "mine";
    expect(jsonSchema("cells").title).not.toBe("mine");
  });

  it("refuses a name it does not know, with the nearest one", () => {
    expect(() => jsonSchema("experimet" as never)).toThrow(
      expect.objectContaining({
        code: "unknown_name",
        path: ["name"],
        message: expect.stringContaining('"experiment"'),
      }),
    );
    expect(() => jsonSchema("toString" as never)).toThrow(expect.objectContaining({ code: "unknown_name" }));
  });
});

describe("parseExposure", () => {
  const exposure = copyOf(samples.exposure.value);
  const problemsOf = (change: object) => {
    try {
      parseExposure({ ...exposure, ...change });
      return [];
    } catch (error) {
      return (error as ExperimentError).problems.map(({ code, path }) => `${code} ${path.join(".")}`);
    }
  };

  it("gives back what the log writes", () => {
    expect(parseExposure(exposure)).toBe(exposure);
    expect(problemsOf({ rule: undefined, heldBack: undefined, attributes: undefined })).toEqual([]);
  });

  it("tells every problem at once", () => {
    expect(
      problemsOf({ at: "yesterday", propensity: 2, attributes: { touch: 3, page: "" }, varant: "b" }),
    ).toEqual([
      "unknown_key varant",
      "out_of_range propensity",
      "wrong_type attributes.touch",
      "missing_value attributes.page",
      "invalid_instant at",
    ]);
    for (const at of ["2026-02-30", "2026-03-01T10:00", "1767225600000"])
      expect(problemsOf({ at })).toEqual(["invalid_instant at"]);
    for (const json of [null, undefined, [], "x"]) expect(() => parseExposure(json)).toThrow();
  });
});
