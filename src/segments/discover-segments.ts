import { discoverySteps } from "./discovery-steps.js";
import { searchRound } from "./find-segments.js";
import type { SegmentDiscovery } from "./segment-discovery.js";
import type { SegmentsRequest } from "./segments-request.js";

/**
 * Finds groups of units, by rules of up to three conditions on what was known of them, in which a treatment does something else
 * than in the others, and says what treating each brings net of cost; or that there are none.
 *
 * Rules are found on two thirds of the units and judged on the last third, for every third and many splits. A segment is named
 * where at least half of the splits find it (four fifths of its units) and twice the median of their p-values is below
 * 1 − level: an error of that size for all names together, since the next segment is looked for only after one was named, and
 * p-values are multiplied by the number of treatments. Effects come from held-out units only.
 * @param request  variant, outcome and attributes of each unit; control; a random source; costs by variant, worth of an outcome,
 *                 planned shares, whom rows belong to, limits of the search
 * @returns by treatment, whether effects differ at all, and the segments by what they gain; attributes that were refused, with
 *          the reason; rows left out, by reason. Amounts are outcome × worth, per unit
 * @throws ExperimentError `unknown_name` for a variant that no unit has; `single_variant`; `insufficient_data` at ["variant"]
 *         below 100 units in an arm, at ["outcome"] below 10 expected events in one; `wrong_length`; `wrong_type`, `not_finite`, `out_of_range`, `unknown_key` at their place
 * @source Chernozhukov et al. (2018), NBER 24678, for splits and medians of p-values (GATES); Kennedy (2023), EJS 17, for the
 *         scores; Friedman & Fisher (1999), Statistics and Computing 9, for rules
 * @checked test/segments — planted worlds; the known answers of an e-mail campaign
 * @example
 * const random = randomSource("docs");
 * const people = Array.from({ length: 6000 }, () => ({ young: random.next() < 0.4, mail: random.next() < 0.5 }));
 * const { treatments } = discoverSegments({
 *   variant: people.map(({ mail }) => (mail ? "mail" : "none")),
 *   outcome: people.map(({ young, mail }) => random.next() < (young && mail ? 0.3 : 0.1)),
 *   attributes: { young: people.map(({ young }) => young) },
 *   ...{ control: "none", costs: { mail: 0.05 }, random },
 * });
 * treatments[0]?.segments[0]?.condition; // { attribute: "young", eq: true }
 */
export function discoverSegments(request: SegmentsRequest): SegmentDiscovery {
  const steps = discoverySteps(request);
  let step = steps.next();
  while (!step.done)
    step = steps.next(step.value.kind === "searching" ? searchRound(step.value.round) : undefined);
  return step.value;
}
