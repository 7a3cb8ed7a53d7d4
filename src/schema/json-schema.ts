import * as z from "zod";
import { reportSchema } from "../analysis/report.schema.js";
import { banditStateSchema } from "../bandits/state/state.schema.js";
import type { Json } from "../core/json.js";
import { catalogueSchema, definitionSchema, experimentFileSchema } from "../definition/definition.schema.js";
import { errorOf, nearName, problem, unknown_key } from "../errors/index.js";
import { cellsSchema } from "../metrics/cells.schema.js";
import { metricSchema } from "../metrics/metric.schema.js";
import { roundSchema } from "../rounds/round.schema.js";
import { dataMappingSchema } from "../sql/data-mapping.schema.js";

const shapes = {
  experiment: ["An experiment file of essai, as a person writes it", experimentFileSchema],
  definition: ["A complete definition", definitionSchema],
  catalogue: ["Experiments that run together", catalogueSchema],
  metric: ["One metric of a definition", metricSchema],
  data: ["Where an experiment's data are and what their columns are called", dataMappingSchema],
  cells: ["Moments per cell", cellsSchema],
  bandit: ["A bandit's state", banditStateSchema],
  round: ["A decision and its reward, one line of a bandit's log", roundSchema],
  report: ["A report, as analyze returns it", reportSchema],
} as const satisfies Record<string, readonly [title: string, z.ZodType]>;

/** What `jsonSchema` describes: files that people write, and formats that essai writes. */
export type SchemaName = keyof typeof shapes;

/**
 * JSON Schema (draft 2020-12) of one of essai's formats, for editors, other languages and stores. It describes the
 * shape; the `parse…` function of the same format also checks what the parts mean to each other.
 * @param name  `"experiment"` (what a person writes), `"definition"`, `"catalogue"`, `"metric"`, `"data"`, `"cells"`,
 *              `"bandit"`, `"round"` or `"report"`
 * @returns the schema, a new plain object
 * @throws ExperimentError `unknown_key` at ["name"]
 * @example
 * jsonSchema("cells").required; // ["format", "experiment", "dimensions", "metrics", "cells"]
 */
export function jsonSchema(name: SchemaName): { [key: string]: Json } {
  if (!Object.hasOwn(shapes, name))
    throw errorOf([problem({ unknown_key }, ["name"], name, nearName(String(name), Object.keys(shapes)))]);
  const [title, shape] = shapes[name];
  const { $schema, ...rest } = z.toJSONSchema(shape, { io: "input" });
  return { $schema, title, ...rest } as unknown as { [key: string]: Json };
}
