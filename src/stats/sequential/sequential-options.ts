import type { EstimateOptions } from "../../core/estimate.js";
import type { FieldsFor } from "../../shapes/index.js";
import { estimateFields } from "../inference/estimate-fields.js";
import { readAlternative, readLevel } from "../inference/read-options.js";
import type { Boundary } from "./boundary.js";
import { mixed, plannedReach } from "./mixed.js";
import { normalMixture } from "./normal-mixture.js";

/** Options of an interval that holds at every look. Fixed before the first one: what follows the data is not valid. */
export interface TunedOptions extends EstimateOptions {
  /** Units, of both arms together, at which the interval is to be narrowest; about where a decision is expected. > 0. */
  readonly tunedAt: number;
}

/** Options of a confidence sequence that may know what effect is planned for. */
export interface SequentialOptions extends TunedOptions {
  /** The smallest difference that matters, or the planned one, in the metric's unit, > 0: found sooner where it is there. */
  readonly effect?: number;
}

/** The keys of {@link TunedOptions}. */
export const tunedFields = {
  ...estimateFields,
  tunedAt: { kind: "number", above: 0 },
} as const satisfies FieldsFor<TunedOptions>;

/** The keys of {@link SequentialOptions}. */
export const sequentialFields = {
  ...tunedFields,
  effect: { kind: "number", above: 0, optional: true },
} as const satisfies FieldsFor<SequentialOptions>;

/**
 * The mixture's variance over an estimate's that makes the interval narrowest there, for the level.
 * @source Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas (2024), Annals of Statistics 52, eq. (9) and (134)
 */
export function tunedRatio(options: EstimateOptions): number {
  const double = -2 * Math.log(errorShare(options));
  return double + Math.log1p(double);
}

/** The error of both sides that a level stands for; one-sided levels up to a half have no narrowest place: any is valid. */
function errorShare(options: EstimateOptions): number {
  const alpha = 1 - readLevel(options);
  return readAlternative(options) === "two-sided" ? alpha : Math.min(2 * alpha, 0.9);
}

/** The look's mixture variance over its estimate's. */
export function ratioAt(units: number, options: TunedOptions): number {
  return (tunedRatio(options) * units) / options.tunedAt;
}

/** The boundary that options ask for, at a look of so many units and that standard error under no difference. */
export function boundaryAt(units: number, standardError: number, options: SequentialOptions): Boundary {
  const ratio = ratioAt(units, options);
  if (options.effect === undefined) return normalMixture({ ratio });
  // An effect too small for `tunedAt` units is only seen by then if it looks larger: the one with even odds is watched for.
  const visible = Math.sqrt((plannedReach(errorShare(options)) * units) / options.tunedAt);
  return mixed({ ratio, effect: Math.max(visible, options.effect / standardError) });
}

/** The method's name, by what it watches for. */
export const methodOf = ({ effect }: SequentialOptions, of: string) =>
  effect === undefined ? `${of}-sequence` : `${of}-sequence-mixed`;
