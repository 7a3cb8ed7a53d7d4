import type { Cell, Cells, CellsRequest, FoundCap, Source, Tail, TimeCells } from "../../core/cells.js";
import type { Moments } from "../../core/moments.js";
import {
  ExperimentError,
  errorOf,
  missing_dimension,
  missing_grain,
  missing_metric,
  missing_value,
  mixed_experiments,
  nearName,
  out_of_range,
  type Problem,
  problem,
  unknown_name,
  wrong_length,
} from "../../errors/index.js";
import { assembleCells, Exclusions, parseCells } from "../../metrics/data/index.js";
import { aggregatesOf, membersName, sizeName, type ValueRequest } from "../../metrics/index.js";
import { pickValues, weightedSum } from "../../stats/moments/index.js";

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

/** Covariates and reasons are read where all cells of a metric have them; else the metric's own values alone. */
function askedOf(
  cells: readonly Cell[],
  at: number,
  asked: readonly ValueRequest[],
): readonly ValueRequest[] {
  const has = (wanted: readonly ValueRequest[]) =>
    cells.every(({ moments }) => {
      const names = moments[at]?.names ?? [];
      return wanted.every(({ name }) => names.includes(name));
    });
  const [covariates, reasons] = (["covariate", "reason"] as const).map((part) =>
    has(asked.filter((each) => each[part])),
  );
  return asked.filter(({ covariate, reason }) => (!covariate || covariates) && (!reason || reasons));
}

/** What the cells say a cap by percentile came to. */
function foundCap(
  { caps = [] }: Cells,
  metric: string,
  { name, cap, covariate, reason }: ValueRequest,
  alone: boolean,
): FoundCap | undefined {
  if (typeof cap !== "object") return undefined;
  const { percentile, among = "all" } = cap;
  return caps.find(
    (each) =>
      each.metric === metric &&
      (each.value === name || (alone && !covariate && !reason)) &&
      each.percentile === percentile &&
      each.among === among,
  );
}

/** Values above their metric's cap, or a percentile that was not taken: these cells were not made with it. */
function uncapped(
  all: Cells,
  at: number,
  asked: readonly ValueRequest[],
  metric: string,
): readonly Problem[] {
  const { cells } = all;
  const limits = asked.map((request) => {
    const { cap, covariate } = request;
    if (typeof cap !== "object") return cap;
    const found = foundCap(all, metric, request, asked.length === 1);
    return found?.cap ?? (covariate ? undefined : null);
  });
  if (limits.includes(null))
    return [problem({ missing_value }, ["cells", "caps"], undefined, { known: [metric] })];
  for (const [i, { moments }] of cells.entries())
    for (const [j, cap] of limits.entries()) {
      const largest = moments[at]?.max?.[j];
      if (cap !== undefined && cap !== null && largest !== undefined && largest > cap * (1 + 1e-9))
        return [
          problem({ out_of_range }, ["cells", i, "moments", at, "max", j], largest, {
            expected: { atMost: cap },
          }),
        ];
    }
  return [];
}

/** Of a metric by cluster: how many units its sums are of, behind its own values; a ratio's sums say all. */
function withMembers(asked: readonly ValueRequest[]): readonly ValueRequest[] {
  const own = asked.filter(({ covariate, reason }) => !covariate && !reason);
  const size = asked.length > own.length ? [{ name: sizeName, terms: [], covariate: true as const }] : [];
  const members = own.length > 1 ? [] : [{ name: membersName, terms: [] }];
  return [...own, ...members, ...asked.slice(own.length), ...size];
}

/**
 * The moments with their values in the order in which the metric reads them. A single value may have any name; one that
 * adds up other metrics may be given as the joint moments of those.
 */
function readMoments(moments: Moments, asked: readonly ValueRequest[], metric: string): Moments {
  const [first] = asked;
  const names = asked.map(({ name }) => name);
  if (asked.some(({ covariate, reason }) => covariate || reason)) return inOrder(moments, names, metric);
  if (first?.weights && moments.names.length > 1 && names.length === 1) {
    const parts = inOrder(moments, Object.keys(first.weights), metric);
    return weightedSum(parts, Object.values(first.weights), first.name);
  }
  return inOrder(moments, names, metric);
}

/** The moments with their values in the order asked for; a single value may have any name. */
function inOrder(moments: Moments, wanted: readonly string[], metric: string): Moments {
  const { names } = moments;
  const path = ["metrics", metric, "names"];
  if (names.length !== wanted.length)
    throw new ExperimentError({ wrong_length }, path, names.length, { expected: { length: wanted.length } });
  if (names.length === 1) return { ...moments, names: wanted };
  const stranger = names.find((name, i) => !wanted.includes(name) || names.indexOf(name) !== i);
  if (stranger !== undefined)
    throw new ExperimentError({ unknown_name }, path, stranger, nearName(stranger, wanted));
  const at = wanted.map((name) => names.indexOf(name));
  return { ...pickValues(moments, at), names: wanted };
}

/** The tails of the metrics asked for; those of parts of which a metric is made say nothing of the metric. */
function readTails(
  tails: readonly Tail[],
  request: CellsRequest,
  asked: readonly (readonly ValueRequest[])[],
): readonly Tail[] {
  return tails.flatMap((tail) => {
    const { metric, value, body, steps } = tail;
    const own = asked[request.metrics.findIndex(({ key }) => key === metric)];
    const [first] = own ?? [];
    if (!own || !first || body.names.length !== own.length) return [];
    return {
      ...tail,
      value: own.filter(({ covariate, reason }) => !covariate && !reason).length === 1 ? first.name : value,
      body: readMoments(body, own, metric),
      steps: steps.map(({ from, moments }) => ({ from, moments: readMoments(moments, own, metric) })),
    };
  });
}

/** Slices of the metrics asked for, each with as many values as its metric has, or two of a change. */
function readTime(
  time: TimeCells,
  keys: readonly string[],
  asked: readonly (readonly ValueRequest[])[],
): TimeCells {
  const slices = time.slices.filter(({ metric }) => keys.includes(metric));
  for (const [i, { kind, metric, arms }] of slices.entries()) {
    const wanted = (asked[keys.indexOf(metric)] ?? []).filter(({ reason }) => !reason);
    const own = wanted.filter(({ covariate }) => !covariate).length;
    const known = kind === "change" ? [2] : [own, wanted.length];
    const wrong = arms.findIndex(({ moments }) => !known.includes(moments.names.length));
    if (wrong >= 0)
      throw new ExperimentError(
        { wrong_length },
        ["cells", "time", "slices", i, "arms", wrong, "moments", "names"],
        arms[wrong]?.moments.names.length,
        { expected: { length: known[0] ?? 1 } },
      );
  }
  return { ...time, slices };
}

/** Of cells by cluster, those of exactly these dimensions: they cannot be merged over one. */
function ofGrain(cells: Cells, wanted: readonly string[]): Cells {
  const is = (dimensions: readonly string[]) =>
    dimensions.length === wanted.length && wanted.every((name) => dimensions.includes(name));
  if (cells.cluster === undefined || is(cells.dimensions)) return cells;
  const found = cells.grains?.find(({ dimensions }) => is(dimensions));
  if (!found)
    throw new ExperimentError({ missing_grain }, ["cells", "grains"], wanted, {
      known: [cells.dimensions, ...(cells.grains ?? []).map(({ dimensions }) => dimensions)].map((each) =>
        JSON.stringify(each),
      ),
    });
  return { ...cells, ...found };
}

function read(all: Cells, { grains, ...request }: CellsRequest): Cells {
  const whole = readGrain(ofGrain(all, request.dimensions), request);
  if (all.cluster === undefined) return whole;
  const coarser = (grains ?? []).filter(({ length }) => length < request.dimensions.length);
  return {
    ...{ ...whole, cluster: all.cluster },
    grains: coarser.map((dimensions) => {
      const { cells } = readGrain(ofGrain(all, dimensions), { ...request, dimensions });
      return { dimensions, cells };
    }),
  };
}

function readGrain(cells: Cells, request: CellsRequest): Cells {
  const { key } = request.definition;
  if (cells.experiment !== key)
    throw new ExperimentError({ mixed_experiments }, ["cells", "experiment"], cells.experiment, {
      other: key,
    });
  const dimensionAt = places(request.dimensions, cells.dimensions, (name) =>
    problem({ missing_dimension }, ["dimensions", name], name, nearName(name, cells.dimensions)),
  );
  const keys = request.metrics.map(({ key }) => key);
  const metricAt = places(keys, cells.metrics, (name) =>
    problem({ missing_metric }, ["metrics", name], name, nearName(name, cells.metrics)),
  );
  const clustered = cells.cluster !== undefined;
  const asked = request.metrics.map((metric, i) => {
    const own = aggregatesOf(metric, request.definition.metrics);
    return askedOf(cells.cells, metricAt[i] ?? 0, clustered ? withMembers(own) : own);
  });
  const problems = (clustered ? [] : asked).flatMap((own, i) =>
    uncapped(cells, metricAt[i] ?? 0, own, keys[i] ?? ""),
  );
  if (problems.length > 0) throw errorOf(problems);
  const groups = cells.cells.map((cell) => ({
    variant: cell.variant,
    version: String(cell.definitionVersion),
    levels: dimensionAt.map((i) => cell.levels[i] as string),
    units: cell.units,
    ...(cell.members === undefined ? {} : { members: cell.members }),
    moments: metricAt.map((at, i) =>
      readMoments(cell.moments[at] as Moments, asked[i] as readonly ValueRequest[], keys[i] as string),
    ),
  }));
  const excluded = new Exclusions();
  for (const [reason, count] of Object.entries(cells.excluded))
    if (!cells.metrics.some((key) => reason === `missing_${key}` || reason === `too_recent_for_${key}`))
      excluded.add(reason, count);
  const reading = { ignoreUnknown: false, variantPath: ["cells", "variant"] };
  // Cells that say nothing of their heaviest units stay so.
  const { tails: wanted, ...rest } = request;
  const { tails, caps = [], repeated, time, trigger } = cells;
  const assembled = assembleCells(groups, rest, reading, excluded, {
    clustered,
    caps: caps.filter(({ metric }) => keys.includes(metric)),
    ...(time ? { time: readTime(time, keys, asked) } : {}),
  });
  return {
    ...assembled,
    ...(trigger ? { trigger } : {}),
    ...(wanted && tails ? { tails: readTails(tails, request, asked) } : {}),
    ...(repeated
      ? { repeated: repeated.filter(({ dimension }) => request.dimensions.includes(dimension)) }
      : {}),
  };
}

/**
 * Outcomes from ready-made cells of moments, e.g. made by another system or saved earlier.
 * @param json  an `essai.cells/1` object, from `JSON.parse` or built by hand
 * @returns a source for `analyze`; it merges the cells over the dimensions that are not asked for
 * @throws ExperimentError every problem at once, as {@link parseCells} finds them. Reading throws `mixed_experiments` (cells of
 *         another experiment than the definition's), `missing_metric`, `missing_dimension`, `unknown_variant`,
 *         `wrong_length` and `unknown_name` (values that are not the metric's), `out_of_range` (values above the metric's cap), `missing_value` (no such percentile among their `caps`),
 *         `empty_data`, `single_variant`
 */
export function fromCells(json: unknown): Source {
  const cells = parseCells(json);
  const { dimensions, ordered } = cells;
  return {
    ...{ kind: "cells", dimensions, ...(ordered ? { ordered } : {}) },
    read: async (request) => read(cells, request),
  };
}
