import { square } from "../../../core/powers.js";
import { panelEdges } from "../quadrature/panel-edges.js";
import { type Found, lookUp, tabulate } from "../quadrature/tabulate.js";
import { type ArmLaw, inCommonCoordinate, positiveScale, REACH, stepOf } from "./arm-law.js";
import { betaLaw } from "./beta-law.js";

/** A share that is above zero, and the mean of a log-normal amount: what is believed about both. */
export interface HurdleParameters {
  readonly a: number;
  readonly b: number;
  /** Of the amounts' logarithms: mean, and how many of them it is worth. */
  readonly mean: number;
  readonly n: number;
  /** Of their variance v: its density falls off as v^(−shape − 1) exp(−scale / v − rate · v). */
  readonly shape: number;
  readonly scale: number;
  readonly rate: number;
}

/** A place and its weight. */
type Node = readonly [at: number, weight: number];

/** Of a rule's steps: so many standard deviations. */
const STEP = 0.75;
/** At most so many places are looked at of one coordinate. */
const MOST = 2000;

/** Places of a trapezoidal rule, and their shares of the whole. */
function nodesOf(density: (u: number) => number, from: number, to: number, step: number): readonly Node[] {
  const count = Math.min(MOST, Math.ceil((to - from) / step));
  const found = Array.from({ length: count + 1 }, (_, i): Node => {
    const at = from + (i / count) * (to - from);
    return [at, density(at)];
  });
  const sum = found.reduce((all, [, weight]) => all + weight, 0);
  return found.flatMap(([at, weight]) => (weight > 1e-15 * sum ? [[at, weight / sum] as const] : []));
}

/**
 * The mean of a value that is zero or log-normal: a share times exp(mean + variance / 2) of the logarithms. Share and variance
 * are looked at in places, given which the logarithm of that mean is normal.
 * @source Fabrizi & Trivisano (2012), Bayesian Analysis 7: with `rate` above (1 + 1/n)/2 the mean exists, which it does not
 *         under an inverse gamma alone
 */
export function hurdleLaw({ a, b, mean, n, shape, scale, rate }: HurdleParameters): ArmLaw {
  const share = betaLaw(a, b);
  const middle = (2 * scale) / (shape + Math.sqrt(shape * shape + 4 * rate * scale));
  const log = (u: number) => -shape * u - scale * Math.exp(-u) - rate * Math.exp(u);
  const highest = log(Math.log(middle));
  const edges = panelEdges(Math.log(middle), (u) => highest - log(u), 1, 24, REACH);
  const spread = Math.sqrt(middle / n);
  const curvature = scale / middle + rate * middle;
  const variances = nodesOf(
    (u) => Math.exp(log(u) - highest),
    ...([edges[0] ?? 0, edges.at(-1) ?? 0] as const),
    STEP * Math.min(0.5, 1 / Math.sqrt(curvature), (2 * spread) / middle),
  );
  const shares = nodesOf(
    ...([share.density, share.from, share.to] as const),
    STEP * Math.min(8 * share.step, spread / (1 - share.mean)),
  );
  const normals = variances.flatMap(([u, weight]) => {
    const variance = Math.exp(u);
    const deviation = Math.sqrt(variance / n);
    return shares.map(([t, own]) => ({
      center: Math.log(share.value(t)) + mean + variance / 2,
      deviation,
      height: (weight * own) / deviation,
    }));
  });
  const moment = (of: (normal: (typeof normals)[number]) => number) =>
    normals.reduce((sum, normal) => sum + normal.height * normal.deviation * of(normal), 0);
  const center = moment((normal) => normal.center);
  const deviation = Math.sqrt(moment((normal) => square(normal.center - center) + square(normal.deviation)));
  const amount = variances.reduce(
    (sum, [u, weight]) => sum + weight * Math.exp((Math.exp(u) / 2) * (1 + 1 / n)),
    0,
  );
  const expected = share.mean * Math.exp(mean) * amount;
  const step = stepOf(deviation);
  const mixed = {
    ...positiveScale,
    mean: expected,
    density(u: number) {
      let sum = 0;
      for (const normal of normals) {
        const z = (u - normal.center) / normal.deviation;
        if (z * z < 80) sum += normal.height * Math.exp(-0.5 * z * z);
      }
      return sum;
    },
    from: normals.reduce((least, each) => Math.min(least, each.center - 8 * each.deviation), center),
    to: normals.reduce((most, each) => Math.max(most, each.center + 8 * each.deviation), center),
    step,
    marginal: () => ({ edges: [], density: () => 0 }),
  };
  const table = tabulate(mixed, mixed);
  const found: Found = { below: 0, density: 0, excess: 0 };
  const density = (u: number) => {
    lookUp(table, u, found);
    return Math.max(0, found.density);
  };
  let mode = center;
  for (let u = mixed.from; u < mixed.to; u += step) if (density(u) > density(mode)) mode = u;
  const peak = Math.log(density(mode));
  return {
    ...positiveScale,
    ...inCommonCoordinate([mode, (u) => peak - Math.log(density(u))], deviation),
    density,
    mean: expected,
  };
}
