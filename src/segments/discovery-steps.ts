import { normalSurvivalQuantile } from "../distributions/index.js";
import { checkFields } from "../shapes/index.js";
import { baselineOf } from "./baseline.js";
import { codeTableOf } from "./code-table.js";
import { conditionOf } from "./condition-of.js";
import {
  type AgreedSegment,
  type Agreement,
  findSegments,
  type SearchRound,
  type SplitFinding,
} from "./find-segments.js";
import { foldsOf } from "./folds-of.js";
import { heldOutOf, type Judged } from "./held-out.js";
import { floatAt } from "./number-at.js";
import { ranged } from "./ranged.js";
import { clustersOf, keptRows, requireLists, treatmentsOf } from "./read-rows.js";
import { sortAttributes } from "./refused-attributes.js";
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

/** What the searches for one treatment found. */
interface Searched {
  readonly treatment: string;
  readonly cost: number;
  readonly agreement: Agreement;
  readonly units: number;
  readonly everyone: Judged;
}

/** What is being done: attributes are read, or splits are searched; `done` of the whole, as far as it is known. */
export type DiscoveryStep = { readonly done: number } & (
  | { readonly kind: "reading" }
  // `rest` is what this round is of the whole; `fold` knows the chance that was in the search.
  | {
      readonly kind: "searching";
      readonly round: SearchRound;
      readonly rest: number;
      readonly fold: Uint8Array;
    }
);

/** Of the whole, what reading attributes is said to be. */
const readingShare = 0.2;

/**
 * The steps of `discoverSegments`, whose caller does the searches.
 * @param bytesOf  memory of so many bytes, where threads are to share it
 */
export function* discoverySteps(
  request: SegmentsRequest,
  bytesOf?: (bytes: number) => ArrayBufferLike,
): Generator<DiscoveryStep, SegmentDiscovery, readonly (SplitFinding | null)[] | undefined> {
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
  const reading = sortAttributes(request.attributes, places, {
    ...{ variant, variants: arms.length, outcome, least },
  });
  let read = reading.next();
  for (; !read.done; read = reading.next()) yield { kind: "reading", done: readingShare * read.value };
  const { coded, refused } = read.value;
  const clusters = clustersOf(request.unit, places);
  const fold = foldsOf(places.length, clusters, random);
  const baseline = baselineOf(coded, outcome, fold);
  const table = codeTableOf(coded, places.length, bytesOf);
  const mean = (arm: number) =>
    outcome.reduce((sum, y, i) => sum + (variant[i] === arm ? y : 0), 0) / (sizes[arm] ?? 1);
  const alpha = (1 - level) / treatments.length;
  const searched: Searched[] = [];
  for (const [k, treatment] of treatments.entries()) {
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
    const splits = splitsOf(units, clusters, { n: places.length, repeats, random });
    const rounds = findSegments({ table, scores, clusters, units }, splits, {
      ...{ depth, most, cost, alpha, least: Math.floor((enough * 2) / 3) },
    });
    let round = rounds.next();
    for (let left = 1; !round.done; left /= 2) {
      // How many rounds there will be is not known: each is told as half of what is left.
      const own = (1 - readingShare) / treatments.length;
      const done = readingShare + own * (k + 1 - left);
      round = rounds.next(
        (yield { kind: "searching", round: round.value, fold, done, rest: (own * left) / 2 }) ?? [],
      );
    }
    searched.push({ treatment, cost, agreement: round.value, units: units.length, everyone: all.total });
  }
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
    currency: request.currency ?? null,
    excluded,
  };
}
