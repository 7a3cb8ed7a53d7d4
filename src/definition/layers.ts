import type { Definition, LayerSlot } from "../core/definition.js";
import { POINTS } from "../core/points.js";
import { ExperimentError, layer_full } from "../errors/index.js";
import { checkFields, type Fields } from "../shapes/index.js";
import { definitionFields } from "./definition-shape.js";

/** The part of a definition that occupies a layer. */
type InLayer = Pick<Definition<string, unknown>, "layer" | "status">;

const { layer, status } = definitionFields;
const free: Fields = {
  layer: { kind: "text" },
  experiments: { kind: "list", of: { kind: "object", has: { layer, status }, open: true } },
};
const claim: Fields = { ...free, share: { kind: "number", above: 0, atMost: 1 } };

/**
 * The points of a layer that no experiment occupies. Stopped experiments have given theirs back.
 * @param layer        the layer's key
 * @param experiments  all experiments, of this layer and others
 * @returns sorted, disjoint ranges of integers in 0 … 2³², half-open
 * @throws ExperimentError with every problem of the arguments: `missing_value`, `wrong_type`, `out_of_range` …
 */
export function freeInLayer(layer: string, experiments: readonly InLayer[]): [from: number, to: number][] {
  checkFields({ layer, experiments }, free);
  const taken = experiments
    .filter((each) => each.layer?.key === layer && each.status !== "stopped")
    .flatMap((each) => each.layer!.ranges)
    .sort(([a], [b]) => a - b);
  const found: [number, number][] = [];
  let end = 0;
  for (const [from, to] of taken) {
    if (from > end) found.push([end, from]);
    end = Math.max(end, to);
  }
  if (end < POINTS) found.push([end, POINTS]);
  return found;
}

/**
 * Takes free points of a layer for a new experiment, the lowest first.
 * @param layer        the layer's key
 * @param share        fraction of all units of the layer, in (0, 1]
 * @param experiments  the experiments there are
 * @returns what to give as the new experiment's `layer`
 * @throws ExperimentError `layer_full` when less is free (by more than 1e-9); with every problem of the arguments, e.g.
 *   `out_of_range` for the share
 */
export function claimLayer(layer: string, share: number, experiments: readonly InLayer[]): LayerSlot {
  checkFields({ layer, share, experiments }, claim);
  const free = freeInLayer(layer, experiments);
  const available = free.reduce((sum, [from, to]) => sum + to - from, 0);
  // A share that differs from what is left by rounding only takes all of it.
  let wanted = Math.round(share * POINTS);
  if (wanted > available && wanted - available <= 1e-9 * POINTS) wanted = available;
  if (wanted > available)
    throw new ExperimentError({ layer_full }, ["share"], share, { expected: { atMost: available / POINTS } });
  const ranges: [number, number][] = [];
  for (const [from, to] of free) {
    if (wanted === 0) break;
    const end = Math.min(to, from + wanted);
    ranges.push([from, end]);
    wanted -= end - from;
  }
  return { key: layer, ranges };
}
