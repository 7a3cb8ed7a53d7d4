import type { Cell, Cells } from "../core/cells.js";
import type { Definition } from "../core/definition.js";
import type { MetricDefinition } from "../core/metric-definition.js";
import type { Moments } from "../core/moments.js";
import {
  ExperimentError,
  empty_data,
  errorOf,
  missing_dimension,
  missing_metric,
  type Problem,
  problem,
  single_variant,
  unknown_variant,
} from "../errors/index.js";
import { checkLists, fitsLists } from "../stats/moments/index.js";

/** One variant under one definition version, merged over some cells. */
export interface CubeArm {
  readonly units: number;
  /** In the order of {@link Cube.metrics}. */
  readonly moments: readonly Moments[];
}

/** Cells merged over every dimension but some. */
export interface Group {
  /** Level of each dimension kept. */
  readonly cell: Readonly<Record<string, string>>;
  /** Arms by definition version, then variant. */
  readonly arms: ReadonlyMap<number, ReadonlyMap<string, CubeArm>>;
}

/** The micro grain, checked against the definition and ready to be rolled up. */
export interface Cube {
  readonly dimensions: readonly string[];
  readonly metrics: readonly MetricDefinition[];
  /** Definition versions present, ascending. */
  readonly versions: readonly number[];
  readonly cells: readonly Cell[];
}

/** @returns the cells with their columns put in the order asked for; throws on what no definition knows */
export function toCube(
  cells: Cells,
  definitions: readonly Definition[],
  metrics: readonly MetricDefinition[],
  dimensions: readonly string[],
): Cube {
  const problems: Problem[] = [];
  const metricAt = metrics.map((metric) => {
    const at = cells.metrics.indexOf(metric.key);
    if (at < 0) problems.push(problem({ missing_metric }, ["source", "metrics"], metric.key));
    return at;
  });
  const dimensionAt = dimensions.map((dimension) => {
    const at = cells.dimensions.indexOf(dimension);
    if (at < 0) problems.push(problem({ missing_dimension }, ["source", "dimensions"], dimension));
    return at;
  });
  const known = new Set(definitions.flatMap(({ variants }) => variants.map((variant) => variant.key)));
  const strangers = new Set(cells.cells.map((cell) => cell.variant).filter((variant) => !known.has(variant)));
  for (const variant of strangers)
    problems.push(problem({ unknown_variant }, ["source", "variant"], variant));
  if (problems.length > 0) throw errorOf(problems);
  cells.cells.forEach(({ moments }, cell) => {
    moments.forEach((own, at) => {
      if (!fitsLists(own)) checkLists(own, ["source", "cells", cell, "moments", at]);
    });
  });
  const filled = cells.cells.filter((cell) => cell.units > 0);
  const present = new Set(filled.map((cell) => cell.variant));
  if (present.size === 0) throw new ExperimentError({ empty_data }, ["source", "cells"], cells.cells.length);
  if (present.size === 1)
    throw new ExperimentError({ single_variant }, ["source", "variants"], [...present][0]);
  return {
    dimensions,
    metrics,
    versions: [...new Set(filled.map((cell) => cell.definitionVersion))].sort((a, b) => a - b),
    cells: filled.map((cell) => ({
      ...cell,
      levels: dimensionAt.map((at) => cell.levels[at] as string),
      moments: metricAt.map((at) => cell.moments[at] as Moments),
    })),
  };
}
