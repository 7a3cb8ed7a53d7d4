import { cholesky, solveLower, solveUpper, squaredProduct } from "../../linear/cholesky.js";
import { packedLength } from "../../linear/symmetric.js";
import type { Sfc32 } from "../../random/hot-loops/index.js";
import { drawNormal } from "../../random/sample-normal.js";
import type { RandomSource } from "../../random/source.js";
import type { Link } from "../../regression/links.js";
import type { SharedFit } from "../../regression/shared-fit.js";
import { drawStreams } from "./draw-stream.js";
import { DRAWS, drawnFromWins, sharesOfWins } from "./drawn-probabilities.js";
import { normalBest } from "./normal-best.js";
import type { Belief, Posterior } from "./posterior.js";

/** Joint normal beliefs about the score of every arm in one context. */
export interface ScoreBelief {
  readonly mean: Float64Array;
  /** Variance of each score given the shared coefficients. */
  readonly alone: Float64Array;
  /** How each score moves with the shared coefficients, an arm a row. */
  readonly moves: Float64Array;
  readonly fit: SharedFit;
}

/** The scores of a context: x is what arms weigh by coefficients of their own, z(arm) what they share. */
export function scoreBelief(fit: SharedFit, x: Float64Array, z: (arm: number) => Float64Array): ScoreBelief {
  const { arms, shared } = fit;
  const d = x.length;
  const s = shared.length;
  const mean = new Float64Array(arms.length);
  const alone = new Float64Array(arms.length);
  const moves = new Float64Array(arms.length * s);
  for (let arm = 0; arm < arms.length; arm++) {
    const { own, inverseFactor, link, noise } = arms[arm]!;
    let score = 0;
    for (let i = 0; i < d; i++) score += own[i]! * x[i]!;
    alone[arm] = noise * squaredProduct(inverseFactor, x);
    if (s > 0) {
      const features = z(arm);
      for (let i = 0, at = 0; i < s; i++) {
        let move = features[i]!;
        for (let j = 0; j < d; j++, at++) move -= link[at]! * x[j]!;
        moves[arm * s + i] = move;
        score += shared[i]! * features[i]!;
      }
    }
    mean[arm] = score;
  }
  return { mean, alone, moves, fit };
}

/** Mean and standard deviation of each score where arms share no coefficients: what hot loops want, and nothing else. */
export function independentScores({ arms }: SharedFit, x: Float64Array, spread: number): number[][] {
  const d = x.length;
  const parameters: number[][] = [];
  for (let arm = 0; arm < arms.length; arm++) {
    const { own, inverseFactor, noise } = arms[arm]!;
    let score = 0;
    for (let i = 0; i < d; i++) score += own[i]! * x[i]!;
    parameters.push([score, spread * Math.sqrt(noise * squaredProduct(inverseFactor, x))]);
  }
  return parameters;
}

/** A joint draw of all scores, written into `out`; `spread` multiplies the standard deviation. */
export function drawScores(
  { mean, alone, moves, fit }: ScoreBelief,
  random: RandomSource,
  spread: number,
  out: Float64Array,
): void {
  const m = fit.shared.length;
  const shift = new Float64Array(m);
  for (let i = 0; i < m; i++) shift[i] = drawNormal(random);
  solveUpper(fit.factor, shift, shift);
  for (let arm = 0, at = 0; arm < mean.length; arm++) {
    let change = Math.sqrt(alone[arm]!) * drawNormal(random);
    for (let i = 0; i < m; i++, at++) change += moves[at]! * shift[i]!;
    out[arm] = mean[arm]! + spread * change;
  }
}

/** Packed covariance of the scores of some arms. */
function covarianceOf({ alone, moves, fit }: ScoreBelief, arms: readonly number[]): Float64Array {
  const m = fit.shared.length;
  const rows = arms.map((arm) => solveLower(fit.factor, moves.subarray(arm * m, arm * m + m)));
  const covariance = new Float64Array(packedLength(arms.length));
  for (let i = 0, at = 0; i < arms.length; i++) {
    for (let j = 0; j <= i; j++, at++) {
      let sum = i === j ? alone[arms[i]!]! : 0;
      for (let k = 0; k < m; k++) sum += rows[i]![k]! * rows[j]![k]!;
      covariance[at] = sum;
    }
  }
  return covariance;
}

/** Standard deviation of each score. */
export function scoreSpread(belief: ScoreBelief): Float64Array {
  return belief.mean.map((_, arm) => Math.sqrt(covarianceOf(belief, [arm])[0]!));
}

// Standard normal numbers of the draws of a seed, one row per arm; all contexts of one state share them.
let normalsSeed = "";
let normals = new Float64Array(0);
function normalsOf(seed: string, rows: number): Float64Array {
  if (normalsSeed !== seed || normals.length !== rows * DRAWS) {
    const streamOf = drawStreams(seed);
    normals = new Float64Array(rows * DRAWS);
    for (let draw = 0; draw < DRAWS; draw++) {
      const random = streamOf(draw);
      for (let at = draw; at < normals.length; at += DRAWS) normals[at] = random.normal();
    }
    normalsSeed = seed;
  }
  return normals;
}

/** Cholesky factor of the scores' covariance. */
function factorOf(belief: ScoreBelief, eligible: readonly number[]): Float64Array {
  const k = eligible.length;
  const covariance = covarianceOf(belief, eligible);
  let widest = 0;
  for (let i = 0; i < k; i++) widest = Math.max(widest, covariance[packedLength(i + 1) - 1]!);
  // Arms with the same features differ by chance alone; this lets chance decide, and keeps the factor regular.
  for (let i = 0; i < k; i++) covariance[packedLength(i + 1) - 1]! += 1e-9 * widest + 1e-300;
  return cholesky(covariance, k);
}

const score = new Float64Array(DRAWS);
const highest = new Float64Array(DRAWS);
const winner = new Int32Array(DRAWS);

/**
 * The probability of each arm's score being the highest, counted among draws of the scores themselves: their number is that of the arms, however many coefficients there are.
 * @param belief    the scores
 * @param spread    multiplies the standard deviation
 * @param eligible  indices of the arms compared, ascending
 * @param seed      the state's hash
 * @returns a probability for each eligible arm, in their order, summing to 1
 */
export function scoreProbabilities(
  belief: ScoreBelief,
  spread: number,
  eligible: readonly number[],
  seed: string,
): number[] {
  const k = eligible.length;
  const factor = factorOf(belief, eligible);
  const chance = normalsOf(seed, belief.mean.length);
  highest.fill(-1 / 0);
  for (let i = 0, at = 0; i < k; i++) {
    score.fill(belief.mean[eligible[i]!]!);
    for (let j = 0; j <= i; j++, at++) {
      const weight = spread * factor[at]!;
      const from = eligible[j]! * DRAWS;
      for (let draw = 0; draw < DRAWS; draw++) score[draw]! += weight * chance[from + draw]!;
    }
    for (let draw = 0; draw < DRAWS; draw++) {
      if (score[draw]! > highest[draw]!) {
        highest[draw] = score[draw]!;
        winner[draw] = i;
      }
    }
  }
  const wins = new Array<number>(k).fill(0);
  for (let draw = 0; draw < DRAWS; draw++) wins[winner[draw]!]! += 1;
  return sharesOfWins(wins);
}

/** One arm of {@link scoreProbabilities}: the best of one of the draws, which is made alone. */
function quickScore(
  belief: ScoreBelief,
  spread: number,
  eligible: readonly number[],
  seed: string,
  random: Sfc32,
): number {
  return drawnFromWins(eligible.length, random, (draw) => {
    const factor = factorOf(belief, eligible);
    const stream = drawStreams(seed)(draw);
    const chance = belief.mean.map(() => stream.normal());
    let [best, highest] = [0, -1 / 0];
    for (let i = 0, at = 0; i < eligible.length; i++) {
      let score = belief.mean[eligible[i]!]!;
      for (let j = 0; j <= i; j++, at++) score += spread * factor[at]! * chance[eligible[j]!]!;
      if (score > highest) [best, highest] = [i, score];
    }
    return best;
  });
}

/** One arm by one draw of independent scores. */
function quickAlone(
  { mean, alone }: ScoreBelief,
  spread: number,
  eligible: readonly number[],
  random: Sfc32,
): number {
  let [best, highest] = [0, -1 / 0];
  for (let i = 0; i < eligible.length; i++) {
    const arm = eligible[i]!;
    const score = mean[arm]! + spread * Math.sqrt(alone[arm]!) * random.normal();
    if (score > highest) [best, highest] = [i, score];
  }
  return best;
}

/** A belief of scores under an increasing link, in the form that policies read. */
export function linkedBelief(
  scores: ScoreBelief,
  spread: number,
  { inverse, mean, slope }: Pick<Link, "inverse" | "mean" | "slope">,
): Belief {
  const each = (of: (score: number, sd: number) => number) => {
    const sds = scoreSpread(scores);
    return scores.mean.map((score, arm) => of(score, spread * sds[arm]!));
  };
  return {
    law: "joint",
    get mean() {
      return each((score, sd) => mean(score, sd * sd));
    },
    get sd() {
      return each((score, sd) => sd * slope(inverse(score)));
    },
    draw(random, out) {
      drawScores(scores, random, spread, out);
      for (let arm = 0; arm < out.length; arm++) out[arm] = inverse(out[arm]!);
    },
  };
}

/**
 * The posterior of scores under an increasing link: independent scores by quadrature, others counted.
 * @param sharpness  data and prior count this many times
 */
export function scorePosterior(
  scores: ScoreBelief,
  sharpness: number,
  link: Pick<Link, "inverse" | "mean" | "slope">,
): Posterior {
  const spread = 1 / Math.sqrt(sharpness);
  const { mean, alone, fit } = scores;
  return {
    best: (eligible, seed) =>
      fit.shared.length > 0
        ? scoreProbabilities(scores, spread, eligible, seed)
        : normalBest(
            eligible.map((arm) => mean[arm]!),
            eligible.map((arm) => spread * Math.sqrt(alone[arm]!)),
          ),
    quick: (eligible, seed, random) =>
      fit.shared.length > 0
        ? quickScore(scores, spread, eligible, seed, random)
        : quickAlone(scores, spread, eligible, random),
    belief: linkedBelief(scores, spread, link),
  };
}
