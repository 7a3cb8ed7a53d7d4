import type { Cell, Cells, Source } from "../../src/core/cells.js";
import type { Definition } from "../../src/core/definition.js";
import type { MetricDefinition } from "../../src/core/metric-definition.js";
import { momentsOf } from "../../src/stats/index.js";

/** A definition with equal shares, for tests that need one thing changed. */
export function madeDefinition(
  variants: readonly string[] = ["control", "treatment"],
  changes: Partial<Definition> = {},
): Definition {
  const whole = 2 ** 32;
  const bounds = variants.map((_, at) => Math.round((whole * at) / variants.length));
  return {
    format: "essai.experiment/1",
    key: "made",
    version: 1,
    salt: "made",
    hash: "murmur3-1",
    unit: "userId",
    control: variants[0] as string,
    variants: variants.map((key) => ({ key, payload: null })),
    ranges: variants.map((variant, at) => ({
      from: bounds[at] as number,
      to: bounds[at + 1] ?? whole,
      variant,
    })),
    coverage: 1,
    policy: "fixed",
    metrics: [{ key: "order", type: "conversion", role: "goal" }],
    plan: { level: 0.95, macro: "holm", micro: "benjamini-hochberg", looks: 1 },
    ...changes,
  };
}

/** One cell of conversions: `hits` of `units`. */
export function conversionCell(
  variant: string,
  units: number,
  hits: number,
  levels: readonly string[] = [],
  definitionVersion = 1,
): Cell {
  const mean = units > 0 ? hits / units : 0;
  return {
    variant,
    definitionVersion,
    levels,
    units,
    moments: [{ n: units, names: ["value"], mean: [mean], comoment: [units * mean * (1 - mean)] }],
  };
}

/** One cell of amounts, one per unit. */
export function amountCell(
  variant: string,
  values: readonly number[],
  levels: readonly string[] = [],
  definitionVersion = 1,
): Cell {
  const { n, mean, m2, m3 = 0, nonzero = 0, max = 0 } = momentsOf(values);
  const moments = {
    n,
    names: ["value"],
    mean: [mean],
    comoment: [m2],
    m3: [m3],
    nonzero: [nonzero],
    max: [max],
  };
  return { variant, definitionVersion, levels, units: n, moments: [moments] };
}

/** A source that gives these cells as they are, whatever is asked. */
export function madeSource(cells: readonly Cell[], changes: Partial<Cells> = {}): Source {
  return {
    kind: "made",
    read: async () => ({
      format: "essai.cells/1",
      experiment: "made",
      dimensions: [],
      metrics: ["order"],
      cells,
      excluded: {},
      ...changes,
    }),
  };
}

/** A conversion with a role. */
export function conversionMetric(
  key: string,
  role: MetricDefinition["role"],
  more: object = {},
): MetricDefinition {
  return { key, type: "conversion", role, ...more };
}
