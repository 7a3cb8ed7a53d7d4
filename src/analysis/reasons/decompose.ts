import type { Estimate } from "../../core/estimate.js";
import type { Moments } from "../../core/moments.js";
import { reasonsOf } from "../../metrics/index.js";
import type { Reasons } from "../../stats/index.js";
import { readReasons } from "../../stats/reasons/index.js";
import { type CompareContext, metricIn, strataOf, unitsOf } from "../compare.js";
import { type Contrast, type Reading, reading } from "../comparison.js";
import type { Look } from "../comparison-evidence.js";
import type { Group } from "../cube.js";
import { underLooks } from "../looks/planned-reading.js";
import type { Decomposition } from "./decomposition.js";

const adaptiveReason = "the policy chose variants by their outcomes, so the difference is not split";
const absentReason = "the cells hold no values of the metrics that are named as reasons";

/** A metric's steps. */
export interface Chain {
  /** Where their joint moments stand in a group; undefined where the source has none. */
  readonly chainAt: number | undefined;
  readonly purchases: boolean;
}

/** Units with a value that each side needs at every step. */
const enough = 30;

/** A difference that was split, and the means to read its parts' intervals at another level. */
export interface AskedReasons {
  readonly decomposition: Decomposition;
  /** @returns a part, or past the last the whole difference */
  again(part: number, look: Look, level: number): Estimate;
}

const never = (): Estimate => ({ status: "undefined", method: "none", reason: absentReason });

function scarce(arms: readonly Moments[]): boolean {
  const counted = arms.map(({ n, names, nonzero }) => nonzero ?? names.map(() => n));
  const [first = []] = counted;
  return first.some((_, step) => counted.reduce((sum, each) => sum + (each[step] ?? 0), 0) < enough);
}

/** One of the estimates that were found together. */
function estimateAt(found: Reasons, part: number): Estimate {
  if (found.status !== "ok") return never();
  return found.reasons[part]?.contribution ?? found.difference;
}

/**
 * Splits the difference of a metric with reasons within a group; not yet corrected.
 */
export function decompose(
  group: Group,
  metricAt: number,
  { chainAt, purchases }: Chain,
  contrast: Contrast,
  context: CompareContext,
): AskedReasons {
  const { metric } = metricIn(context, metricAt);
  const { level, rule, adaptive } = context;
  const place = chainAt ?? metricAt;
  const named = {
    ...{ metric: metric.key, contrast, cell: group.cell },
    steps: [...reasonsOf(metric), metric.key],
    ...(purchases ? { purchases } : {}),
    units: [unitsOf(group, place, contrast[0]), unitsOf(group, place, contrast[1])],
  } as const;
  const none = (status: "undefined" | "adaptive", reason: string): AskedReasons => ({
    decomposition: { ...named, status, reason },
    again: never,
  });
  if (adaptive) return none("adaptive", adaptiveReason);
  if (chainAt === undefined) return none("undefined", absentReason);
  const strata = strataOf(group, chainAt, contrast);
  const read = readReasons(strata);
  const found = read({ level });
  if (found.status !== "ok") return none("undefined", found.reason);
  const again = (part: number, look: Look, level: number): Estimate => {
    const at = (own: number) => estimateAt(read({ level: own }), part);
    return rule && look === "planned" ? underLooks(level, at, rule) : at(level);
  };
  const readingOf = (part: number): Reading => {
    const planned = again(part, "planned", level);
    return reading(planned, undefined, rule ? again(part, "fixed", level) : planned);
  };
  const thin =
    scarce(strata.map(({ control }) => control)) || scarce(strata.map(({ treatment }) => treatment));
  return {
    decomposition: {
      ...named,
      ...(thin ? { thin } : {}),
      status: "ok",
      reasons: found.reasons.map(({ values }, part) => ({
        step: named.steps[part] ?? metric.key,
        values,
        contribution: readingOf(part),
      })),
      difference: readingOf(found.reasons.length),
    },
    again,
  };
}
