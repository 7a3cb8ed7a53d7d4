import { tPdf, tQuantile } from "../../../distributions/t.js";
import { drawGamma } from "../../../random/sample-gamma.js";
import { drawNormal } from "../../../random/sample-normal.js";
import type { ClosedForm, Law } from "./law.js";

/** [mean, scale, degrees of freedom] */
export const studentLaw: Law = {
  mean: ([mean]) => mean!,
  sd: ([, scale, df]) => (df! > 2 ? scale! * Math.sqrt(df! / (df! - 2)) : 1 / 0),
  draw: (random, [mean, scale, df]) =>
    mean! + scale! * drawNormal(random) * Math.sqrt(df! / (2 * drawGamma(random, df! / 2))),
};

export const studentForm: ClosedForm = {
  density: (x, [mean, scale, df]) => tPdf((x - mean!) / scale!, df!) / scale!,
  quantile: (p, [mean, scale, df]) => mean! + scale! * tQuantile(p, df!),
};
