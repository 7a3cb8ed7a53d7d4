import type { Estimate } from "../../core/estimate.js";
import { normalCdf, normalSurvival, normalSurvivalQuantile } from "../../distributions/index.js";
import { boundariesOf } from "../group-sequential/boundaries.js";
import { spentBy } from "../group-sequential/spending/index.js";
import { stagewise } from "../group-sequential/stagewise.js";
import { bracketedRoot } from "../numeric/bracketed-root.js";
import { remembered } from "../numeric/remembered.js";
import type { LookRule, LookRuleKind, LookSettings, PlannedLooks } from "./look-rule.js";

/** log of the two-sided errors at which this look's boundary is computed; between them its square is interpolated. */
const grid = [-27, -20, -15, -11, -8, -6, -4.6, -3.7, -2.5, -2, -1.5, -1, -0.6, -0.3, -0.1];

/** A boundary by the log of the error, and the other way round, both from the same points. */
interface Curve {
  critical(log: number): number;
  log(critical: number): number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** @returns y at x on the line through two of the points, which rise in x: those around it, or the last ones on its side */
function along(points: readonly [Point, Point, ...Point[]], x: number): number {
  let [from, to] = points;
  for (const next of points.slice(2)) if (to.x < x) [from, to] = [to, next];
  return from.y + ((to.y - from.y) * (x - from.x)) / (to.x - from.x);
}

/** The curves of the last looks that were read: many analyses are of one look. */
const curves = remembered<Curve | undefined>(200);

/** This look's boundary for every error, once. */
const curveOf = ({ level, fraction, before, spending }: LookSettings): Curve | undefined =>
  curves(JSON.stringify([level, fraction, before, spending]), () =>
    curveThrough({ level, fraction, before, spending }),
  );

/** A boundary's square is nearly linear in the error's logarithm, so that lines between a few errors will do. */
function curveThrough({ level, fraction, before, spending }: Omit<LookSettings, "looks">): Curve | undefined {
  const own = Math.log(1 - level);
  const logs = [...grid.filter((each) => Math.abs(each - own) > 1e-3), own].sort((a, b) => a - b);
  const found = logs.flatMap((log) => {
    const rule = { error: Math.exp(log) / 2, alternative: "two-sided", spending, power: 0.8 } as const;
    const upper = boundariesOf(rule, [...before, fraction], false, 0).at(-1)?.upper ?? 0;
    return Number.isFinite(upper) && upper > 0 ? [{ x: log, y: upper * upper }] : [];
  });
  const [first, second, ...rest] = found;
  if (!first || !second) return undefined;
  const [least, less, ...more] = [...found].reverse().map(({ x, y }) => ({ x: y, y: x }));
  if (!least || !less) return undefined;
  return {
    critical: (log) => Math.sqrt(Math.max(0, along([first, second, ...rest], log))),
    log: (critical) => along([least, less, ...more], critical * critical),
  };
}

/** A fraction that is no less is the planned end. */
const END = 1 - 1e-6;

/** Stage-wise, where this look crosses its boundary or ends the test. Its z is that of its p-value, by which boundaries are met. */
function stoppedAt(
  { fraction, before, spending }: LookSettings,
  { value, pValue }: Extract<Estimate, { status: "ok" }>,
  level: number,
): Estimate | undefined {
  const z = Math.sign(value) * normalSurvivalQuantile(pValue / 2);
  if (z === 0 || !Number.isFinite(z)) return undefined;
  const rule = { error: (1 - level) / 2, alternative: "two-sided", spending, power: 0.8 } as const;
  const fractions = [...before, fraction];
  const upper = boundariesOf(rule, fractions, false, 0).map((look) => look.upper);
  const crossed = Math.abs(z) >= (upper.at(-1) ?? Number.POSITIVE_INFINITY);
  if (!crossed && fraction < END) return undefined;
  const lower = upper.map((each) => -each);
  return stagewise({ fractions, lower, upper }, value, value / z, { level });
}

const spendingRule = (settings: LookSettings): LookRule => {
  const { level, fraction, before, spending } = settings;
  const by = (error: number, at: number | undefined) =>
    at === undefined ? 0 : 2 * spentBy(spending, error / 2, at);
  const spentAt = (error: number) => by(error, fraction);
  const increment = (error: number) => spentAt(error) - by(error, before.at(-1));
  let found: { readonly curve: Curve | undefined } | undefined;
  const curve = () => {
    found ??= { curve: curveOf(settings) };
    return found.curve;
  };
  return {
    stopped: (estimate, own) => stoppedAt(settings, estimate, own),
    spent: spentAt(1 - level),
    levelOf(each) {
      const critical = curve()?.critical(Math.log1p(-each)) ?? Number.POSITIVE_INFINITY;
      return normalCdf(critical) - normalSurvival(critical);
    },
    pValueOf(pValue, { df = 1 } = {}) {
      if (pValue <= 0) return 0;
      if (df > 1) {
        const lacking = (log: number) => increment(Math.exp(log)) - pValue;
        return lacking(0) <= 0 ? 1 : Math.exp(bracketedRoot(lacking, -700, 0, 1e-10));
      }
      const log = curve()?.log(normalSurvivalQuantile(pValue / 2)) ?? 0;
      return Math.min(1, Math.exp(log));
    },
  };
};

/**
 * The error is spent on the looks as information comes in (Lan and DeMets), whether they come as planned or not: exact for
 * one contrast; several at once have the increments of the error that was spent, without the gain of their correlation.
 * Between errors of 10⁻¹², the plan's and .9, boundaries are interpolated, to within .3 % of the error.
 * @source Lan & DeMets (1983), Biometrika 70; Jennison & Turnbull (2000), ch. 7 and 9
 * @checked test/stats/looks.test.ts — against `repeatedPValue` and `groupSequentialDesign`
 */
export const alphaSpending: LookRuleKind = Object.assign(spendingRule, {
  boundaries: ({ fractions, spending }: PlannedLooks, level: number) =>
    boundariesOf(
      { error: (1 - level) / 2, alternative: "two-sided", spending, power: 0.8 },
      fractions,
      false,
      0,
    ).map(({ upper }) => upper),
});
