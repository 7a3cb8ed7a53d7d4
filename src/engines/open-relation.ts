import type { Relation } from "../core/data-mapping.js";
import { readySpelling } from "../core/data-spelling.js";
import { errorOf } from "../errors/index.js";
import { type FieldsFor, type Shape, shapeProblems } from "../shapes/index.js";
import type { OpenRelation } from "../sql/index.js";
import type { Engine } from "./engine.js";

const column = {
  name: { kind: "text", empty: true },
  kind: { kind: "word", of: ["text", "number", "boolean", "time", "other"] },
} as const satisfies FieldsFor<OpenRelation["columns"][number]>;
const relationShape = {
  kind: "object",
  has: { sql: { kind: "text" }, columns: { kind: "list", of: { kind: "object", has: column, open: true } } },
  open: true,
} as const satisfies Shape;

/**
 * Opens a relation, and checks what the engine says of it.
 * @throws ExperimentError what the engine throws; `missing_value`, `wrong_type` or `unknown_name` within ["engine", "open"]
 *   for what is not a relation
 */
export async function openRelation(
  engine: Engine,
  relation: Relation,
  path: readonly string[],
): Promise<OpenRelation> {
  const opened = await engine.open(relation, path);
  const problems = shapeProblems(opened, relationShape, ["engine", "open"]);
  if (problems.length > 0) throw errorOf(problems);
  const spelling = readySpelling(relation);
  return spelling ? { ...opened, spelling } : opened;
}
