import type { Cell, Cells, CellsRequest, Source } from "../../core/cells.js";
import type { Moments } from "../../core/moments.js";
import {
  type ErrorPath,
  ExperimentError,
  errorOf,
  missing_dimension,
  missing_metric,
  nearName,
  negative_count,
  out_of_range,
  type Problem,
  problem,
  wrong_length,
} from "../../errors/index.js";
import { parseCells } from "../../metrics/cells.schema.js";
import { assembleCells, Exclusions } from "../../metrics/data/index.js";
import { aggregatesOf } from "../../metrics/index.js";
import { checkMoments } from "../../stats/moments/index.js";

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
  const lengths = { levels: cells.dimensions.length, moments: cells.metrics.length };
  for (const [key, length] of Object.entries(lengths) as [keyof typeof lengths, number][])
    if (cell[key].length !== length)
      found.push(
        problem({ wrong_length }, [...path, key], cell[key].length, { detail: `expected ${length}` }),
      );
  if (!Number.isInteger(cell.units) || cell.units < 0)
    found.push(problem({ negative_count }, [...path, "units"], cell.units));
  cell.moments.forEach((moments, i) => {
    const at = [...path, "moments", i];
    found.push(...problemsOf(() => checkMoments(moments, at)));
    if (moments.n > cell.units && cell.units >= 0)
      found.push(
        problem({ out_of_range }, [...at, "n"], moments.n, { detail: `the cell has ${cell.units} units` }),
      );
  });
  return found;
}

/** Places of the asked-for names among those that the cells have. */
function places(
  wanted: readonly string[],
  known: readonly string[],
  missing: (name: string) => Problem,
): readonly number[] {
  const problems = wanted.filter((name) => !known.includes(name)).map(missing);
  if (problems.length > 0) throw errorOf(problems);
  return wanted.map((name) => known.indexOf(name));
}

function read(cells: Cells, request: CellsRequest): Cells {
  const dimensionAt = places(request.dimensions, cells.dimensions, (name) =>
    problem({ missing_dimension }, ["dimensions", name], name, nearName(name, cells.dimensions)),
  );
  const keys = request.metrics.map(({ key }) => key);
  const metricAt = places(keys, cells.metrics, (name) =>
    problem({ missing_metric }, ["metrics", name], name, nearName(name, cells.metrics)),
  );
  const names = request.metrics.map((metric) => aggregatesOf(metric).map(({ name }) => name));
  const groups = cells.cells.map((cell) => ({
    variant: cell.variant,
    version: String(cell.definitionVersion),
    levels: dimensionAt.map((i) => cell.levels[i] as string),
    units: cell.units,
    moments: metricAt.map((at, i): Moments => {
      const moments = cell.moments[at] as Moments;
      const wanted = names[i] as readonly string[];
      if (moments.names.length !== wanted.length)
        throw new ExperimentError(
          { wrong_length },
          ["metrics", keys[i] as string, "names"],
          moments.names.length,
        );
      return { ...moments, names: wanted };
    }),
  }));
  const excluded = new Exclusions();
  for (const [reason, count] of Object.entries(cells.excluded))
    if (!reason.startsWith("missing_") || !cells.metrics.includes(reason.slice(8)))
      excluded.add(reason, count);
  const reading = { ignoreUnknown: false, variantPath: ["cells", "variant"] };
  return assembleCells(groups, request, reading, excluded);
}

/**
 * Outcomes from ready-made cells of moments, e.g. made by another system or saved earlier.
 * @param json  an `essai.cells/1` object, from `JSON.parse` or built by hand
 * @returns a source for `analyze`; it merges the cells over the dimensions that are not asked for
 * @throws ExperimentError every problem at once: shape, `wrong_length`, `negative_count`, `negative_variance`,
 *         `not_finite`, `inconsistent_moments`, `out_of_range` (more units with an outcome than units), each at its path. Reading throws `missing_metric`,
 *         `missing_dimension`, `unknown_variant`, `empty_data`, `single_variant`
 */
export function fromCells(json: unknown): Source {
  const cells = parseCells(json);
  const problems = cells.cells.flatMap((cell, i) => cellProblems(cell, cells, ["cells", i]));
  if (problems.length > 0) throw errorOf(problems);
  return { kind: "cells", read: async (request) => read(cells, request) };
}
