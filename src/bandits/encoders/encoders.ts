import { categoricalFeature } from "./categorical-feature.js";
import type { ContextFeature } from "./context-feature.js";
import { crossed } from "./crossed.js";
import { cyclic } from "./cyclic.js";
import type { EncoderFactory } from "./encoder.js";
import { hashed } from "./hashed.js";
import { numeric } from "./numeric.js";
import { vector } from "./vector.js";

/** Every encoder, by the `kind` of feature it takes. */
export const encoders = {
  numeric,
  categorical: categoricalFeature,
  cyclic,
  hashed,
  vector,
  crossed,
} as const satisfies {
  readonly [K in ContextFeature["kind"]]: EncoderFactory<Extract<ContextFeature, { readonly kind: K }>>;
};
