import type { Cell, Cells, Tail } from "../core/cells.js";
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
import { reasonName, reasonsOf } from "../metrics/index.js";
import { checkLists, fitsLists, pickValues } from "../stats/moments/index.js";

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
  /** Of data read by cluster, coarser grains by their dimensions as JSON: cells cannot be merged into these. */
  readonly grains?: ReadonlyMap<string, Cube>;
  /** Where each metric's steps stand among a cell's moments, behind all metrics: joint moments, the metric's own value last. */
  readonly chains: ReadonlyMap<string, number>;
}

/** A metric's moments without its reasons, and those of the reasons followed by its own value. */
interface SplitMoments {
  readonly own: Moments;
  readonly chain?: Moments;
}

function splitMoments(moments: Moments, reasons: readonly string[]): SplitMoments {
  if (reasons.length === 0) return { own: moments };
  const at = reasons.map((key) => moments.names.indexOf(reasonName(key)));
  const rest = moments.names.flatMap((_, i) => (at.includes(i) ? [] : [i]));
  if (at.includes(-1)) return { own: moments };
  const { n, names, mean, comoment, nonzero } = moments;
  const plain = { n, names, mean, comoment, ...(nonzero ? { nonzero } : {}) };
  return { own: pickValues(moments, rest), chain: pickValues(plain, [...at, 0]) };
}

/** Tails of the metrics' values alone, without their reasons. */
export function tailsIn(
  tails: readonly Tail[] | undefined,
  metrics: readonly MetricDefinition[],
): readonly Tail[] | undefined {
  return tails?.map((tail) => {
    const metric = metrics.find(({ key }) => key === tail.metric);
    const own = (moments: Moments) => splitMoments(moments, metric ? reasonsOf(metric) : []).own;
    const steps = tail.steps.map(({ from, moments }) => ({ from, moments: own(moments) }));
    return { ...tail, body: own(tail.body), steps };
  });
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
  const explained = metrics.flatMap((metric, at) => {
    const place = metricAt[at] ?? -1;
    const reasons = reasonsOf(metric);
    const known = filled.every(({ moments }) => {
      const own = moments[place];
      return own && splitMoments(own, reasons).chain;
    });
    return known ? [{ key: metric.key, place, reasons }] : [];
  });
  const grains = cells.grains?.map(({ dimensions: own, cells: found }) => {
    const { grains: _, ...rest } = cells;
    const cube = toCube({ ...rest, dimensions: own, cells: found }, definitions, metrics, own);
    return [JSON.stringify(own), cube] as const;
  });
  return {
    ...(grains ? { grains: new Map(grains) } : {}),
    chains: new Map(explained.map(({ key }, i) => [key, metrics.length + i] as const)),
    dimensions,
    metrics,
    versions: [...new Set(filled.map((cell) => cell.definitionVersion))].sort((a, b) => a - b),
    cells: filled.map((cell) => ({
      ...cell,
      levels: dimensionAt.map((at) => cell.levels[at] as string),
      moments: [
        ...metrics.flatMap((metric, i) =>
          cell.moments
            .slice(metricAt[i], (metricAt[i] ?? 0) + 1)
            .map((own) => splitMoments(own, reasonsOf(metric)).own),
        ),
        ...explained.flatMap(({ place, reasons }) =>
          cell.moments.slice(place, place + 1).flatMap((own) => splitMoments(own, reasons).chain ?? []),
        ),
      ],
    })),
  };
}
