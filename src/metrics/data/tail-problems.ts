import type { Cells, Tail } from "../../core/cells.js";
import {
  duplicate_key,
  type ErrorPath,
  mismatched_names,
  nearName,
  numberProblem,
  type Problem,
  problem,
  unknown_name,
} from "../../errors/index.js";

/** Units with an outcome of a tail's metric, by the cells. */
function unitsOf({ variant, definitionVersion, metric }: Tail, { cells, metrics }: Cells): number {
  const at = metrics.indexOf(metric);
  let units = 0;
  for (const cell of cells)
    if (cell.variant === variant && cell.definitionVersion === definitionVersion)
      units += cell.moments[at]?.n ?? 0;
  return units;
}

function problemsOf(tail: Tail, cells: Cells, path: ErrorPath): Problem[] {
  const { metric, value, body, steps } = tail;
  if (!cells.metrics.includes(metric))
    return [problem({ unknown_name }, [...path, "metric"], metric, nearName(metric, cells.metrics))];
  const { names } = body;
  if (!names.includes(value))
    return [problem({ unknown_name }, [...path, "value"], value, nearName(value, names))];
  const found: Problem[] = [];
  let [units, above] = [body.n, 0];
  for (const [i, { from, moments }] of steps.entries()) {
    const at = [...path, "steps", i];
    const order = numberProblem(from, [...at, "from"], { above });
    if (order) found.push(order);
    if (moments.names.join("\n") !== names.join("\n"))
      found.push(
        problem({ mismatched_names }, [...at, "moments", "names"], moments.names.join(", "), {
          known: names,
        }),
      );
    [units, above] = [units + moments.n, from];
  }
  const all = unitsOf(tail, cells);
  const sum = numberProblem(units, [...path, "body", "n"], { atLeast: all, atMost: all });
  return sum ? [...found, sum] : found;
}

/**
 * What the shape of ready-made cells does not say of their tails, whose moments were checked.
 * @returns `unknown_name`, `mismatched_names`, `duplicate_key`, and `out_of_range` for steps that do not ascend or units
 *   that are not as many as the cells hold
 */
export function tailProblems(cells: Cells): Problem[] {
  const seen = new Set<string>();
  return (cells.tails ?? []).flatMap((tail, i) => {
    const path = ["tails", i];
    const key = JSON.stringify([tail.variant, tail.definitionVersion, tail.metric, tail.value]);
    if (seen.has(key)) return [problem({ duplicate_key }, [...path, "value"], tail.value)];
    seen.add(key);
    return problemsOf(tail, cells, path);
  });
}
