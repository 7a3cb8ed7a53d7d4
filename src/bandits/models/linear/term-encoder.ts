import type { Json } from "../../../core/json.js";
import {
  type ErrorPath,
  errorOf,
  missing_value,
  type Problem,
  problem,
  problemAt,
} from "../../../errors/index.js";
import type { Terms } from "../../../regression/shared-fit.js";
import { contextEncoder } from "../../encoders/context-encoder.js";
import type { Encoders, Feature } from "../../encoders/encoder.js";
import type { Arm } from "../../state/arm.js";

/** What is known of each action beforehand, by its key: a price, a length, an embedding. */
export type ActionAttributes = Readonly<Record<string, Readonly<Record<string, Json>>>>;

/** Encodes contexts for regressions over arms: x has coefficients of each arm's own, z shared ones. */
export interface TermEncoder {
  readonly terms: Terms;
  /** Whether anything is read from a context. */
  readonly reads: boolean;
  problems(context: Json, path: ErrorPath): Problem[];
  /** x, and z for an arm; each valid until the next call, as this runs in hot loops. */
  own(context: Json): Float64Array;
  shared(context: Json, arm: number): Float64Array;
  /** x and z in one vector. */
  both(context: Json, arm: number): Float64Array;
}

/** What regressions over arms read of contexts and actions. */
export interface TermFeatures {
  /** Read for each arm's own coefficients; null: there are none, not even a constant. */
  readonly features: readonly Feature[] | null;
  readonly shared: readonly Feature[];
  readonly attributes: ActionAttributes;
}

const ACTION = "action.";

/**
 * The encoder of own and shared features.
 * @param arms    the arms whose levels and attributes the shared features may read
 * @param others  encoders besides essai's
 * @throws ExperimentError at ["features", i, …] or ["shared", i, …] when a feature is not one; `missing_value` at
 *         ["attributes", action, name] when an action lacks what a shared feature reads of it
 */
export function termEncoder(
  { features, shared, attributes }: TermFeatures,
  arms: readonly Arm[],
  others: Encoders = {},
): TermEncoder {
  const own = contextEncoder(features ?? [], { constant: features !== null, others });
  const together = contextEncoder(shared, { constant: false, setting: "shared", others });
  const { fields } = together;
  const ofContext = fields.some((field) => !field.startsWith(ACTION));
  const told = arms.map(({ key, action }) =>
    Object.fromEntries(
      Object.entries({ ...action, ...attributes[key] }).map(([name, value]) => [ACTION + name, value]),
    ),
  );
  // What the actions lack can be seen before there is a context.
  const wrong = arms.flatMap(({ key }, arm) => {
    const lacking = fields.filter((field) => field.startsWith(ACTION) && told[arm]![field] === undefined);
    const found = together
      .problems(told[arm]!, ["attributes", key])
      .filter(({ path }) => String(path[2]).startsWith(ACTION) && !lacking.includes(String(path[2])));
    return [
      ...lacking.map((field) =>
        problem({ missing_value }, ["attributes", key, field.slice(ACTION.length)], undefined),
      ),
      ...found.map((each) =>
        problemAt(
          ["attributes", key, String(each.path[2]).slice(ACTION.length), ...each.path.slice(3)],
          each,
        ),
      ),
    ];
  });
  if (wrong[0]) throw errorOf(wrong);
  const seen = (context: Json, arm: number): Json =>
    ofContext ? { ...(context as Readonly<Record<string, Json>>), ...told[arm] } : (told[arm] ?? {});
  const d = own.size;
  const out = new Float64Array(d + together.size);
  return {
    terms: { own: d, shared: together.size },
    reads: ofContext || (features ?? []).length > 0,
    problems(context, path) {
      const found = own.problems(context, path);
      if (!ofContext || (found[0] && found[0].path.length === path.length)) return found;
      if (typeof context !== "object" || context === null || Array.isArray(context))
        return together.problems(context, path);
      return [...found, ...together.problems(seen(context, 0), path)];
    },
    own: own.encode,
    shared: (context, arm) => together.encode(seen(context, arm)),
    both(context, arm) {
      out.set(own.encode(context));
      if (together.size > 0) out.set(together.encode(seen(context, arm)), d);
      return out;
    },
  };
}
