import type { MetricReading } from "../../metrics/index.js";
import { type CompareContext, sideValues } from "../compare.js";
import type { Contrast } from "../comparison.js";
import type { FamilyTests } from "../correct-comparisons.js";
import { plannedReading } from "../looks/planned-reading.js";
import type { AskedCell } from "../micro.js";
import type { ShrunkenCell } from "../shrink-cells.js";
import type { Ignoring } from "./ignoring.js";

/** One metric and contrast in every cell of a grain, and whether its cells may be called different. */
export interface OpenedGrain {
  readonly metricAt: number;
  readonly contrast: Contrast;
  readonly grain: readonly string[];
  readonly asked: readonly AskedCell[];
  readonly shrunken: readonly ShrunkenCell[];
  readonly open: boolean;
}

type Interval = readonly [lower: number, upper: number];

/** Both ends are one-sided bounds; stretched to zero they miss the truth on one side only (Hsu et al. 1994). */
const withZero = ([low, high]: Interval): Interval => [Math.min(0, low), Math.max(0, high)];

const largest = ([low, high]: Interval): number => Math.max(-low, high);

/** How far an interval stays away from zero; 0 where it includes zero. */
const nearest = ([low, high]: Interval): number => Math.max(0, low, -high);

/** All other units, read under the plan's looks. */
function readRest(
  { type, rest, metric, comparison }: AskedCell,
  { rule, level }: CompareContext,
): MetricReading | undefined {
  const strata = rest();
  if (strata.length === 0) return undefined;
  const found = type.reads(strata);
  if (!rule) return found;
  const values = sideValues(type, strata);
  const about = { cell: { rest: "" }, values, contrast: comparison.contrast };
  return plannedReading(found, rule, metric, about, found.at({ level }).difference);
}

function ignoringCell(
  asked: AskedCell,
  shrunken: ShrunkenCell | undefined,
  level: number,
  context: CompareContext,
): Ignoring | undefined {
  const { comparison, metric, planned } = asked;
  const own = planned?.at({ level });
  if (own?.difference.status !== "ok") return undefined;
  const interval = withZero(own.difference.interval);
  const lift = own.lift.status === "ok" ? withZero(own.lift.interval) : undefined;
  const { smallest } = metric;
  if (smallest !== undefined && !(lift && largest(lift) <= smallest)) return undefined;
  const others = readRest(asked, context)?.at({ level }).difference;
  if (others?.status !== "ok") return undefined;
  const reacts = nearest(others.interval);
  const side = others.value > 0 ? interval[1] : -interval[0];
  const apart = smallest === undefined ? reacts >= 2 * largest(interval) : reacts > side;
  if (!(apart && largest(interval) > 0)) return undefined;
  const { contrast, cell, units } = comparison;
  const here = shrunken?.difference.status === "ok" ? shrunken.difference.value : own.difference.value;
  const total = units[0] + units[1];
  return {
    ...{ metric: metric.key, contrast, cell, units: total, here, interval },
    ...(lift ? { lift } : {}),
    ...{ elsewhere: others.value, elsewhereInterval: others.interval },
    ...(smallest === undefined ? {} : { smallest }),
    left: largest(interval),
    worth: total * (others.value - here) * (metric.better === "lower" ? -1 : 1),
    level: context.level,
  };
}

const within = (cell: Ignoring["cell"], coarser: Ignoring["cell"]): boolean =>
  Object.keys(coarser).length < Object.keys(cell).length &&
  Object.entries(coarser).every(([dimension, level]) => cell[dimension] === level);

/**
 * Finds the cells that ignore a treatment to which everyone else reacts. The cell's interval and that of everyone else are
 * read at one level for all cells of all goals (Bonferroni), so that they hold together whatever cell is picked for what it
 * shows. A cell ignores the treatment where its lift stays within the metric's smallest one worth having, and everyone else's
 * difference beyond the cell's whole interval; of a metric that states none, where everyone else's is at least twice as large
 * as any that the cell's interval leaves.
 * @param grains   all cells of the goals, those included whose screen stayed closed: these are counted, never named
 * @param control  the control's key; only contrasts with it are read
 * @returns the cells, those worth most first, without cells inside of one that is named; and how many were read
 * @source Hsu, Hwang, Liu & Ruberg (1994), Biometrika 81: equivalence intervals of level 1 − α
 */
export function findIgnoring(
  grains: readonly OpenedGrain[],
  control: string,
  context: CompareContext,
): { readonly found: readonly Ignoring[]; readonly family: FamilyTests } {
  const own = context.adaptive
    ? []
    : grains.filter(
        ({ metricAt, contrast }) => context.metrics[metricAt]?.role === "goal" && contrast[0] === control,
      );
  const readable = ({ thin, comparison }: AskedCell) =>
    !thin && comparison.difference.planned.status === "ok";
  const tests = own.reduce((sum, { asked }) => sum + asked.filter(readable).length, 0);
  const level = 1 - (1 - context.level) / Math.max(1, tests);
  const named = own
    .filter(({ open }) => open)
    .flatMap(({ asked, shrunken }) =>
      asked.flatMap((each, at) =>
        readable(each) ? (ignoringCell(each, shrunken[at], level, context) ?? []) : [],
      ),
    );
  const metricAt = ({ metric }: Ignoring) => context.metrics.findIndex(({ key }) => key === metric);
  const found = named
    .filter(
      (each) =>
        !named.some(
          (other) =>
            other.metric === each.metric &&
            other.contrast[1] === each.contrast[1] &&
            within(each.cell, other.cell),
        ),
    )
    .sort((a, b) => metricAt(a) - metricAt(b) || b.worth - a.worth);
  return { found, family: { grain: "ignoring", correction: "bonferroni", tests } };
}
