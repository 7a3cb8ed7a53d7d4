import type { CategoricalFeature } from "./categorical-feature.js";
import type { CrossedFeature } from "./crossed.js";
import type { CyclicFeature } from "./cyclic.js";
import type { Feature } from "./encoder.js";
import type { HashedFeature } from "./hashed.js";
import type { NumericFeature } from "./numeric.js";
import type { VectorFeature } from "./vector.js";

/** One feature of a context; `kind` picks the encoder. `F`: features of encoders that are passed in. */
export type ContextFeature<F extends Feature = never> =
  | NumericFeature
  | CategoricalFeature
  | CyclicFeature
  | HashedFeature
  | VectorFeature
  | CrossedFeature<ContextFeature<F>>
  | F;
