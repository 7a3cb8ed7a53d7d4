// What other packages compute by default from the same counts or moments, as formulas, so that they can be judged on the
// same draws as whole reports. Each says on which scale its interval is; `z` is the deviate of its test of no effect.
import { normalQuantile, normalSurvival, tQuantile, tSurvival } from "../../dist/distributions/index.js";
import { fisherExact } from "../../dist/stats/index.js";

const level = 0.95;
const outside = (1 - level) / 2;
const critical = -normalQuantile(outside);

/** @returns what a symmetric interval and its test say; nothing is shown where there is no standard error */
function symmetric(value, error, reach, survival) {
  if (!(error > 0)) return { gain: false, harm: false, width: undefined };
  const shown = survival(Math.abs(value) / error) < outside;
  return {
    gain: shown && value > 0,
    harm: shown && value < 0,
    width: 2 * reach * error,
    interval: [value - reach * error, value + reach * error],
  };
}

const normal = (value, error) => symmetric(value, error, critical, normalSurvival);
const student = (value, error, df) =>
  symmetric(value, error, -tQuantile(outside, df), (t) => tSurvival(t, df));

/** Variance of one unit's value, n − 1 below. */
const sample = ({ n, m2 }) => m2 / (n - 1);

/** Satterthwaite's degrees of freedom. */
function freedom(control, treatment) {
  const [a, b] = [sample(control) / control.n, sample(treatment) / treatment.n];
  return (a + b) ** 2 / (a ** 2 / (control.n - 1) + b ** 2 / (treatment.n - 1));
}

/** @returns Welch's t-test of the difference; tea-tasting's `Mean` and `RatioOfMeans`, SciPy's `ttest_ind(equal_var=False)` */
export function welchTest(control, treatment) {
  const error = Math.sqrt(sample(control) / control.n + sample(treatment) / treatment.n);
  if (!(error > 0)) return normal(0, 0);
  return student(treatment.mean - control.mean, error, freedom(control, treatment));
}

/** @returns the textbook's z-test: both arms' rate pooled, in the test and in the interval */
export function pooledTest(control, treatment) {
  const n = control.n + treatment.n;
  const rate = (control.n * control.mean + treatment.n * treatment.mean) / n;
  const error = Math.sqrt(rate * (1 - rate) * (1 / control.n + 1 / treatment.n));
  return normal(treatment.mean - control.mean, error);
}

/** @returns spotify-confidence's `ZTest`: each arm's own variance, n below, and a normal tail */
export function unpooledTest(control, treatment) {
  const error = Math.sqrt(control.m2 / control.n ** 2 + treatment.m2 / treatment.n ** 2);
  return normal(treatment.mean - control.mean, error);
}

/** Relative lift and its standard error by the delta method. */
function relative(control, treatment) {
  const { mean } = control;
  const variance =
    sample(treatment) / treatment.n / mean ** 2 +
    ((sample(control) / control.n) * treatment.mean ** 2) / mean ** 4;
  return [treatment.mean / mean - 1, Math.sqrt(variance)];
}

/** @returns gbstats' `EffectBayesianABTest` with its flat prior: the lift by the delta method and a normal tail */
export function relativeTest(control, treatment) {
  return control.mean > 0 ? normal(...relative(control, treatment)) : normal(0, 0);
}

/** @returns gbstats' `TwoSidedTTest`: the same lift, Student's tail */
export function relativeStudentTest(control, treatment) {
  if (!(control.mean > 0)) return normal(0, 0);
  const [value, error] = relative(control, treatment);
  return error > 0 ? student(value, error, freedom(control, treatment)) : normal(0, 0);
}

/** @returns Fisher's mid-p, one-sided on each side; it has no interval of the difference */
export function fisherTest(control, treatment) {
  const [c, t] = [control, treatment].map(({ n, mean }) => ({ n, x: Math.round(n * mean) }));
  const below = (alternative) => fisherExact(c, t, { alternative, midP: true }).pValue < outside;
  return { gain: below("greater"), harm: below("less"), width: undefined };
}

/** The methods that conversions are held against. */
export const conversionPeers = [
  { name: "Fisher’s mid-p", scale: null, test: fisherTest },
  { name: "pooled z", scale: "difference", test: pooledTest },
  { name: "Welch (tea-tasting `Mean`, SciPy 1.10)", scale: "difference", test: welchTest },
  { name: "unpooled z (spotify-confidence `ZTest`)", scale: "difference", test: unpooledTest },
  { name: "delta, normal (gbstats 0.8.0, Bayesian)", scale: "lift", test: relativeTest },
  { name: "delta, t (gbstats 0.8.0, frequentist)", scale: "lift", test: relativeStudentTest },
];

/** The methods that skewed amounts are held against, of those that need no raw values. */
export const amountPeers = [
  { name: "Welch (tea-tasting `Mean`, SciPy 1.10)", scale: "difference", test: welchTest },
  { name: "delta, normal (gbstats 0.8.0, Bayesian)", scale: "lift", test: relativeTest },
  { name: "delta, t (gbstats 0.8.0, frequentist)", scale: "lift", test: relativeStudentTest },
];

/** Probabilities of the counts that n trials of a rate have with any weight. */
function counts(n, rate) {
  const reach = 8 * Math.sqrt(n * rate * (1 - rate)) + 3;
  const [low, high] = [Math.max(0, Math.floor(n * rate - reach)), Math.min(n, Math.ceil(n * rate + reach))];
  const odds = rate / (1 - rate);
  const mode = Math.floor(n * rate);
  const list = new Array(high - low + 1).fill(1);
  for (let x = mode + 1; x <= high; x++) list[x - low] = (list[x - 1 - low] * odds * (n - x + 1)) / x;
  for (let x = mode - 1; x >= low; x--) list[x - low] = (list[x + 1 - low] * (x + 1)) / odds / (n - x);
  const total = list.reduce((sum, weight) => sum + weight, 0);
  return list.map((weight, i) => ({ n, x: low + i, probability: weight / total }));
}

/** @returns how often a method shows a gain or a loss where both arms have this rate: summed over all tables, no chance */
export function exactSize(test, [control, treatment], rate) {
  const arm = ({ n, x }) => ({ n, mean: x / n, m2: x * (1 - x / n) });
  const size = { gain: 0, harm: 0 };
  for (const c of counts(control, rate))
    for (const t of counts(treatment, rate)) {
      const { gain, harm } = test(arm(c), arm(t));
      if (gain) size.gain += c.probability * t.probability;
      if (harm) size.harm += c.probability * t.probability;
    }
  return size;
}

function momentsOf(n, sum, squares) {
  const mean = sum / n;
  return { mean, variance: (squares - sum * mean) / (n - 1) / n };
}

/** Mean and its variance of n units resampled with replacement, of which only those with an amount are drawn one by one. */
function resampled({ n, values }, random, sampleBinomial) {
  const buyers = sampleBinomial(random, n, values.length / n);
  let [sum, squares] = [0, 0];
  for (let i = 0; i < buyers; i++) {
    const value = values[Math.floor(random.next() * values.length)];
    sum += value;
    squares += value * value;
  }
  return momentsOf(n, sum, squares);
}

/**
 * The lift's bootstrap-t on the log scale, from raw amounts: what `bootstrapLift` does, without drawing the zeros.
 * @param control    n units, and the amounts of those that have one
 * @param treatment  the same of the other arm
 */
export function bootstrapLiftTest(control, treatment, random, sampleBinomial, replicates = 499) {
  const observed = [control, treatment].map(({ n, values }) => {
    const squares = values.reduce((sum, x) => sum + x * x, 0);
    return momentsOf(
      n,
      values.reduce((sum, x) => sum + x, 0),
      squares,
    );
  });
  const spread = ([c, t]) => Math.sqrt(c.variance / c.mean ** 2 + t.variance / t.mean ** 2);
  const log = ([c, t]) => Math.log(t.mean / c.mean);
  const deviates = [];
  for (let i = 0; i < replicates; i++) {
    const again = [control, treatment].map((arm) => resampled(arm, random, sampleBinomial));
    if (again.every(({ mean, variance }) => mean > 0 && variance > 0))
      deviates.push((log(again) - log(observed)) / spread(again));
  }
  deviates.sort((a, b) => a - b);
  const at = (share) =>
    deviates[Math.min(deviates.length - 1, Math.max(0, Math.round(share * (deviates.length + 1)) - 1))];
  const [low, high] = [outside, 1 - outside].map((share) => at(1 - share));
  const interval = [low, high].map((deviate) => Math.expm1(log(observed) - deviate * spread(observed)));
  return { gain: interval[0] > 0, harm: interval[1] < 0, width: interval[1] - interval[0], interval };
}
