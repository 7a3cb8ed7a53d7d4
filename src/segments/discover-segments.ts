import { normalSurvivalQuantile } from "../distributions/index.js";
import { checkFields } from "../shapes/index.js";
import { baselineOf } from "./baseline.js";
import { codeTableOf } from "./code-table.js";
import { conditionOf } from "./condition-of.js";
import { type AgreedSegment, type Agreement, findSegments } from "./find-segments.js";
import { foldsOf } from "./folds-of.js";
import { heldOutOf, type Judged } from "./held-out.js";
import { floatAt } from "./number-at.js";
import { ranged } from "./ranged.js";
import { clustersOf, keptRows, requireLists, treatmentsOf } from "./read-rows.js";
import { readAttributes } from "./refused-attributes.js";
import { fewestEvents, requireEnough } from "./require-enough.js";
import type { FoundSegment, SegmentDiscovery } from "./segment-discovery.js";
import { requestFields, type SegmentsRequest } from "./segments-request.js";
import { splitsOf } from "./splits.js";

const returnOf = ({ value, standardError, skewness }: Judged, cost: number): Judged => ({
  ...{ value: (value - cost) / cost, standardError: standardError / cost, skewness },
});

function actionOf(inside: number, outside: number): FoundSegment["action"] {
  if (inside > 0) return outside > 0 ? "everyone" : "only";
  return outside > 0 ? "except" : "nobody";
}

function segmentOf(
  { rule, without, pValue, support, heldOut }: AgreedSegment,
  { cost, treatments, critical }: { cost: number; treatments: number; critical: number },
): FoundSegment {
  const between = (judged: Judged) => ranged(judged, critical);
  const { inside, outside, difference, share, total } = heldOut;
  return {
    condition: conditionOf(rule, without),
    ...{ share, support },
    ...{ inside: between(inside), outside: between(outside), difference: between(difference) },
    pValue: Math.min(1, pValue * treatments),
    gain: between(total),
    ...(cost > 0 ? { roi: between(returnOf(inside, cost)) } : {}),
    action: actionOf(inside.value - cost, outside.value - cost),
  };
}

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
  checkFields(request, requestFields);
  requireLists(request);
  const { control, random, worth = 1, costs = {}, shares, level = 0.95 } = request;
  const { depth = 3, most = 3, smallest = 0.02, repeats = 7 } = request;
  const treatments = treatmentsOf(request);
  const { places, excluded } = keptRows(request, treatments);
  const arms = [control, ...treatments];
  const variant = Uint8Array.from(places, (i) => arms.indexOf(request.variant[i] ?? ""));
  const outcome = Float64Array.from(places, (i) => Number(request.outcome[i]) * worth);
  const { sizes, eventful } = requireEnough(variant, outcome, arms.length);
  const least = Math.max(
    50,
    Math.floor(smallest * Math.min(...sizes.slice(1).map((n) => n + (sizes[0] ?? 0)))),
  );
  const { coded, refused } = readAttributes(request.attributes, places, {
    ...{ variant, variants: arms.length, outcome, least },
  });
  const clusters = clustersOf(request.unit, places);
  const table = codeTableOf(coded, places.length);
  const baseline = baselineOf(coded, outcome, foldsOf(places.length, clusters, random));
  const mean = (arm: number) =>
    outcome.reduce((sum, y, i) => sum + (variant[i] === arm ? y : 0), 0) / (sizes[arm] ?? 1);
  const alpha = (1 - level) / treatments.length;
  const searched = treatments.map((treatment, k) => {
    const arm = k + 1;
    const cost = costs[treatment] ?? 0;
    const own = shares?.[treatment] ?? sizes[arm] ?? 0;
    const treated = own / (own + (shares?.[control] ?? sizes[0] ?? 0));
    const units = Int32Array.from(variant.keys()).filter((i) => variant[i] === 0 || variant[i] === arm);
    const scores = new Float64Array(places.length);
    for (const i of units)
      scores[i] =
        (((variant[i] === arm ? 1 : 0) - treated) / treated / (1 - treated)) *
        (floatAt(outcome, i) - floatAt(baseline, i));
    const ones = Float64Array.from(variant, (each) => (each === 0 || each === arm ? 1 : 0));
    const none = new Float64Array(places.length);
    const all = heldOutOf(scores, { inside: ones, outside: none, elsewhere: none }, cost, clusters);
    const enough = Math.max(least, Math.ceil(fewestEvents / eventful / Math.min(treated, 1 - treated)));
    const splits = splitsOf(units, clusters, repeats, random);
    const agreement: Agreement = findSegments({ table, scores, clusters, units, cost }, splits, {
      ...{ depth, most, alpha, least: Math.floor((enough * 2) / 3) },
    });
    return { treatment, cost, agreement, units: units.length, everyone: all.total };
  });
  const named = searched.reduce((sum, { agreement }) => sum + agreement.segments.length, 0);
  const critical = normalSurvivalQuantile((1 - level) / 2 / Math.max(1, named));
  const plain = normalSurvivalQuantile((1 - level) / 2);
  const nobody = mean(0);
  return {
    ...{ format: "essai.segments/1", level, units: places.length, splits: 3 * repeats },
    attributes: coded.map(({ name }) => name),
    refused,
    treatments: searched.map(({ treatment, cost, agreement, units, everyone }) => ({
      ...{ control, treatment, units, cost, nobody, everyone: ranged(everyone, plain) },
      pValue: Math.min(1, agreement.pValue * treatments.length),
      segments: agreement.segments
        .map((each) => segmentOf(each, { cost, treatments: treatments.length, critical }))
        .sort((a, b) => b.gain.value - a.gain.value),
    })),
    excluded,
  };
}
