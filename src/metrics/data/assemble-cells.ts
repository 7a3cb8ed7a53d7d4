import type {
  Cell,
  Cells,
  CellsRequest,
  FoundCap,
  RepeatedUnits,
  TimeCells,
  Trigger,
} from "../../core/cells.js";
import type { Moments } from "../../core/moments.js";
import {
  detailedProblem,
  ExperimentError,
  empty_data,
  errorOf,
  out_of_range,
  type Problem,
  problem,
  single_variant,
  unmapped_variant,
} from "../../errors/index.js";
import { mergeMoments } from "../../stats/index.js";
import { clusteredType, membersName } from "../clustered-type.js";
import { metricTypeOf } from "../metric-type-of.js";
import { missingReason } from "../missing-reason.js";
import { assembleTails, type TailPart } from "./assemble-tails.js";
import { type CountedValue, withDistributions } from "./counted-values.js";
import type { ExposedGroup } from "./exposed-group.js";

/** Values of a variant column that are told at once. */
const MOST_TOLD = 20;

/** The level of a unit whose dimension is null or empty. */
export const missingLevel = "(missing)";

/** The level of a unit whose rows differ in a dimension. */
export const severalLevels = "(several)";

/** Units that agree in what the data say of variant, version and dimensions; texts as found, `""` where missing. */
export interface Group {
  /** Variant key; `""` where missing. */
  readonly variant: string;
  /** Definition version as found; undefined where no version column is mapped. */
  readonly version?: string;
  readonly levels: readonly string[];
  readonly units: number;
  /** Of clusters: how many units they hold. */
  readonly members?: number;
  /** One a metric, in the request's order. */
  readonly moments: readonly Moments[];
}

/** Counts units or rows left out, by reason. */
export class Exclusions {
  readonly #counts = new Map<string, number>();
  add(reason: string, count = 1): void {
    if (count > 0) this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + count);
  }
  /** Reasons that occurred, sorted. */
  all(): Record<string, number> {
    return Object.fromEntries([...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

/** What the mapping says about reading variants and versions, for {@link assembleCells}. */
export interface Reading {
  /** Column of the version, for messages. */
  readonly versionColumn?: string;
  /** Whether a variant that the definition lacks is left out and counted instead of refused. */
  readonly ignoreUnknown: boolean;
  /** Where variants are mapped, for messages. */
  readonly variantPath: readonly string[];
}

/** What a source found besides its groups. */
export interface Beside {
  readonly tails?: Iterable<TailPart>;
  /** How many units have which value, where the groups do not say so themselves. */
  readonly counted?: Iterable<CountedValue>;
  /** What caps by percentile came to. */
  readonly caps?: readonly FoundCap[];
  /** Units met in several levels, one count per dimension of the request; left out where that is not known. */
  readonly repeated?: readonly number[];
  /** Whether groups are of clusters, which then count in each of their levels. */
  readonly clustered?: boolean;
  /** What units did over time. */
  readonly time?: TimeCells;
  /** Where units count from a trigger on: its event, and all units that were exposed. */
  readonly trigger?: { readonly event: string; readonly all: readonly ExposedGroup[] };
}

const named = (level: string): string => (level === "" ? missingLevel : level);

const versionOf = (version: string | undefined, { definition }: CellsRequest): number =>
  version === undefined ? definition.version : Number(version);

const keyOf = ({
  variant,
  definitionVersion,
  levels,
}: Pick<Cell, "variant" | "definitionVersion" | "levels">): string =>
  JSON.stringify([variant, definitionVersion, ...levels]);

function merged(a: Cell, b: Cell): Cell {
  const moments = a.moments.map((one, i) => mergeMoments(one, b.moments[i] as Moments));
  const members = (a.members ?? 0) + (b.members ?? 0);
  return { ...a, units: a.units + b.units, ...(a.members === undefined ? {} : { members }), moments };
}

function* cellsOf(
  groups: Iterable<Group>,
  request: CellsRequest,
  reading: Reading,
  excluded: Exclusions,
): Generator<Cell> {
  const variants = new Set(request.definition.variants.map(({ key }) => key));
  const unknown = new Map<string, number>();
  const badVersions = new Set<string>();
  for (const { variant, version, levels, units, members, moments } of groups) {
    const definitionVersion = versionOf(version, request);
    if (variant === "") excluded.add("missing_variant", units);
    else if (!variants.has(variant)) unknown.set(variant, (unknown.get(variant) ?? 0) + units);
    else if (version === "") excluded.add("missing_version", members ?? units);
    else if (!(Number.isInteger(definitionVersion) && definitionVersion >= 1))
      badVersions.add(version as string);
    else {
      const told = members === undefined ? {} : { members };
      yield { variant, definitionVersion, levels: levels.map(named), units, ...told, moments };
    }
  }
  const problems: Problem[] = [];
  if (reading.ignoreUnknown) for (const units of unknown.values()) excluded.add("unknown_variant", units);
  else if (unknown.size > 0) {
    for (const received of [...unknown.keys()].sort().slice(0, MOST_TOLD))
      problems.push(problem({ unmapped_variant }, reading.variantPath, received, { known: [...variants] }));
  }
  for (const version of badVersions)
    problems.push(
      problem({ out_of_range }, [reading.versionColumn ?? "version"], version, {
        expected: { whole: true, atLeast: 1 },
      }),
    );
  if (problems.length > 0) throw errorOf(problems);
}

function compare(a: Cell, b: Cell, order: ReadonlyMap<string, number>): number {
  const variants = (order.get(a.variant) as number) - (order.get(b.variant) as number);
  if (variants !== 0) return variants;
  if (a.definitionVersion !== b.definitionVersion) return a.definitionVersion - b.definitionVersion;
  for (let i = 0; i < a.levels.length; i++) {
    const [x, y] = [a.levels[i] as string, b.levels[i] as string];
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

/**
 * Turns what any source found into cells: variants and versions settled, equal cells merged and sorted (variants in
 * the definition's order), what is left out counted, values checked against their metric's type; the heaviest units beside
 * them where the request wants them.
 * @returns the cells, of at least two variants
 * @throws ExperimentError `unmapped_variant`, `out_of_range`, `empty_data`, `single_variant`, or what a metric's
 *         check finds at ["metrics", key]
 */
export function assembleCells(
  groups: Iterable<Group>,
  request: CellsRequest,
  reading: Reading,
  excluded: Exclusions,
  { tails = [], counted, caps = [], repeated, clustered = false, time, trigger }: Beside = {},
): Cells {
  const cells = new Map<string, Cell>();
  for (const cell of cellsOf(groups, request, reading, excluded)) {
    const key = keyOf(cell);
    const before = cells.get(key);
    cells.set(key, before ? merged(before, cell) : cell);
  }
  const order = new Map(request.definition.variants.map(({ key }, i) => [key as string, i]));
  const ordered = [...cells.values()].sort((a, b) => compare(a, b, order));
  const sorted = counted
    ? withDistributions(ordered, counted, request, keyOf, ({ variant, version, levels }) =>
        keyOf({ variant, definitionVersion: versionOf(version, request), levels: levels.map(named) }),
      )
    : ordered;
  checkCells(sorted, request, excluded, clustered);
  for (const cell of sorted)
    cell.moments.forEach((moments, i) => {
      const metric = request.metrics[i];
      if (metric) excluded.add(missingReason(metric), withoutValue(cell, moments));
    });
  return {
    format: "essai.cells/1",
    experiment: request.definition.key,
    dimensions: [...request.dimensions],
    metrics: request.metrics.map(({ key }) => key),
    cells: sorted,
    ...(request.tails ? { tails: assembleTails(tails, request) } : {}),
    ...(caps.length > 0 ? { caps } : {}),
    ...(repeated ? { repeated: repeatedIn(repeated, request, clustered ? "each" : "first") } : {}),
    ...(time ? { time } : {}),
    ...(trigger ? { trigger: triggerIn(trigger, request, order) } : {}),
    excluded: excluded.all(),
  };
}

/** All units that were exposed, of versions that can be read, in the definition's order. */
function triggerIn(
  { event, all }: NonNullable<Beside["trigger"]>,
  request: CellsRequest,
  order: ReadonlyMap<string, number>,
): Trigger {
  const known = all.flatMap(({ variant, version, units }) => {
    const definitionVersion = versionOf(version, request);
    return order.has(variant) && version !== "" && Number.isInteger(definitionVersion)
      ? [{ variant, definitionVersion, units }]
      : [];
  });
  return {
    event,
    all: known.sort(
      (a, b) =>
        a.definitionVersion - b.definitionVersion ||
        (order.get(a.variant) ?? 0) - (order.get(b.variant) ?? 0),
    ),
  };
}

/** Units of a cell that have no value of a metric; of a ratio by cluster, all units of clusters that have none. */
function withoutValue({ units, members }: Cell, { n, names, mean }: Moments): number {
  const at = names.indexOf(membersName);
  if (members === undefined || at < 0) return units - n;
  return members - Math.round(n * (mean[at] ?? 0));
}

function repeatedIn(
  counts: readonly number[],
  { dimensions }: CellsRequest,
  counted: RepeatedUnits["counted"],
): readonly RepeatedUnits[] {
  return dimensions.flatMap((dimension, i) => {
    const units = counts[i] ?? 0;
    return units > 0 ? [{ dimension, units, counted }] : [];
  });
}

function checkCells(
  cells: readonly Cell[],
  request: CellsRequest,
  excluded: Exclusions,
  clustered: boolean,
): void {
  if (cells.length === 0) {
    const [why, times] = Object.entries(excluded.all()).sort(([, a], [, b]) => b - a)[0] ?? [];
    throw errorOf([detailedProblem({ empty_data }, ["data"], 0, { other: why, times })]);
  }
  const present = new Set(cells.map(({ variant }) => variant));
  if (present.size < 2) throw new ExperimentError({ single_variant }, ["data", "variant"], [...present][0]);
  const problems: Problem[] = [];
  for (const [i, metric] of request.metrics.entries()) {
    for (const cell of cells) {
      const type = metricTypeOf(metric);
      const found = (clustered ? clusteredType(type) : type).check(cell.moments[i] as Moments, [
        "metrics",
        metric.key,
      ]);
      problems.push(...found);
      if (found.length > 0) break;
    }
  }
  if (problems.length > 0) throw errorOf(problems);
}
