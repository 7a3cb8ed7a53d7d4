import type { Catalogue, Holdout } from "../core/catalogue.js";
import type { Definition } from "../core/definition.js";

type Experiment = Definition<string, unknown>;

/** @returns the holdouts of a catalogue that bind an experiment: those of its unit, and of its layer or of all */
export const holdoutsOf = (catalogue: Catalogue, { unit, layer }: Experiment): readonly Holdout[] =>
  catalogue.holdouts?.filter((each) => each.unit === unit && (!each.layer || each.layer === layer?.key)) ??
  [];

/** @returns the variant that the call, or else the definition, forces on a unit; what is not a variant forces nothing */
export const forcedVariant = (
  { overrides }: Experiment,
  variants: { has(key: unknown): boolean },
  unitId: string,
  wanted: string | undefined,
): string | undefined =>
  variants.has(wanted) ? wanted : overrides?.find((each) => each.unitId === unitId)?.variant;

/** @returns the variant that everybody of the audience gets, once the experiment is stopped with one */
export const rolledOut = ({ status, rollout }: Experiment): string | undefined =>
  status === "stopped" ? rollout : undefined;
