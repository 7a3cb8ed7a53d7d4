import type { Contrast, Heterogeneity, LevelTest, ReportMetric } from "../../analysis/index.js";
import type { Voice } from "../words/language.js";
import type { ComparisonView } from "./comparison-view.js";

/** A test between levels on one scale, formatted for display; a value that could not be computed is an empty string. */
export interface ScaleTestView {
  readonly statistic: string;
  readonly df: string;
  readonly p: string;
  readonly pAdjusted: string;
  readonly iSquared: string;
  /** The one effect that fits all levels best. */
  readonly common: string;
  /** Why the levels were not tested; empty if they were. */
  readonly reason: string;
}

/** One question between levels, on both scales. */
export interface LevelTestView {
  readonly test: Heterogeneity;
  readonly metric: string;
  readonly contrast: Contrast;
  readonly contrastName: string;
  readonly difference: ScaleTestView;
  readonly lift: ScaleTestView;
  /** Shown to differ on some scale. */
  readonly differs: boolean;
  /** `differs`, `in points only`, `not shown`. */
  readonly verdict: string;
}

/** Whether effects differ between the levels of one dimension. */
export interface DimensionView {
  readonly dimension: string;
  readonly tests: readonly LevelTestView[];
  /** Levels compared together or left out, a line each. */
  readonly notes: readonly string[];
  /** Metrics shown to differ on some scale; `undefined` where nothing could be tested. */
  readonly differing: readonly string[] | undefined;
  /** The first goal's effect in each level. */
  readonly levels: readonly { readonly level: string; readonly view: ComparisonView }[];
}

function scaleTest(test: LevelTest, common: (value: number) => string, voice: Voice): ScaleTestView {
  if (test.status !== "ok") {
    const reason = voice.words.reason(test.reason);
    return { statistic: "", df: "", p: "", pAdjusted: "", iSquared: "", common: "", reason };
  }
  const { statistic, df, pValue, pAdjusted, iSquared } = test;
  return {
    statistic: voice.statistic(statistic),
    df: String(df),
    p: voice.pValue(pValue),
    pAdjusted: voice.pValue(pAdjusted),
    iSquared: voice.share(iSquared),
    common: common(test.common),
    reason: "",
  };
}

/** @returns a question between levels in words */
export function levelTest(test: Heterogeneity, { quantity }: ReportMetric, voice: Voice): LevelTestView {
  const { metric, contrast, differs } = test;
  const only = quantity === "fraction" ? "differs_in_points" : "differs_in_amount";
  const verdicts = {
    both: "differs",
    difference: test.opens ? "differs" : only,
    lift: test.opens ? "differs" : "differs_in_lift",
    neither: "not_shown",
    untested: "not_tested",
  } as const;
  return {
    test,
    ...{ metric, contrast, contrastName: voice.contrast(contrast) },
    difference: scaleTest(test.difference, (value) => voice.difference(value, quantity), voice),
    lift: scaleTest(test.lift, voice.lift, voice),
    differs: differs !== "neither" && differs !== "untested",
    verdict: voice.say(verdicts[differs]),
  };
}

/** @returns levels that were not compared on their own, by metric where metrics disagree */
export function levelNotes(tests: readonly Heterogeneity[], voice: Voice): readonly string[] {
  const notes: string[] = (["merged", "omitted"] as const).flatMap((kind) => {
    const levels = [...new Set(tests.flatMap((test) => test[kind]))];
    if (levels.length === 0) return [];
    const everywhere = tests.every((test) => test[kind].length === levels.length);
    const key = `levels_${kind}${everywhere ? "" : "_some"}` as const;
    return [voice.say(key, { levels: levels.join(", ") })];
  });
  const [repeated] = tests.flatMap((test) => test.repeated ?? []);
  if (repeated) {
    const { units, share, counted } = repeated;
    notes.push(
      voice.say(`levels_repeated_${counted}`, { units: voice.count(units), share: voice.share(share) }),
    );
  }
  const silent = new Set(
    tests
      .flatMap(({ difference, lift }) => [difference, lift])
      .flatMap((test) => (test.status === "ok" ? (test.silent ?? []) : [])),
  );
  if (silent.size > 0) notes.push(voice.say("levels_silent", { levels: [...silent].join(", ") }));
  const resampled = tests
    .flatMap(({ difference, lift }) => [difference, lift])
    .flatMap((test) => (test.status === "ok" && test.resamples !== undefined ? [test.resamples] : []));
  return resampled.length === 0
    ? notes
    : [...notes, voice.say("levels_resampled", { count: resampled.length, most: Math.max(...resampled) })];
}
