import type { Report } from "../analysis/index.js";
import { reportShape } from "../analysis/shapes/index.js";
import { conditionShapes } from "../definition/index.js";
import { errorOf } from "../errors/index.js";
import { requireShallow, shapeProblems } from "../shapes/index.js";
import { orderedCells } from "./ordered-cells.js";
import { reportReferences } from "./report-references.js";
import { unevenLists } from "./uneven-lists.js";

/**
 * Reads a report, `essai.report/2`, from unknown JSON.
 * @param json what `JSON.parse` gave
 * @returns the report, a copy: the levels of each cell in the order of the dimensions
 * @throws ExperimentError with every problem at once: `unsupported_format`, `wrong_type` … at its path;
 *         `unknown_name` where a part names a metric, variant, dimension, rule or arm that the report does not have
 */
export function parseReport(json: unknown): Report {
  requireShallow(json, []);
  const shape = shapeProblems(json, reportShape, [], conditionShapes);
  if (shape.length > 0) throw errorOf(shape);
  const report = json as Report;
  const problems = [...unevenLists(json), ...reportReferences(report)];
  if (problems.length > 0) throw errorOf(problems);
  return orderedCells(report, report.dimensions);
}
