import { betaPdf, betaQuantile } from "../../../distributions/beta.js";
import { logBeta } from "../../../distributions/log-gamma.js";
import { drawBeta } from "../../../random/sample-beta.js";
import { betaMoments } from "./chance-times-amount.js";
import { gammaConstants } from "./gamma-constants.js";
import type { ClosedForm, Law, LogTotal } from "./law.js";

/** [a, b] */
export const betaLaw: Law = {
  mean: ([a, b]) => betaMoments(a!, b!).mean,
  sd: ([a, b]) => Math.sqrt(betaMoments(a!, b!).variance),
  draw: (random, [a, b]) => drawBeta(random, a!, b!),
  sampler(parameters) {
    const constants = gammaConstants(parameters, 2);
    return (random, out) => {
      for (let i = 0, at = 0; i < out.length; i++, at += 4) {
        const d = constants[at]!;
        const e = constants[at + 2]!;
        if (d + e >= 0) {
          const x = random.gamma(d, constants[at + 1]!);
          out[i] = x / (x + random.gamma(e, constants[at + 3]!));
        } else out[i] = drawBeta(random, parameters[i]![0]!, parameters[i]![1]!);
      }
    };
  },
};

export const betaForm: ClosedForm = {
  density: (x, [a, b]) => (x > 0 && x < 1 ? betaPdf(x, a!, b!) : 0),
  quantile: (p, [a, b]) => betaQuantile(p, a!, b!),
};

export const betaTotal: LogTotal = ([a, b]) => logBeta(a!, b!);
