import type { Estimate } from "../../core/estimate.js";
import { normalCdf, normalSurvival, normalSurvivalQuantile } from "../../distributions/index.js";
import { boundariesOf } from "../group-sequential/boundaries.js";
import { futilityDrift } from "../group-sequential/group-sequential-design.js";
import { type ReadPlan, usualFutility } from "../group-sequential/plan.js";
import { spentBy } from "../group-sequential/spending/index.js";
import { stagewise } from "../group-sequential/stagewise.js";
import { bracketedRoot } from "../numeric/bracketed-root.js";
import { remembered } from "../numeric/remembered.js";
import type {
  LookBounds,
  LookRule,
  LookRuleKind,
  LookSettings,
  PlannedFutility,
  PlannedLooks,
} from "./look-rule.js";

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

/** What of a look its boundaries depend on. */
type Asked = Pick<LookSettings, "level" | "fraction" | "before" | "spending">;

/** The curves of the last looks that were read: many analyses are of one look. */
const curves = remembered<Curve | undefined>(200);

/** This look's boundary for every error, once. */
const curveOf = (
  { level, fraction, before, spending }: Asked,
  floors: readonly number[] = [],
): Curve | undefined =>
  curves(JSON.stringify([level, fraction, before, spending, floors]), () =>
    curveThrough({ level, fraction, before, spending }, floors),
  );

const twoSided = (level: number, spending: LookSettings["spending"]) =>
  ({ error: (1 - level) / 2, alternative: "two-sided", spending, power: 0.8 }) as const;

/**
 * A boundary's square is nearly linear in the error's logarithm, so that lines between a few errors will do.
 * @param floors  at or below which the looks before stop, where that binds
 */
function curveThrough(
  { level, fraction, before, spending }: Asked,
  floors: readonly number[],
): Curve | undefined {
  const own = Math.log(1 - level);
  const logs = [...grid.filter((each) => Math.abs(each - own) > 1e-3), own].sort((a, b) => a - b);
  const found = logs.flatMap((log) => {
    const rule = twoSided(1 - Math.exp(log), spending);
    const upper = boundariesOf(rule, [...before, fraction], false, 0, floors).at(-1)?.upper ?? 0;
    return Number.isFinite(upper) && upper > 0 ? [{ x: log, y: upper * upper }] : [];
  });
  // Where much was given up, large errors ask for nothing: p-values then rise to 1 where nothing is seen.
  if (floors.length > 0) found.push({ x: 0, y: 0 });
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

/**
 * Treatments that share a control may cross at different looks, and are a little less alike than at one: this share of their
 * correlation is on the safe side.
 * @checked test/stats/dunnett.test.ts — simulation
 */
export const ALIKE = 0.75;

/** The z at or below which each look gives a gain up, for the effect that the plan finds with its power. */
const floorsKnown = remembered<readonly number[]>(100);
const drifts = remembered<number>(100);

function floorsOf(
  { power, error, fractions: planned, spending: missing = usualFutility, binding = false }: PlannedFutility,
  spending: LookSettings["spending"],
  fractions: readonly number[],
): readonly number[] {
  const plan: ReadPlan = {
    ...{ fractions: planned, error, alternative: "greater", spending, power },
    futility: { spending: missing, binding },
  };
  return floorsKnown(JSON.stringify([plan, fractions]), () => {
    const drift = drifts(JSON.stringify(plan), () => futilityDrift(plan));
    const atEnd = (fractions.at(-1) ?? 0) >= END;
    return boundariesOf(plan, fractions, atEnd, drift).map(({ lower }) => lower);
  });
}

/** What a look knows of giving up: of those before it and its own, towards a gain. */
interface Floors {
  readonly binding: boolean;
  /** Of the looks before this one, then its own. */
  readonly below: readonly number[];
}

/** Stage-wise, where this look crosses its boundary, gives up or ends the test. Its z is that of its p-value, by which boundaries are met. */
function stoppedAt(
  { fraction, before, spending }: LookSettings,
  { value, pValue, standardError }: Extract<Estimate, { status: "ok" }>,
  level: number,
  floors: Floors | undefined,
  better: 1 | -1,
): Estimate | undefined {
  const z = Math.sign(value) * normalSurvivalQuantile(pValue / 2);
  if (!Number.isFinite(z)) return undefined;
  const fractions = [...before, fraction];
  const bound = floors?.binding ? floors.below.slice(0, -1) : [];
  const looks = boundariesOf(twoSided(level, spending), fractions, false, 0, bound);
  const crossed = Math.abs(z) >= (looks.at(-1)?.upper ?? Number.POSITIVE_INFINITY);
  const givenUp = better * z <= (floors?.below.at(-1) ?? Number.NEGATIVE_INFINITY);
  if (!crossed && !givenUp && fraction < END) return undefined;
  const lower = looks.map((look) => (better === 1 ? look.lower : -look.upper));
  const upper = looks.map((look) => (better === 1 ? look.upper : -look.lower));
  return stagewise({ fractions, lower, upper }, value, z === 0 ? standardError : value / z, { level });
}

const spendingRule = (settings: LookSettings): LookRule => {
  const { level, fraction, before, spending, futility } = settings;
  const by = (error: number, at: number | undefined) =>
    at === undefined ? 0 : 2 * spentBy(spending, error / 2, at);
  const spentAt = (error: number) => by(error, fraction);
  const increment = (error: number) => spentAt(error) - by(error, before.at(-1));
  const floors: Floors | undefined = futility && {
    binding: futility.binding ?? false,
    below: floorsOf(futility, spending, [...before, fraction]),
  };
  const below = floors?.below.at(-1) ?? Number.NEGATIVE_INFINITY;
  const found: { gain?: Curve | undefined; any?: Curve | undefined } = {};
  // A gain that has to be given up asks for less; what cannot be given up asks for what it would without futility.
  const curve = (gain = false) => {
    const side = gain && floors?.binding ? "gain" : "any";
    if (!(side in found)) found[side] = curveOf(settings, side === "gain" ? floors?.below.slice(0, -1) : []);
    return found[side];
  };
  return {
    stopped: (estimate, own, better) =>
      stoppedAt(settings, estimate, own, better === undefined ? undefined : floors, better ?? 1),
    ...(Number.isFinite(below) ? { futility: { below, binding: floors?.binding ?? false } } : {}),
    alike: ALIKE,
    spent: spentAt(1 - level),
    levelOf(each, { gain } = {}) {
      const critical = curve(gain)?.critical(Math.log1p(-each)) ?? Number.POSITIVE_INFINITY;
      return normalCdf(critical) - normalSurvival(critical);
    },
    pValueOf(pValue, { df = 1, gain } = {}) {
      if (pValue <= 0) return 0;
      if (df > 1) {
        const lacking = (log: number) => increment(Math.exp(log)) - pValue;
        return lacking(0) <= 0 ? 1 : Math.exp(bracketedRoot(lacking, -700, 0, 1e-10));
      }
      const log = curve(gain)?.log(normalSurvivalQuantile(pValue / 2)) ?? 0;
      return Math.min(1, Math.exp(log));
    },
  };
};

const boundsKnown = remembered<readonly LookBounds[]>(50);

/** Boundaries of planned looks, with those at which a gain is given up. */
const plannedBounds = (planned: PlannedLooks, level: number): readonly LookBounds[] =>
  boundsKnown(JSON.stringify([planned, level]), () => boundsOf(planned, level));

function boundsOf({ fractions, spending, futility }: PlannedLooks, level: number): readonly LookBounds[] {
  const below = futility && floorsOf(futility, spending, fractions);
  const bound = futility?.binding ? below : [];
  return boundariesOf(twoSided(level, spending), fractions, false, 0, bound).map(({ upper }, at) => {
    const given = below?.[at];
    return given === undefined ? { upper } : { upper, futility: Math.min(given, upper) };
  });
}

/**
 * The error is spent on the looks as information comes in (Lan and DeMets), whether they come as planned or not: exact for
 * one contrast; several at once have the increments of the error that was spent, without the gain of their correlation.
 * Between errors of 10⁻¹², the plan's and .9, boundaries are interpolated, to within .3 % of the error. With futility, the error
 * of the second kind is spent as well, on the gain that the plan finds with its power.
 * @source Lan & DeMets (1983), Biometrika 70; Jennison & Turnbull (2000), ch. 7 and 9; Pampallona, Tsiatis & Kim (2001), Drug
 *         Information Journal 35 (futility)
 * @checked test/stats/looks.test.ts — against `repeatedPValue` and `groupSequentialDesign`
 */
export const alphaSpending: LookRuleKind = Object.assign(spendingRule, { boundaries: plannedBounds });
