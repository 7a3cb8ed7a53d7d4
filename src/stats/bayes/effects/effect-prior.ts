import type { FieldsFor } from "../../../shapes/index.js";

/** What is believed of an effect before its data: normal, on the scale on which the effect is told. */
export interface EffectPrior {
  readonly mean: number;
  /** > 0. */
  readonly standardDeviation: number;
}

export const effectPriorFields = {
  mean: { kind: "number" },
  standardDeviation: { kind: "number", above: 0 },
} as const satisfies FieldsFor<EffectPrior>;
