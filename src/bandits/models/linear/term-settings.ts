import type { ContextFeature } from "../../encoders/context-feature.js";
import type { Feature } from "../../encoders/encoder.js";
import type { ActionAttributes } from "./term-encoder.js";

/** What regressions over arms read; `F`: features of encoders that are passed in. */
export interface TermSettings<F extends Feature = never> {
  readonly features?: readonly ContextFeature<F>[] | null;
  readonly shared?: readonly ContextFeature<F>[];
  readonly attributes?: ActionAttributes;
}
