import type { Definition } from "../../core/definition.js";
import type { MetricDefinition } from "../../core/metric-definition.js";
import { reasonsOf } from "../../metrics/index.js";
import type { Correction } from "../../stats/index.js";
import type { CompareContext } from "../compare.js";
import type { Contrast } from "../comparison.js";
import { correctReadings, type FamilyTests } from "../correct-comparisons.js";
import type { Cube, Group } from "../cube.js";
import { type AskedReasons, type Chain, decompose } from "./decompose.js";
import type { Decomposition, ReasonsFound } from "./decomposition.js";
import { reasonsBetween } from "./reasons-between.js";

/** What is asked of the data. */
interface Asked {
  readonly definition: Definition;
  readonly contrasts: readonly Contrast[];
  readonly macro: Correction;
  readonly micro: Correction;
}

/** The groups of a grain. */
interface GrainGroups {
  readonly grain: readonly string[];
  readonly groups: readonly Group[];
}

/** Corrects all parts of all decompositions that are not too thin as one family. */
function corrected(
  asked: readonly AskedReasons[],
  grain: FamilyTests["grain"],
  correction: Correction,
): { readonly decompositions: readonly Decomposition[]; readonly family: FamilyTests } {
  const parts = asked.flatMap(({ decomposition, again }) =>
    decomposition.status === "ok" && !decomposition.thin
      ? decomposition.reasons.map(({ contribution }, part) => ({
          reading: contribution,
          again: (look: "fixed" | "planned", level: number) => again(part, look, level),
        }))
      : [],
  );
  const { readings, family } = correctReadings(parts, grain, correction);
  let at = 0;
  return {
    decompositions: asked.map(({ decomposition }) =>
      decomposition.status === "ok" && !decomposition.thin
        ? {
            ...decomposition,
            reasons: decomposition.reasons.map((part) => ({
              ...part,
              contribution: readings[at++] ?? part.contribution,
            })),
          }
        : decomposition,
    ),
    family,
  };
}

const bought = ["conversion", "count"];

function chainOf(metric: MetricDefinition, { chains }: Cube, { metrics }: Definition): Chain {
  const types = reasonsOf(metric).map((key) => metrics.find((each) => each.key === key)?.type);
  const steps = types.length === bought.length && bought.every((type, i) => types[i] === type);
  return { chainAt: chains.get(metric.key), purchases: steps && metric.type === "mean" };
}

/**
 * Says why each metric that names its reasons differs: overall, whether that is the same between the levels of each
 * dimension, and in every cell.
 * @param rolled  the grains that were asked for
 * @returns undefined where no metric names reasons
 */
export function findReasons(
  cube: Cube,
  whole: Group,
  rolled: readonly GrainGroups[],
  { definition, contrasts, ...corrections }: Asked,
  context: CompareContext,
): { readonly found: ReasonsFound; readonly families: readonly FamilyTests[] } | undefined {
  const questions = context.metrics.flatMap((metric, metricAt) =>
    reasonsOf(metric).length > 0
      ? contrasts.map((contrast) => ({ metricAt, chain: chainOf(metric, cube, definition), contrast }))
      : [],
  );
  if (questions.length === 0) return undefined;
  const askIn = (group: Group, { metricAt, chain, contrast }: (typeof questions)[number]) =>
    decompose(group, metricAt, chain, contrast, context);
  const macro = corrected(
    questions.map((question) => askIn(whole, question)),
    "reasons",
    corrections.macro,
  );
  const cells = rolled.flatMap(({ grain, groups }) =>
    questions.map((question) => ({ grain, asked: groups.map((group) => askIn(group, question)) })),
  );
  const levels = reasonsBetween(
    cells.flatMap(({ grain: [dimension, ...crossed], asked }) =>
      dimension === undefined || crossed.length > 0 || context.adaptive
        ? []
        : [{ dimension, levels: asked.map(({ decomposition }) => decomposition) }],
    ),
    context,
    corrections.micro,
  );
  const micro = corrected(
    cells.flatMap(({ asked }) => asked),
    "reason_cells",
    corrections.micro,
  );
  return {
    found: { macro: macro.decompositions, between: levels.tests, micro: micro.decompositions },
    families: [
      macro.family,
      { grain: "reason_levels", correction: corrections.micro, tests: levels.count },
      micro.family,
    ],
  };
}
