import { numberProblem, problem, wrong_length, wrong_type } from "../../errors/index.js";
import type { Fields, FieldsType } from "../../shapes/index.js";
import { checkedFeature } from "./checked-feature.js";
import type { Encoder } from "./encoder.js";
import { isMissing, missingProblems } from "./missing.js";
import { MOST_PLACES } from "./most-places.js";

/** What a vector says. */
export const vectorFields = {
  field: { kind: "text" },
  size: { kind: "number", atLeast: 1, atMost: MOST_PLACES, whole: true },
} as const satisfies Fields;

/** Numbers that the caller has encoded already. */
export type VectorFeature = { readonly kind: "vector" } & FieldsType<typeof vectorFields>;

export function vector(feature: VectorFeature): Encoder {
  const { field, size } = checkedFeature(feature, vectorFields);
  return {
    size,
    fields: [field],
    problems(context, path) {
      const values = context[field];
      if (!Array.isArray(values) && isMissing(values))
        return missingProblems(values, field, path, { expected: { type: "list" } });
      if (!Array.isArray(values))
        return [problem({ wrong_type }, [...path, field], values, { expected: { type: "list" } })];
      if (values.length !== size)
        return [problem({ wrong_length }, [...path, field], values.length, { expected: { length: size } })];
      for (let i = 0; i < size; i++)
        if (!Number.isFinite(values[i])) return [numberProblem(values[i], [...path, field, i], {})!];
      return [];
    },
    write(context, out, at) {
      // A loop: `set` takes longer for so few numbers.
      let place = at;
      for (const value of context[field] as readonly number[]) out[place++] = value;
    },
  };
}
