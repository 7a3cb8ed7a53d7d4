import { binomialCdf, binomialSurvival } from "../../distributions/index.js";
import type { AaRow } from "./aa-run.js";
import type { AaPromise } from "./sentences/sentence-kind.js";

/**
 * @param unlikely  a share is called too large, or too small, where chance makes one at least so far off less often
 * @returns a share with its Monte-Carlo error, held against what is promised by the exact binomial law
 */
export function judgeShare(
  times: number,
  replications: number,
  { atMost, about }: AaPromise,
  unlikely: number,
): Omit<AaRow, "sentence" | "metric"> {
  const share = times / replications;
  // A share of exactly 0 or 1 still has an error: as if one report had gone the other way.
  const variance = Math.max(share * (1 - share), (replications - 1) / (replications * replications));
  const bound = atMost ?? about;
  const isOften = bound !== undefined && binomialSurvival(times - 1, replications, bound) < unlikely;
  const isRare = about !== undefined && binomialCdf(times, replications, about) < unlikely;
  return {
    ...{ times, share, standardError: Math.sqrt(variance / replications) },
    ...(atMost === undefined ? {} : { atMost }),
    ...(about === undefined ? {} : { about }),
    verdict: bound === undefined ? "unpromised" : isOften ? "too_often" : isRare ? "too_rare" : "as_expected",
  };
}
