import type { Relation } from "../core/data-mapping.js";
import { readySpelling } from "../core/data-spelling.js";
import { errorOf, nested_column, problem } from "../errors/index.js";
import { type FieldsFor, type Shape, shapeProblems } from "../shapes/index.js";
import { kindOf, type OpenRelation } from "../sql/index.js";
import type { Engine } from "./engine.js";

const column = {
  name: { kind: "text", empty: true },
  kind: { kind: "word", of: ["text", "number", "boolean", "time", "nested", "other"] },
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

/**
 * Refuses columns without one value per row.
 * @param columns  the columns that are read
 * @throws ExperimentError `nested_column` at [column]
 */
export function refuseNested(relation: OpenRelation, columns: readonly string[]): void {
  const problems = columns.flatMap((name) =>
    kindOf(relation, name) === "nested" ? [problem({ nested_column }, [name], name)] : [],
  );
  if (problems.length > 0) throw errorOf(problems);
}
