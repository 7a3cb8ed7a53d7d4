import { normalPdf, normalQuantile } from "../../../distributions/normal.js";
import { drawNormal } from "../../../random/sample-normal.js";
import type { ClosedForm, Law } from "./law.js";

/** [mean, standard deviation] */
export const normalLaw: Law = {
  mean: ([mean]) => mean!,
  sd: ([, sd]) => sd!,
  draw: (random, [mean, sd]) => mean! + sd! * drawNormal(random),
  sampler: (parameters) => (random, out) => {
    for (let i = 0; i < out.length; i++) out[i] = parameters[i]![0]! + parameters[i]![1]! * random.normal();
  },
};

export const normalForm: ClosedForm = {
  density: (x, [mean, sd]) => (sd! > 0 ? normalPdf((x - mean!) / sd!) / sd! : 0),
  quantile: (p, [mean, sd]) => mean! + sd! * normalQuantile(p),
};
