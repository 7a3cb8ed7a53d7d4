import { normalSurvival } from "../distributions/index.js";
import type { TargetedGroup, UpliftOfTreatment } from "./budget-report.js";
import type { HalfSamples } from "./half-samples.js";
import { meanWithError, slopeWithError } from "./held-out.js";
import { byteAt, floatAt, placeAt } from "./number-at.js";
import { nothing, type Ranged, ranged } from "./ranged.js";
import type { Uplift } from "./uplift-of.js";

const groups = 10;

/** What gains of one treatment are read with. */
export interface UpliftContext {
  /** Of one unit; undefined where none was given. */
  readonly cost: number | undefined;
  readonly critical: number;
  readonly clusters: Int32Array | undefined;
}

/**
 * What treating some units brings and costs.
 * @param gains  of each unit, measured: their mean over any group is the effect in it
 */
export function targetedGroup(
  name: string,
  inside: Uint8Array,
  gains: Float64Array,
  { cost, critical, clusters }: UpliftContext,
): TargetedGroup {
  const places = Int32Array.from(inside.keys()).filter((i) => byteAt(inside, i) === 1);
  const own = clusters && Int32Array.from(places, (i) => placeAt(clusters, i));
  const effect = ranged(
    meanWithError(
      Float64Array.from(places, (i) => floatAt(gains, i)),
      own,
    ),
    critical,
  );
  const scaled = (by: number, less: number): Ranged => ({
    ...{ value: (effect.value - less) * by, standardError: effect.standardError * by },
    interval: [(effect.interval[0] - less) * by, (effect.interval[1] - less) * by],
  });
  const units = places.length;
  return {
    ...{ name, units, effect, revenue: scaled(units, 0) },
    ...(cost === undefined
      ? {}
      : { cost: cost * units, net: scaled(units, cost), roi: scaled(1 / cost, cost) }),
  };
}

/** Gains by share treated, in an order: the area under them, and what of it is above the straight line. */
function areasOf(order: Int32Array, gains: Float64Array) {
  return (weights: Float64Array, total: number): readonly number[] => {
    let share = 0;
    let gained = 0;
    let area = 0;
    for (let r = 0; r < order.length; r++) {
      const i = placeAt(order, r);
      const weight = floatAt(weights, i) / total;
      const more = weight * floatAt(gains, i);
      area += weight * (gained + more / 2);
      gained += more;
      share += weight;
    }
    return [area, area - (gained * share) / 2];
  };
}

/** How well the gains by a treatment are told beforehand, and what it brings by tenths of what is expected. */
export interface UpliftReading {
  readonly told: UpliftOfTreatment;
  /** Of each unit, from 0. */
  readonly tenths: Uint8Array;
}

export function upliftReading(
  treatment: string,
  { ranked }: Uplift,
  gains: Float64Array,
  halves: HalfSamples,
  context: UpliftContext,
): UpliftReading {
  const { critical, clusters } = context;
  const n = gains.length;
  const order = Int32Array.from(ranked.keys()).sort(
    (a, b) => floatAt(ranked, b) - floatAt(ranked, a) || a - b,
  );
  const slope = slopeWithError(gains, ranked, clusters);
  const [auuc = nothing, qini = nothing] = halves.ranged(areasOf(order, gains), critical);
  const tenths = new Uint8Array(n);
  order.forEach((i, r) => {
    tenths[i] = Math.floor((r * groups) / n);
  });
  const deciles = Array.from({ length: groups }, (_, d) =>
    targetedGroup(
      String(d + 1),
      tenths.map((each) => (each === d ? 1 : 0)),
      gains,
      context,
    ),
  );
  const pValue = slope.standardError > 0 ? normalSurvival(slope.value / slope.standardError) : 1;
  return {
    told: { treatment, tells: { slope: ranged(slope, critical), pValue }, auuc, qini, deciles },
    tenths,
  };
}
