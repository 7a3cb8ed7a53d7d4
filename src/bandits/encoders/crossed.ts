import { ExperimentError, out_of_range } from "../../errors/index.js";
import type { Fields } from "../../shapes/index.js";
import { checkedFeature } from "./checked-feature.js";
import type { Encoder, Feature } from "./encoder.js";
import { MOST_PLACES } from "./most-places.js";

/** What a crossed feature says: its parts, features themselves. */
export const crossedFields = {
  a: { kind: "named", name: "feature" },
  b: { kind: "named", name: "feature" },
} as const satisfies Fields;

/** Every number of `a` times every number of `b`: an interaction. Parts may be crossed themselves. */
export interface CrossedFeature<F extends Feature = Feature> {
  readonly kind: "crossed";
  readonly a: F;
  readonly b: F;
}

export function crossed(feature: CrossedFeature, encode: (part: Feature, key: string) => Encoder): Encoder {
  checkedFeature(feature, crossedFields);
  const a = encode(feature.a, "a");
  const b = encode(feature.b, "b");
  const size = a.size * b.size;
  if (size > 2 * MOST_PLACES)
    throw new ExperimentError({ out_of_range }, [], size, { expected: { atMost: 2 * MOST_PLACES } });
  const left = new Float64Array(a.size);
  const right = new Float64Array(b.size);
  return {
    size,
    fields: [...a.fields, ...b.fields],
    problems: (context, path) => [...a.problems(context, path), ...b.problems(context, path)],
    write(context, out, at) {
      left.fill(0);
      right.fill(0);
      a.write(context, left, 0);
      b.write(context, right, 0);
      let place = at;
      for (const x of left) for (const y of right) out[place++] = x * y;
    },
  };
}
