export type { DesignRecord, FactorDefinition, Level } from "../../core/definition.js";
export type {
  Alias,
  Design,
  Effect,
  EffectColumns,
  EstimabilityOptions,
} from "./design.js";
export { designOf, factorialColumns, variantOf } from "./design-of.js";
export type { Combination, Factors } from "./factors.js";
export type { Forbidden } from "./forbidden.js";
export { fractionalFactorial } from "./fractional-factorial.js";
export { fullFactorial } from "./full-factorial.js";
export { type OptimalDesignOptions, optimalDesign } from "./optimal-design.js";
export { orthogonalArray } from "./orthogonal-array.js";
export { plackettBurman } from "./plackett-burman.js";
