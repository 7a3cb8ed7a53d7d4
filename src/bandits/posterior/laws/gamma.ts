import { gammaPdf, gammaQuantile } from "../../../distributions/gamma.js";
import { logGamma } from "../../../distributions/log-gamma.js";
import { drawGamma } from "../../../random/sample-gamma.js";
import { gammaConstants } from "./gamma-constants.js";
import type { ClosedForm, Law, LogTotal } from "./law.js";

/** [shape, rate] */
export const gammaLaw: Law = {
  mean: ([shape, rate]) => shape! / rate!,
  sd: ([shape, rate]) => Math.sqrt(shape!) / rate!,
  draw: (random, [shape, rate]) => drawGamma(random, shape!) / rate!,
  sampler(parameters) {
    const constants = gammaConstants(parameters, 1);
    return (random, out) => {
      for (let i = 0; i < out.length; i++) {
        const d = constants[2 * i]!;
        const x = d >= 0 ? random.gamma(d, constants[2 * i + 1]!) : drawGamma(random, parameters[i]![0]!);
        out[i] = x / parameters[i]![1]!;
      }
    };
  },
};

export const gammaForm: ClosedForm = {
  density: (x, [shape, rate]) => (x > 0 ? rate! * gammaPdf(rate! * x, shape!) : 0),
  quantile: (p, [shape, rate]) => gammaQuantile(p, shape!) / rate!,
};

export const gammaTotal: LogTotal = ([shape, rate]) => logGamma(shape!) - shape! * Math.log(rate!);
