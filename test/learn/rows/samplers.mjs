import {
  randomSource,
  sampleBeta,
  sampleBinomial,
  sampleDirichlet,
  sampleExponential,
  sampleGamma,
  sampleLognormal,
  sampleNormal,
  samplePoisson,
} from "essai/random";

const DRAWS = 1_000_000;

/** Draws with the mean and variance of their law. */
const samplers = {
  normal: { draw: sampleNormal, mean: 0, variance: 1 },
  "beta(0.02, 0.5)": beta2(0.02, 0.5),
  "beta(1, 1)": beta2(1, 1),
  "beta(3, 400)": beta2(3, 400),
  "gamma(0.05)": { draw: (random) => sampleGamma(random, 0.05), mean: 0.05, variance: 0.05 },
  "gamma(1)": { draw: (random) => sampleGamma(random, 1), mean: 1, variance: 1 },
  "gamma(250)": { draw: (random) => sampleGamma(random, 250), mean: 250, variance: 250 },
  "dirichlet(0.5, 2, 7), first share": first([0.5, 2, 7]),
  "dirichlet(20, 1, 1), first share": first([20, 1, 1]),
  "Student's t, 5 degrees of freedom": student(5),
  "Student's t, 40 degrees of freedom": student(40),
  "poisson(0.7)": { draw: (random) => samplePoisson(random, 0.7), mean: 0.7, variance: 0.7 },
  "poisson(60)": { draw: (random) => samplePoisson(random, 60), mean: 60, variance: 60 },
  "binomial(40, 0.3)": { draw: (random) => sampleBinomial(random, 40, 0.3), mean: 12, variance: 8.4 },
  "exponential(2)": { draw: (random) => sampleExponential(random, 2), mean: 0.5, variance: 0.25 },
  "lognormal(0, 0.5)": {
    draw: (random) => sampleLognormal(random, 0, 0.5),
    mean: Math.exp(0.125),
    variance: Math.expm1(0.25) * Math.exp(0.25),
  },
};

function beta2(a, b) {
  return {
    draw: (random) => sampleBeta(random, a, b),
    mean: a / (a + b),
    variance: (a * b) / ((a + b) ** 2 * (a + b + 1)),
  };
}

function first(alpha) {
  const total = alpha.reduce((sum, a) => sum + a, 0);
  const [a] = alpha;
  return {
    draw: (random) => sampleDirichlet(random, alpha)[0],
    mean: a / total,
    variance: (a * (total - a)) / (total ** 2 * (total + 1)),
  };
}

/** As the laws of bandits draw it: a normal over the root of a gamma. */
function student(df) {
  return {
    draw: (random) => sampleNormal(random) * Math.sqrt(df / (2 * sampleGamma(random, df / 2))),
    mean: 0,
    variance: df / (df - 2),
  };
}

/** How many standard errors mean and variance lie from their law's; the variance's error is the sample's own. */
function errors({ draw, mean, variance }, seed) {
  const random = randomSource(seed);
  let [first, second, fourth] = [0, 0, 0];
  for (let i = 0; i < DRAWS; i++) {
    const away = draw(random) - mean;
    first += away;
    second += away ** 2;
    fourth += away ** 4;
  }
  const spread = Math.sqrt(fourth / DRAWS - (second / DRAWS) ** 2);
  return {
    "mean, standard errors away": Math.abs(first / DRAWS) / Math.sqrt(variance / DRAWS),
    "variance, standard errors away": Math.abs(second / DRAWS - variance) / (spread / Math.sqrt(DRAWS)),
  };
}

/** Rows on the samplers' moments. */
export const rows = Object.entries(samplers).map(([name, sampler]) => ({
  key: `sampler/${name}`,
  group: "Samplers: mean and variance of a million draws",
  what: name,
  runs: 1,
  figures: ["mean", "variance"].map((moment) => ({
    ...{ name: `${moment}, standard errors away`, atMost: 4.5, exact: true, digits: 2 },
  })),
  measure: ({ seed }) => errors(sampler, seed),
}));
