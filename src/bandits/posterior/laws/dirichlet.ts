import { square } from "../../../core/powers.js";
import { drawDirichlet } from "../../../random/sample-dirichlet.js";
import type { Law } from "./law.js";

/** Values first, then as many concentrations: the mean of a categorical reward with unknown probabilities. */
export const dirichletLaw: Law = {
  mean(parameters) {
    const k = parameters.length / 2;
    let [sum, total] = [0, 0];
    for (let j = 0; j < k; j++) {
      sum += parameters[j]! * parameters[k + j]!;
      total += parameters[k + j]!;
    }
    return sum / total;
  },
  sd(parameters) {
    const k = parameters.length / 2;
    const mean = dirichletLaw.mean(parameters);
    let [sum, total] = [0, 0];
    for (let j = 0; j < k; j++) {
      sum += square(parameters[j]! - mean) * parameters[k + j]!;
      total += parameters[k + j]!;
    }
    return Math.sqrt(sum / total / (total + 1));
  },
  draw(random, parameters) {
    const k = parameters.length / 2;
    return drawDirichlet(random, parameters.slice(k)).reduce(
      (sum, share, j) => sum + share * parameters[j]!,
      0,
    );
  },
};
