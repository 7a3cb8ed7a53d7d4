import type { ZodType } from "zod";
import { reportShape } from "../analysis/shapes/index.js";
import type { Json } from "../core/json.js";
import { catalogueFields, conditionShapes, definitionShape } from "../definition/index.js";
import { errorOf, nearName, problem, unknown_name } from "../errors/index.js";
import { exposureShape } from "../exposures/shapes/index.js";
import { cellsShape, dataMappingShape } from "../metrics/data/index.js";
import { metricInputShape } from "../metrics/index.js";
import { roundShape } from "../rounds/index.js";
import type { NamedShapes, Shape } from "../shapes/index.js";
import { banditShapes, banditStateShape } from "./bandit-state-shape.js";
import { describeKeys } from "./descriptions.js";
import { jsonSchemaOf } from "./json-schema-of.js";
import { experimentFileFields } from "./parse-definition.js";
import { zodOf } from "./zod-of.js";

const inputs = {
  experiment: [
    "An experiment file of essai, as a person writes it",
    { kind: "object", has: experimentFileFields },
  ],
  definition: ["A complete definition", definitionShape],
  catalogue: ["Experiments that run together", { kind: "object", has: catalogueFields }],
  metric: ["One metric of a definition", metricInputShape],
  data: ["Where an experiment's data are and what their columns are called", dataMappingShape],
  cells: ["Moments per cell", cellsShape],
  bandit: ["A bandit's state", banditStateShape],
  exposure: ["A unit saw its variant, as the log of exposures writes it", exposureShape],
  round: ["A decision and its reward, one line of a bandit's log", roundShape],
  report: ["A report, as analyze returns it", reportShape],
} as const satisfies Record<string, readonly [title: string, Shape]>;

/** Files that people write: their schemas say what each key means. */
const described: ReadonlySet<SchemaName> = new Set([
  "experiment",
  "definition",
  "catalogue",
  "metric",
  "data",
]);

/** Under which key such a file, or what it describes, stands in an experiment file. */
const roots: { readonly [name in SchemaName]?: string } = { metric: "metrics", data: "data" };

/** What `jsonSchema` and `zodSchema` describe: files that people write, and formats that essai writes. */
export type SchemaName = keyof typeof inputs;

/** The shapes that tables refer to by name. */
export const namedShapes: NamedShapes = { ...conditionShapes, ...banditShapes };

/**
 * The table that a format's schemas and its parser derive from.
 * @returns its title and shape
 * @throws ExperimentError `unknown_name` at ["name"]
 */
export function inputOf(name: SchemaName): readonly [title: string, Shape] {
  if (Object.hasOwn(inputs, name)) return inputs[name];
  throw errorOf([problem({ unknown_name }, ["name"], name, nearName(name, Object.keys(inputs)))]);
}

/**
 * JSON Schema (draft 2020-12) of one of essai's formats, for editors, other languages and stores. It describes the
 * shape, and what each key of a file that people write means; the `parse…` function of the same format also checks what
 * the parts mean to each other. docs/schemas holds those of experiment files and catalogues, for editors.
 * @param name  `"experiment"` (what a person writes), `"definition"`, `"catalogue"`, `"metric"`, `"data"`, `"cells"`,
 *              `"bandit"`, `"exposure"`, `"round"` or `"report"`
 * @returns the schema, a new plain object
 * @throws ExperimentError `unknown_name` at ["name"]
 * @example
 * jsonSchema("cells").required; // ["format", "experiment", "dimensions", "metrics", "cells"]
 */
export function jsonSchema(name: SchemaName): { [key: string]: Json } {
  const [title, shape] = inputOf(name);
  const $schema = "https://json-schema.org/draft/2020-12/schema";
  const schema = jsonSchemaOf(shape, namedShapes);
  if (described.has(name)) describeKeys(schema, roots[name]);
  return { $schema, title, ...schema };
}

/**
 * The same as a zod schema, for whoever checks input with zod already; `parse…` tells more.
 * @param name  as for {@link jsonSchema}
 * @returns a schema that accepts what the JSON Schema accepts, and gives it back as it is
 * @throws ExperimentError `unknown_name` at ["name"]
 * @example
 * zodSchema("data").safeParse({ variant: "arm", dimension: ["channel"] }).success; // false
 */
export function zodSchema(name: SchemaName): ZodType {
  return zodOf(inputOf(name)[1], namedShapes);
}
