import type { Moments } from "../../core/moments.js";
import type { MetricType } from "../../metrics/index.js";
import { type RandomSource, randomSource } from "../../random/index.js";
import { type EffectScale, type LevelPart, meanLevelsTest } from "../../stats/heterogeneity/index.js";
import { type Correction, corrections } from "../../stats/index.js";
import { type CompareContext, metricIn } from "../compare.js";
import type { Contrast, Heterogeneity, LevelTest } from "../comparison.js";
import type { Group } from "../cube.js";
import { type LevelArms, levelArms } from "./level-arms.js";

/** One question: does the effect on a metric differ between the levels of a dimension? */
export interface LevelQuestion {
  readonly metricAt: number;
  readonly contrast: Contrast;
  readonly dimension: string;
  /** The dimension's levels. */
  readonly groups: readonly Group[];
}

/** What all questions of one analysis share. */
export interface BetweenContext extends CompareContext {
  readonly correction: Correction;
  /** Units that were met in several levels, by dimension. */
  readonly repeated: Readonly<Record<string, NonNullable<Heterogeneity["repeated"]>>>;
  /** Of the definition; with the question and its data it fixes the chance of resamples. */
  readonly seed: readonly (string | number)[];
}

const scales = ["difference", "lift"] as const satisfies readonly EffectScale[];

const adaptiveReason = "effects of data collected adaptively have no standard errors to compare them by";

/** Chance that the question and its data fix: the same data give the same bytes, other data other chance. */
function chance(parts: readonly LevelPart<Moments>[], seed: readonly unknown[]): RandomSource {
  let source: RandomSource | undefined;
  const seeded = () =>
    randomSource(
      JSON.stringify([
        ...seed,
        ...parts.map(({ control, treatment }) => [control.n, control.mean, treatment.n, treatment.mean]),
      ]),
    );
  return {
    next() {
      source ??= seeded();
      return source.next();
    },
  };
}

/** The lowest and the highest control value among the levels, and whether chance explains how far they lie apart. */
function baselinesOf(type: MetricType, { parts, levels }: LevelArms): Pick<Heterogeneity, "baselines"> {
  const controls = parts.flatMap(({ level, stratum, control }) => {
    const value = type.linear(control);
    return value === undefined ? [] : [{ level, stratum, control: value }];
  });
  const sums = new Map<number, { n: number; sum: number }>();
  for (const { level, control } of controls) {
    const own = sums.get(level) ?? { n: 0, sum: 0 };
    own.n += control.n;
    own.sum += control.n * control.mean;
    sums.set(level, own);
  }
  const values = levels.flatMap((level, at) => {
    const own = sums.get(at);
    return own ? [{ level, value: own.sum / own.n }] : [];
  });
  const [first] = values;
  if (!first) return {};
  const found = values.reduce(
    ({ lowest, highest }, each) => ({
      lowest: each.value < lowest.value ? each : lowest,
      highest: each.value > highest.value ? each : highest,
    }),
    { lowest: first, highest: first },
  );
  // A treatment that is zero without error leaves the differences of the controls alone.
  const nothing = { n: 2, mean: 0, m2: 0 };
  const test = meanLevelsTest(
    controls.map((part) => ({ ...part, treatment: nothing })),
    "difference",
  );
  return { baselines: { ...found, ...(test.status === "ok" ? { pValue: test.pValue } : {}) } };
}

function answer(question: LevelQuestion, context: BetweenContext): Heterogeneity {
  const { metricAt, contrast, dimension, groups } = question;
  const { metric, type } = metricIn(context, metricAt);
  // A mean's own spread is the measure here; of a few buyers among many it is known too badly to compare levels by.
  const has = (arm: Moments) => type.value(arm) !== undefined && !type.sparse(arm);
  const arms = levelArms(groups, dimension, metricAt, contrast, has);
  const { parts, levels, merged, omitted } = arms;
  const repeated = context.repeated[dimension];
  const test = (scale: EffectScale): LevelTest => {
    if (context.adaptive) return { status: "adaptive", method: "none", reason: adaptiveReason };
    const seed = [...context.seed, "between", metric.key, ...contrast, dimension, scale];
    const found = type.levels(parts, scale, chance(parts, seed));
    if (found.status !== "ok") return found;
    const { silent, ...told } = found;
    const names = silent.flatMap((at) => levels.slice(at, at + 1));
    return { ...told, pAdjusted: found.pValue, ...(names.length > 0 ? { silent: names } : {}) };
  };
  return {
    ...{ metric: metric.key, contrast, dimension, levels, merged, omitted },
    ...(repeated ? { repeated } : {}),
    ...(context.adaptive ? {} : baselinesOf(type, arms)),
    ...{ difference: test("difference"), lift: test("lift"), differs: "untested", opens: false },
  };
}

function decided(test: Heterogeneity, level: number): Heterogeneity {
  const shown = scales.filter((scale) => {
    const own = test[scale];
    return own.status === "ok" && own.pAdjusted < 1 - level;
  });
  const tested = scales.filter((scale) => test[scale].status === "ok");
  const differs = tested.length === 0 ? "untested" : shown.length === 2 ? "both" : (shown[0] ?? "neither");
  return { ...test, differs, opens: shown.length > 0 && shown.length === tested.length };
}

/**
 * Asks of every dimension, metric and contrast whether the effect differs between the dimension's levels, as a difference
 * and as a lift. The tests of both scales are corrected together as one family.
 * @returns one answer per question, and the number of tests in the family
 */
export function between(
  questions: readonly LevelQuestion[],
  context: BetweenContext,
): { readonly tests: readonly Heterogeneity[]; readonly count: number } {
  const raw = questions.map((question) => answer(question, context));
  const tested = raw.flatMap((each) =>
    scales.flatMap((scale) => {
      const own = each[scale];
      return own.status === "ok" ? [context.rule?.pValueOf(own.pValue, own) ?? own.pValue] : [];
    }),
  );
  const adjusted = corrections[context.correction](tested);
  let at = 0;
  const corrected = (test: LevelTest): LevelTest =>
    test.status === "ok" ? { ...test, pAdjusted: adjusted[at++] ?? test.pValue } : test;
  const tests = raw.map((each) => {
    const [difference, lift] = [corrected(each.difference), corrected(each.lift)];
    return decided({ ...each, difference, lift }, context.level);
  });
  return { tests, count: tested.length };
}
