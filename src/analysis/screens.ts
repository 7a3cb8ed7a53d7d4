import { type Correction, corrections, heterogeneity, type MeasuredEffect } from "../stats/index.js";
import type { CompareContext } from "./compare.js";
import type { Contrast, Heterogeneity, Screen } from "./comparison.js";
import { logLift } from "./log-lift.js";
import type { AskedCell } from "./micro.js";

/** One metric and contrast compared in every cell of a grain. */
export interface GrainCells {
  readonly metric: string;
  readonly contrast: Contrast;
  readonly grain: readonly string[];
  readonly asked: readonly AskedCell[];
}

const adaptiveReason = "effects of data collected adaptively have no standard errors to compare them by";
const fewReason = "fewer than two cells have enough data to compare";

function screen({ metric, contrast, grain, asked }: GrainCells, adaptive: boolean): Screen {
  const enough = asked.flatMap(({ thin, comparison }) => (thin ? [] : [comparison]));
  const effects = enough.flatMap(({ difference: { fixed } }) => (fixed.status === "ok" ? [fixed] : []));
  const common = {
    ...{ metric, contrast, grain },
    cells: effects.length,
    thin: asked.length - enough.length,
    opens: false,
  };
  if (adaptive) return { ...common, status: "adaptive", reason: adaptiveReason };
  if (effects.length < 2) return { ...common, status: "undefined", reason: fewReason };
  // Effects that differ in points only because baselines differ are no reason to name cells: the lifts must differ, too.
  const lifts = enough.flatMap(({ lift }): readonly MeasuredEffect[] => {
    const log = logLift(lift.fixed);
    return log ? [log] : [];
  });
  const onBoth = [effects, ...(lifts.length === effects.length ? [lifts] : [])].map((each) =>
    heterogeneity(each.map(({ value, standardError }) => ({ value, standardError }))),
  );
  const weakest = onBoth.reduce((a, b) => (a.pValue >= b.pValue ? a : b));
  const { q, df, pValue } = weakest;
  return { ...common, status: "ok", q, df, pValue, pAdjusted: pValue };
}

/**
 * Asks of every crossing of dimensions, metric and contrast whether the effect differs among its cells, on both scales.
 * @returns one screen each, corrected together
 */
export function screens(
  list: readonly GrainCells[],
  correction: Correction,
  { level, rule, adaptive }: CompareContext,
): { readonly screens: readonly Screen[]; readonly count: number } {
  const raw = list.map((each) => screen(each, adaptive));
  const tested = raw.flatMap((each) =>
    each.status === "ok" ? [rule?.pValueOf(each.pValue, each) ?? each.pValue] : [],
  );
  const adjusted = corrections[correction](tested);
  let at = 0;
  const corrected = raw.map((each): Screen => {
    if (each.status !== "ok") return each;
    const pAdjusted = adjusted[at++] ?? 1;
    return { ...each, pAdjusted, opens: pAdjusted < 1 - level };
  });
  return { screens: corrected, count: tested.length };
}

const keyOf = (metric: string, contrast: Contrast, grain: readonly string[]): string =>
  JSON.stringify([metric, contrast, [...grain].sort()]);

/** @returns whether the cells of a grain may be called different: their screen opened */
export function openedBy(
  between: readonly Heterogeneity[],
  screens: readonly Screen[],
): (cells: Pick<GrainCells, "metric" | "contrast" | "grain">) => boolean {
  const open = new Set([
    ...between.flatMap(({ metric, contrast, dimension, opens }) =>
      opens ? [keyOf(metric, contrast, [dimension])] : [],
    ),
    ...screens.flatMap(({ metric, contrast, grain, opens }) =>
      opens ? [keyOf(metric, contrast, grain)] : [],
    ),
  ]);
  return ({ metric, contrast, grain }) => open.has(keyOf(metric, contrast, grain));
}
