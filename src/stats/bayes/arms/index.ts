import { type ErrorPath, errorOf } from "../../../errors/index.js";
import { type Fields, fitsFields, shapeProblems } from "../../../shapes/index.js";
import type { ArmLaw } from "../laws/arm-law.js";
import type { ArmModel } from "./arm-model.js";
import { bernoulli, type betaPosterior } from "./bernoulli.js";
import { hurdle, type hurdlePosterior } from "./hurdle.js";
import { type meanPosterior, normal } from "./normal.js";
import { type gammaPosterior, poisson } from "./poisson.js";

/** The family of what an arm's units are taken to follow. A new one is one file and one line here. */
export const armModels = { bernoulli, poisson, normal, hurdle } as const;

/** What is believed about an arm's value: plain JSON, its parameters under the model's name. */
export type ArmPosterior =
  | ReturnType<typeof betaPosterior>
  | ReturnType<typeof gammaPosterior>
  | ReturnType<typeof meanPosterior>
  | ReturnType<typeof hurdlePosterior>;

const shape = {
  kind: "choice",
  by: "model",
  of: {
    bernoulli: bernoulli.fields,
    poisson: poisson.fields,
    normal: normal.fields,
    hurdle: hurdle.fields,
  },
} as const;

const named = (model: keyof typeof armModels) =>
  ({ model: { kind: "word", of: [model] }, ...armModels[model].fields }) as const;
const known: readonly Fields[] = [named("bernoulli"), named("poisson"), named("normal"), named("hurdle")];

/** The law of an arm's value; refuses parameters that no posterior has. */
export function lawOf(arm: ArmPosterior, path: ErrorPath): ArmLaw {
  if (!known.some((fields) => fitsFields(arm, fields))) {
    const problems = shapeProblems(arm, shape, path);
    if (problems.length > 0) throw errorOf(problems);
  }
  // The table of models ties each law to its parameters; a call through it can't.
  const { law } = armModels[arm.model] as ArmModel<ArmPosterior>;
  return law(arm);
}
