import { square } from "../../core/powers.js";
import { sampleBeta } from "../../random/sample-beta.js";
import { sampleDirichlet } from "../../random/sample-dirichlet.js";
import { sampleGamma } from "../../random/sample-gamma.js";
import { sampleNormal } from "../../random/sample-normal.js";
import type { Sfc32 } from "../../random/sfc32.js";
import type { RandomSource } from "../../random/source.js";

/** A family of distributions that an action's expected reward may be believed to have. */
export interface Law {
  mean(parameters: readonly number[]): number;
  /** Infinity where the distribution has no variance. */
  sd(parameters: readonly number[]): number;
  draw(random: RandomSource, parameters: readonly number[]): number;
  /**
   * The same draws for hot loops, of all actions at once: what follows from the parameters is worked out beforehand, and
   * chance has one known type. Absent: `draw` for each.
   */
  sampler?(parameters: readonly (readonly number[])[]): Sampler;
}

/** Writes one draw of every action's expected reward into `out`. */
export type Sampler = (random: Sfc32, out: Float64Array) => void;

/**
 * Marsaglia and Tsang's d and c of the first `shapes` parameters of each action, in a row; d is NaN for a shape below 1,
 * which their sampler cannot take.
 */
function gammaConstants(parameters: readonly (readonly number[])[], shapes: number): number[] {
  const constants: number[] = [];
  for (const row of parameters) {
    for (let j = 0; j < shapes; j++) {
      const d = row[j]! < 1 ? Number.NaN : row[j]! - 1 / 3;
      constants.push(d, 1 / Math.sqrt(9 * d));
    }
  }
  return constants;
}

const betaMoments = (a: number, b: number) => ({
  mean: a / (a + b),
  variance: (a * b) / ((a + b) * (a + b) * (a + b + 1)),
});

/** Moments of a product of two independent quantities. */
const product = (
  x: { readonly mean: number; readonly variance: number },
  y: { readonly mean: number; readonly variance: number },
) => ({
  mean: x.mean * y.mean,
  sd: Math.sqrt(x.variance * y.variance + x.variance * square(y.mean) + y.variance * square(x.mean)),
});

/** [a, b] */
const betaLaw: Law = {
  mean: ([a, b]) => betaMoments(a!, b!).mean,
  sd: ([a, b]) => Math.sqrt(betaMoments(a!, b!).variance),
  draw: (random, [a, b]) => sampleBeta(random, a!, b!),
  sampler(parameters) {
    const constants = gammaConstants(parameters, 2);
    return (random, out) => {
      for (let i = 0, at = 0; i < out.length; i++, at += 4) {
        const d = constants[at]!;
        const e = constants[at + 2]!;
        if (d + e >= 0) {
          const x = random.gamma(d, constants[at + 1]!);
          out[i] = x / (x + random.gamma(e, constants[at + 3]!));
        } else out[i] = sampleBeta(random, parameters[i]![0]!, parameters[i]![1]!);
      }
    };
  },
};

/** [shape, rate] */
const gammaLaw: Law = {
  mean: ([shape, rate]) => shape! / rate!,
  sd: ([shape, rate]) => Math.sqrt(shape!) / rate!,
  draw: (random, [shape, rate]) => sampleGamma(random, shape!) / rate!,
  sampler(parameters) {
    const constants = gammaConstants(parameters, 1);
    return (random, out) => {
      for (let i = 0; i < out.length; i++) {
        const d = constants[2 * i]!;
        const x = d >= 0 ? random.gamma(d, constants[2 * i + 1]!) : sampleGamma(random, parameters[i]![0]!);
        out[i] = x / parameters[i]![1]!;
      }
    };
  },
};

/** [mean, scale, degrees of freedom] */
const studentLaw: Law = {
  mean: ([mean]) => mean!,
  sd: ([, scale, df]) => (df! > 2 ? scale! * Math.sqrt(df! / (df! - 2)) : 1 / 0),
  draw: (random, [mean, scale, df]) =>
    mean! + scale! * sampleNormal(random) * Math.sqrt(df! / (2 * sampleGamma(random, df! / 2))),
};

/** [mean, standard deviation] */
const normalLaw: Law = {
  mean: ([mean]) => mean!,
  sd: ([, sd]) => sd!,
  draw: (random, [mean, sd]) => mean! + sd! * sampleNormal(random),
  sampler: (parameters) => (random, out) => {
    for (let i = 0; i < out.length; i++) out[i] = parameters[i]![0]! + parameters[i]![1]! * random.normal();
  },
};

/** Values first, then as many concentrations: the mean of a categorical reward with unknown probabilities. */
const dirichletLaw: Law = {
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
    return sampleDirichlet(random, parameters.slice(k)).reduce(
      (sum, share, j) => sum + share * parameters[j]!,
      0,
    );
  },
};

/** [a, b, amount's shape, amount's rate, shape of one amount]: chance of an amount × its mean, shape / gamma. */
const hurdleGammaLaw: Law = {
  mean: ([a, b, shape, rate, one]) =>
    shape! > 1 ? (betaMoments(a!, b!).mean * one! * rate!) / (shape! - 1) : 1 / 0,
  sd([a, b, shape, rate, one]) {
    if (!(shape! > 2)) return 1 / 0;
    const mean = (one! * rate!) / (shape! - 1);
    return product(betaMoments(a!, b!), { mean, variance: square(mean) / (shape! - 2) }).sd;
  },
  draw: (random, [a, b, shape, rate, one]) =>
    (sampleBeta(random, a!, b!) * one! * rate!) / sampleGamma(random, shape!),
};

/**
 * [a, b, log mean, n, shape, scale]: chance of an amount × the mean of a log-normal amount whose logarithm has a
 * normal–inverse-gamma posterior. That product has no mean; `mean` and `sd` are those at the variance's centre.
 */
const hurdleLognormalLaw: Law = {
  mean: ([a, b, mean, , shape, scale]) => betaMoments(a!, b!).mean * Math.exp(mean! + scale! / shape! / 2),
  sd([a, b, mean, n, shape, scale]) {
    const variance = scale! / shape!;
    const amount = Math.exp(mean! + variance / 2);
    return product(betaMoments(a!, b!), {
      mean: amount,
      variance: square(amount) * (variance / n! + square(variance) / (4 * shape!)),
    }).sd;
  },
  draw(random, [a, b, mean, n, shape, scale]) {
    const variance = scale! / sampleGamma(random, shape!);
    const center = mean! + Math.sqrt(variance / n!) * sampleNormal(random);
    return sampleBeta(random, a!, b!) * Math.exp(center + variance / 2);
  },
};

/** [weight, parameters of one law, as many of another of its kind]: the one with that probability, else the other. */
const mixtureOf = (law: Law): Law => {
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

/** The laws of independent beliefs, by name. */
export const laws = {
  beta: betaLaw,
  gamma: gammaLaw,
  student: studentLaw,
  normal: normalLaw,
  dirichlet: dirichletLaw,
  hurdleGamma: hurdleGammaLaw,
  hurdleLognormal: hurdleLognormalLaw,
  betaMixture: mixtureOf(betaLaw),
  gammaMixture: mixtureOf(gammaLaw),
} as const;
