import { square } from "../../../core/powers.js";
import type { Law } from "./law.js";

/** [weight, parameters of one law, as many of another of its kind]: the one with that probability, else the other. */
export const mixtureOf = (law: Law): Law => {
  const parts = (parameters: readonly number[]) => {
    const width = (parameters.length - 1) / 2;
    return [parameters.slice(1, 1 + width), parameters.slice(1 + width)] as const;
  };
  const mean = (parameters: readonly number[]): number => {
    const [one, other] = parts(parameters);
    return parameters[0]! * law.mean(one) + (1 - parameters[0]!) * law.mean(other);
  };
  return {
    mean,
    sd(parameters) {
      const [one, other] = parts(parameters);
      const weight = parameters[0]!;
      const within = weight * square(law.sd(one)) + (1 - weight) * square(law.sd(other));
      return Math.sqrt(within + weight * (1 - weight) * square(law.mean(one) - law.mean(other)));
    },
    draw(random, parameters) {
      const [one, other] = parts(parameters);
      return law.draw(random, random.next() < parameters[0]! ? one : other);
    },
  };
};
