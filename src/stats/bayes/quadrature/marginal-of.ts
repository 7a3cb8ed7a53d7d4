import type { Marginal } from "./largest-probabilities.js";
import { panelEdges } from "./panel-edges.js";

/** A density with one peak: where it is, and how far the log-density lies below it, ≥ 0. */
export type Peak = readonly [mode: number, drop: (t: number) => number];

/**
 * A density whose peak is 1, with its panels.
 * @param cut  width of the first panel, largest fall within one, reach; see `panelEdges`
 */
export const marginalOf = (
  [mode, drop]: Peak,
  ...cut: [scale?: number, steep?: number, reach?: number]
): Marginal => ({ edges: panelEdges(mode, drop, ...cut), density: (t) => Math.exp(-drop(t)) });
