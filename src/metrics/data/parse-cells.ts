import type { Cell, Cells } from "../../core/cells.js";
import {
  duplicate_key,
  type ErrorPath,
  ExperimentError,
  errorOf,
  nearName,
  numberProblem,
  out_of_range,
  type Problem,
  problem,
  unknown_name,
  wrong_length,
} from "../../errors/index.js";
import { shapeProblems } from "../../shapes/index.js";
import { checkMoments } from "../../stats/moments/index.js";
import { cellsShape } from "./cells-shape.js";
import { tailProblems } from "./tail-problems.js";

function problemsOf(check: () => unknown): readonly Problem[] {
  try {
    check();
    return [];
  } catch (error) {
    if (error instanceof ExperimentError) return error.problems;
    throw error;
  }
}

function cellProblems(cell: Cell, cells: Cells, path: ErrorPath): Problem[] {
  const found: Problem[] = [];
  for (const [key, other] of [
    ["levels", "dimensions"],
    ["moments", "metrics"],
  ] as const) {
    const [length, expected] = [cell[key].length, { length: cells[other].length }];
    if (length !== expected.length)
      found.push(problem({ wrong_length }, [...path, key], length, { expected, other }));
  }
  cell.moments.forEach((moments, i) => {
    const at = [...path, "moments", i];
    found.push(...problemsOf(() => checkMoments(moments, at)));
    if (moments.n > cell.units)
      found.push(problem({ out_of_range }, [...at, "n"], moments.n, { expected: { atMost: cell.units } }));
  });
  return found;
}

/** Dimensions that the cells do not have, or have twice, and more units than there are. */
function repeatedProblems({ cells, dimensions, repeated = [] }: Cells): Problem[] {
  const units = cells.reduce((sum, cell) => sum + cell.units, 0);
  return repeated.flatMap(({ dimension, units: some }, i) => {
    const path = ["repeated", i];
    if (!dimensions.includes(dimension))
      return [problem({ unknown_name }, [...path, "dimension"], dimension, nearName(dimension, dimensions))];
    if (repeated.findIndex((each) => each.dimension === dimension) < i)
      return [problem({ duplicate_key }, [...path, "dimension"], dimension)];
    return numberProblem(some, [...path, "units"], { atMost: units }) ?? [];
  });
}

function duplicates(list: readonly string[], path: string): Problem[] {
  return list.flatMap((each, i) =>
    list.indexOf(each) === i ? [] : [problem({ duplicate_key }, [path, i], each)],
  );
}

/**
 * Reads ready-made cells, `essai.cells/1`, from unknown JSON, and refuses numbers that no sample can have.
 * @param json  what `JSON.parse` gave
 * @returns the cells; without `excluded`, nothing was left out
 * @throws ExperimentError every problem at once, each at its path: those of the shape, `duplicate_key`, `wrong_length`,
 *   `negative_variance`, `inconsistent_moments`, `out_of_range` (more units with an outcome than units); of `tails` and
 *   `repeated` also `unknown_name`, `mismatched_names`
 */
export function parseCells(json: unknown): Cells {
  const problems = shapeProblems(json, cellsShape);
  const unsound = new Set(problems.map(({ path: [part, i] }) => (part === "cells" ? i : undefined)));
  if (!unsound.has(undefined)) {
    const cells = json as Cells;
    problems.push(...duplicates(cells.dimensions, "dimensions"), ...duplicates(cells.metrics, "metrics"));
    for (const [i, cell] of cells.cells.entries())
      if (!unsound.has(i)) problems.push(...cellProblems(cell, cells, ["cells", i]));
  }
  if (problems.length === 0) {
    const cells = json as Cells;
    cells.tails?.forEach(({ body, steps }, i) => {
      const at = ["tails", i];
      problems.push(...problemsOf(() => checkMoments(body, [...at, "body"])));
      steps.forEach(({ moments }, j) => {
        problems.push(...problemsOf(() => checkMoments(moments, [...at, "steps", j, "moments"])));
      });
    });
    cells.time?.slices.forEach(({ arms }, i) => {
      arms.forEach(({ moments }, j) => {
        problems.push(
          ...problemsOf(() => checkMoments(moments, ["time", "slices", i, "arms", j, "moments"])),
        );
      });
    });
    if (problems.length === 0) problems.push(...tailProblems(cells), ...repeatedProblems(cells));
  }
  if (problems.length > 0) throw errorOf(problems);
  const cells = json as Cells;
  return { ...cells, excluded: cells.excluded ?? {} };
}
