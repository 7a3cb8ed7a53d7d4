import type { Json } from "../../core/json.js";
import {
  type ErrorPath,
  ExperimentError,
  errorOf,
  nearName,
  out_of_range,
  type Problem,
  problem,
  unknown_part,
  within,
  wrong_type,
} from "../../errors/index.js";
import { isPlainObject } from "../../shapes/index.js";
import type { Encoder, Encoders, Feature } from "./encoder.js";
import { encoders } from "./encoders.js";
import { MOST_PLACES } from "./most-places.js";

/** Turns contexts into vectors. */
export interface ContextEncoder {
  /** Length of the vectors: one for the constant if there is one, then the features' in order. */
  readonly size: number;
  /** Keys of the context that are read. */
  readonly fields: readonly string[];
  problems(context: Json, path: ErrorPath): Problem[];
  /** The vector of a context, valid until the next call: it is written into one buffer, as this runs in hot loops. */
  encode(context: Json): Float64Array;
}

function encoderOf(feature: Feature, known: Encoders): Encoder {
  if (!isPlainObject(feature))
    throw new ExperimentError({ wrong_type }, [], feature, { expected: { type: "object" } });
  const { kind } = feature;
  if (!Object.hasOwn(known, kind))
    throw new ExperimentError({ unknown_part }, ["kind"], kind, nearName(kind, Object.keys(known)));
  // A feature is data, often from JSON: its encoder checks what it is given.
  return known[kind]!(feature as never, (part, key) => within([key], () => encoderOf(part, known)));
}

/**
 * The encoder of a list of features.
 * @param features          as data
 * @param options.constant  whether a constant 1 comes first; default true
 * @param options.setting   name of the setting that holds the features, for paths; default `"features"`
 * @param options.others    encoders besides essai's
 * @returns the encoder
 * @throws ExperimentError at [setting, i, …] when a feature is not one; at [setting] when together they are too long
 */
export function contextEncoder(
  features: readonly Feature[],
  {
    constant = true,
    setting = "features",
    others = {},
  }: { readonly constant?: boolean; readonly setting?: string; readonly others?: Encoders } = {},
): ContextEncoder {
  if (!Array.isArray(features))
    throw new ExperimentError({ wrong_type }, [setting], features, { expected: { type: "list" } });
  const known: Encoders = { ...encoders, ...others };
  const members: Encoder[] = [];
  const wrong: Problem[] = [];
  features.forEach((feature: Feature, i) => {
    try {
      members.push(within([setting, i], () => encoderOf(feature, known)));
    } catch (error) {
      if (!(error instanceof ExperimentError)) throw error;
      wrong.push(...error.problems);
    }
  });
  if (wrong[0]) throw errorOf(wrong);
  const first = constant ? 1 : 0;
  const size = members.reduce((sum, member) => sum + member.size, first);
  if (size > 2 * MOST_PLACES)
    throw new ExperimentError({ out_of_range }, [setting], size, { expected: { atMost: 2 * MOST_PLACES } });
  const out = new Float64Array(size);
  return {
    size,
    fields: members.flatMap(({ fields }) => fields),
    problems(context, path) {
      if (members.length === 0) return [];
      if (!isPlainObject(context))
        return [problem({ wrong_type }, path, context, { expected: { type: "object" } })];
      const found: Problem[] = [];
      for (const member of members) found.push(...member.problems(context, path));
      return found;
    },
    encode(context) {
      out.fill(0);
      if (constant) out[0] = 1;
      let at = first;
      for (const member of members) {
        member.write(context as Readonly<Record<string, unknown>>, out, at);
        at += member.size;
      }
      return out;
    },
  };
}
