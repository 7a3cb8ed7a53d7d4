import { type AttributeValue, type CodedAttribute, valuesOf } from "./attribute.js";
import { baselineOf } from "./baseline.js";
import { foldsOf } from "./folds-of.js";
import { policyScores } from "./policy-scores.js";
import { clustersOf, keptRows, requireLists, treatmentsOf } from "./read-rows.js";
import { type RefusedAttribute, readAttributes } from "./refused-attributes.js";
import { requireEnough } from "./require-enough.js";
import type { SegmentDiscovery } from "./segment-discovery.js";
import type { SegmentsRequest } from "./segments-request.js";

/** What every policy is valued on. */
export interface PolicyEvidence {
  /** Control first. */
  readonly variants: readonly string[];
  /** Rows that are read, as places in the request's lists; all that follows is in their order. */
  readonly places: readonly number[];
  readonly arms: Uint8Array;
  readonly outcomes: Float64Array;
  readonly lists: Readonly<Record<string, readonly AttributeValue[]>>;
  readonly coded: readonly CodedAttribute[];
  readonly refused: readonly RefusedAttribute[];
  readonly excluded: SegmentDiscovery["excluded"];
  readonly clusters: Int32Array | undefined;
  readonly fold: Uint8Array;
  /** What each unit would be worth with each variant, net of the costs. */
  readonly scores: readonly Float64Array[];
  readonly shares: readonly number[];
}

type Request = Omit<SegmentsRequest, "depth" | "most" | "smallest" | "repeats">;

/**
 * Reads a request whose fields were checked.
 * @param costs  of a unit by variant
 */
export function policyEvidence(
  request: Request,
  costs: Readonly<Record<string, number>> = {},
): PolicyEvidence {
  requireLists(request);
  const asked = treatmentsOf(request);
  const { places, excluded } = keptRows(request, asked);
  const variants = [request.control, ...asked];
  const arms = Uint8Array.from(places, (i) => variants.indexOf(request.variant[i] ?? ""));
  const n = places.length;
  const outcomes = Float64Array.from(places, (i) => Number(request.outcome[i]) * (request.worth ?? 1));
  const { sizes } = requireEnough(arms, outcomes, variants.length);
  const lists = Object.fromEntries(
    Object.entries(request.attributes).map(([name, list]) => {
      const values = valuesOf(list);
      return [name, places.map((i) => values[i])];
    }),
  );
  const least = Math.max(50, Math.floor(n / 100));
  const { coded, refused } = readAttributes(request.attributes, places, {
    ...{ variant: arms, variants: variants.length, outcome: outcomes, least },
  });
  const clusters = clustersOf(request.unit, places);
  const fold = foldsOf(n, clusters, request.random);
  const baseline = baselineOf(coded, outcomes, fold);
  const planned =
    request.shares && variants.map((name, arm) => request.shares?.[name] ?? (sizes[arm] ?? 0) / n);
  const { scores, shares } = policyScores(
    { variant: arms, outcome: outcomes, baseline },
    variants.map((name) => costs[name] ?? 0),
    planned,
  );
  return {
    ...{ variants, places, arms, outcomes, lists, coded, refused, excluded, clusters, fold, scores, shares },
  };
}
