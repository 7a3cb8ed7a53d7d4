import type { Catalogue, Holdout } from "../core/catalogue.js";

/** @returns the holdouts of a catalogue that bind an experiment: those of its unit, and of its layer or of all */
export const holdoutsOf = (
  { unit, layer }: { readonly unit: string; readonly layer?: { readonly key: string } },
  { holdouts = [] }: Catalogue,
): readonly Holdout[] =>
  holdouts.filter((each) => each.unit === unit && (!each.layer || each.layer === layer?.key));
