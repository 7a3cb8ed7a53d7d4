import { unknown_part, wrong_type } from "../../core/errors.js";
import {
  type ErrorPath,
  ExperimentError,
  errorOf,
  type Problem,
  problem,
} from "../../core/experiment-error.js";
import type { Json } from "../../core/json.js";
import { type CategoricalFeature, categoricalFeature } from "./categorical-feature.js";
import { type CyclicFeature, cyclic } from "./cyclic.js";
import type { Encoder, Feature } from "./encoder.js";
import { type HashedFeature, hashed } from "./hashed.js";
import { type NumericFeature, numeric } from "./numeric.js";
import { type VectorFeature, vector } from "./vector.js";

/** Every feature of `a` times every feature of `b`: an interaction. Parts may be crossed themselves. */
export interface CrossedFeature {
  readonly kind: "crossed";
  readonly a: ContextFeature;
  readonly b: ContextFeature;
}

/** One feature of a context; `kind` picks the encoder. */
export type ContextFeature =
  | NumericFeature
  | CategoricalFeature
  | CyclicFeature
  | HashedFeature
  | VectorFeature
  | CrossedFeature;

const crossed: Encoder<CrossedFeature> = {
  size: ({ a, b }) => encoderOf(a).size(a) * encoderOf(b).size(b),
  featureProblems: ({ a, b }, path) => [
    ...featureProblems(a, [...path, "a"]),
    ...featureProblems(b, [...path, "b"]),
  ],
  problems: ({ a, b }, context, path) => [
    ...encoderOf(a).problems(a, context, path),
    ...encoderOf(b).problems(b, context, path),
  ],
  write({ a, b }, context, out, at) {
    const left = new Float64Array(encoderOf(a).size(a));
    const right = new Float64Array(encoderOf(b).size(b));
    encoderOf(a).write(a, context, left, 0);
    encoderOf(b).write(b, context, right, 0);
    for (const x of left) for (const y of right) out[at++] = x * y;
  },
};

/** The encoders, by the `kind` of feature they encode. */
export const encoders = {
  numeric,
  categorical: categoricalFeature,
  cyclic,
  hashed,
  vector,
  crossed,
} as const;

const encoderOf = (feature: ContextFeature) => encoders[feature.kind] as unknown as Encoder<Feature>;

/** What is wrong with a feature. */
function featureProblems(feature: ContextFeature, path: ErrorPath): Problem[] {
  return Object.hasOwn(encoders, feature?.kind)
    ? encoderOf(feature).featureProblems(feature, path)
    : [problem({ unknown_part }, [...path, "kind"], feature?.kind)];
}

/** Turns contexts into vectors. */
export interface ContextEncoder {
  /** Length of the vectors: one for the constant if there is one, then the features' in order. */
  readonly size: number;
  problems(context: Json, path: ErrorPath): Problem[];
  /** The vector of a context, valid until the next call: it is written into one buffer, as this runs in hot loops. */
  encode(context: Json): Float64Array;
}

/**
 * The encoder of a list of features.
 * @param constant  whether a constant 1 comes first; default true
 * @param setting   name of the setting that holds the features, for paths; default `"features"`
 * @throws ExperimentError at [setting, i, …] when a feature is not one
 */
export function contextEncoder(
  features: readonly ContextFeature[],
  constant = true,
  setting = "features",
): ContextEncoder {
  if (!Array.isArray(features)) throw new ExperimentError({ wrong_type }, [setting], features);
  const wrong = features.flatMap((feature, i) => featureProblems(feature, [setting, i]));
  if (wrong[0]) throw errorOf(wrong);
  const members = features.map((feature) => ({ feature, encoder: encoderOf(feature) }));
  const first = constant ? 1 : 0;
  const size = members.reduce((sum, { feature, encoder }) => sum + encoder.size(feature), first);
  const out = new Float64Array(size);
  return {
    size,
    problems(context, path) {
      if (members.length === 0) return [];
      if (typeof context !== "object" || context === null || Array.isArray(context))
        return [problem({ wrong_type }, path, context)];
      const found: Problem[] = [];
      for (const { feature, encoder } of members)
        found.push(...encoder.problems(feature, context as Readonly<Record<string, unknown>>, path));
      return found;
    },
    encode(context) {
      out.fill(0);
      if (constant) out[0] = 1;
      let at = first;
      for (const { feature, encoder } of members) {
        encoder.write(feature, context as Readonly<Record<string, unknown>>, out, at);
        at += encoder.size(feature);
      }
      return out;
    },
  };
}
