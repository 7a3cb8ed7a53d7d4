import type { ErrorPath, Problem } from "../../errors/index.js";

/** One feature of a context, as data: `kind` names the encoder, the rest is the encoder's. */
export interface Feature {
  readonly kind: string;
}

/** A feature ready to be read from contexts: from values to numbers. */
export interface Encoder {
  /** How many numbers the feature becomes. */
  readonly size: number;
  /** Keys of the context that are read. */
  readonly fields: readonly string[];
  /** What is wrong with a context; paths start at `path`, the context's. */
  problems(context: Readonly<Record<string, unknown>>, path: ErrorPath): Problem[];
  /** Writes `size` numbers into `out` from `at` on; `out` is zero there. */
  write(context: Readonly<Record<string, unknown>>, out: Float64Array, at: number): void;
}

/**
 * A member of the encoder family: makes a feature ready, having checked it. What it throws has paths within the feature;
 * `encode` makes the parts of a feature ready that has features in it, each with the key it stands under.
 */
export type EncoderFactory<F extends Feature = never> = (
  feature: F,
  encode: (part: Feature, key: string) => Encoder,
) => Encoder;

/** Encoder factories by the `kind` of feature they take. */
export type Encoders = Readonly<Record<string, EncoderFactory>>;

/** The features that encoders take. */
export type FeatureOf<E> = {
  [K in keyof E]: E[K] extends (feature: infer F, ...rest: never[]) => unknown
    ? F extends Feature
      ? F
      : never
    : never;
}[keyof E];
