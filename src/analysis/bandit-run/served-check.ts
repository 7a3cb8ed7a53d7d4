import { chiSquareSurvival } from "../../distributions/index.js";
import { ExperimentError } from "../../errors/index.js";
import { cholesky, packedIndex, packedLength, solveLower } from "../../linear/index.js";
import type { LogArm, LogRows } from "../../rounds/index.js";
import { srmThreshold } from "../srm.js";
import type { ServedCheck } from "./run.js";

const mostGroups = 40;
const leastExpected = 5;
const mostKept = 256;

/** Which group each arm belongs to: those expected often stand alone, the others together. */
function groupsOf(expected: readonly number[]): { group: number[]; count: number; rest: boolean } {
  const size = (i: number) => expected[i] as number;
  const order = [...expected.keys()].filter((i) => size(i) > 0).sort((a, b) => size(b) - size(a));
  let alone = Math.min(mostGroups, order.filter((i) => size(i) >= leastExpected).length);
  const others = () => order.slice(alone).reduce((sum, i) => sum + size(i), 0);
  while (alone > 0 && alone < order.length && others() < leastExpected) alone -= 1;
  const rest = alone < order.length;
  const single = order.slice(0, alone).sort((a, b) => a - b);
  const group = expected.map((_, i) => (single.includes(i) ? single.indexOf(i) : alone));
  return { group, count: alone + (rest ? 1 : 0), rest };
}

/**
 * Checks a log's own truth: how often each action was served against the sum of its recorded probabilities. A bandit's
 * split is meant to move, so there is no planned one to check; what has to hold is that each action was drawn with the
 * probability written beside it.
 * @returns the check; its covariance is exact, Σ diag(p) − p pᵀ, so vectors may change with every decision
 */
export function checkServed(rows: LogRows, arms: readonly LogArm[]): ServedCheck {
  const served = arms.map(() => 0);
  const expected = arms.map(() => 0);
  // Neighbours in a log mostly share their vector.
  const [vectors, times]: [(readonly number[])[], number[]] = [[], []];
  for (const [i, vector] of rows.vector.entries()) {
    if (vector === undefined) continue;
    const arm = rows.arm[i] ?? 0;
    served[arm] = (served[arm] as number) + 1;
    if (vector !== vectors.at(-1)) {
      vectors.push(vector);
      times.push(0);
    }
    times[times.length - 1] = (times.at(-1) ?? 0) + 1;
  }
  for (const [run, vector] of vectors.entries())
    for (const [i, chance] of vector.entries()) expected[i] = (expected[i] ?? 0) + chance * (times[run] ?? 0);
  const { group, count, rest } = groupsOf(expected);
  const merged = (list: readonly number[]) => {
    const sums = new Array<number>(count).fill(0);
    for (const [i, value] of list.entries())
      if ((group[i] as number) < count)
        sums[group[i] as number] = (sums[group[i] as number] as number) + value;
    return sums;
  };
  const names: (string | null)[] = new Array(count).fill(null);
  for (const [i, { key }] of arms.entries()) {
    const place = group[i] as number;
    if (place < count && !(rest && place === count - 1)) names[place] = key;
  }
  const common = { arms: names, served: merged(served), expected: merged(expected) };
  if (vectors.length === 0)
    return { ...common, status: "undefined", reason: "no decision recorded its probability vector" };
  const covariance = new Array<number>(packedLength(count)).fill(0);
  // Decisions of one state share their vector; those of contexts each have their own, and are not kept.
  const known = new Map<readonly number[], number>();
  const flush = () => {
    for (const [vector, times] of known) {
      const chances = merged(vector);
      for (let i = 0, at = 0; i < count; i++)
        for (let j = 0; j <= i; j++, at++)
          covariance[at] =
            (covariance[at] as number) +
            times *
              ((i === j ? (chances[i] as number) : 0) - (chances[i] as number) * (chances[j] as number));
    }
    known.clear();
  };
  for (const [run, own] of vectors.entries()) {
    known.set(own, (known.get(own) ?? 0) + (times[run] ?? 0));
    if (known.size >= mostKept) flush();
  }
  flush();
  // What was certain cannot differ; and the others' counts sum up to their decisions, so one of them is left out.
  const open = names
    .map((_, i) => i)
    .filter((i) => (covariance[packedIndex(i, i)] as number) > 1e-6)
    .slice(0, -1);
  const d = open.length;
  if (d === 0) return { ...common, status: "undefined", reason: "nothing was left to chance" };
  const kept = open.flatMap((i, row) =>
    open.slice(0, row + 1).map((j) => covariance[packedIndex(i, j)] as number),
  );
  const gap = open.map((i) => (common.served[i] as number) - (common.expected[i] as number));
  let statistic: number;
  try {
    statistic = solveLower(cholesky(kept, d), gap).reduce((sum, each) => sum + each * each, 0);
  } catch (error) {
    if (!(error instanceof ExperimentError && error.code === "singular_matrix")) throw error;
    const reason = "some arms were never up for chance beside the others";
    return { ...common, status: "undefined", reason };
  }
  const pValue = chiSquareSurvival(statistic, d);
  const status = pValue < srmThreshold ? "failed" : "passed";
  return { ...common, status, statistic, df: d, pValue, threshold: srmThreshold };
}
