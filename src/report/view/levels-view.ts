import type { LevelTest, Report, ReportMetric } from "../../analysis/index.js";
import type { Voice } from "../words/language.js";
import { sentence } from "../words/voice.js";
import type { ComparisonView } from "./comparison-view.js";
import { type Glyph, plainGlyph } from "./glyph.js";
import { placeOf } from "./place.js";
import type { ToldFinding } from "./told-finding.js";

/** A treatment's effect in one level, on both scales; absent where there is no interval. */
export interface LevelEffect {
  readonly name: string;
  readonly place: number;
  readonly difference?: Glyph;
  readonly lift?: Glyph;
  readonly view: ComparisonView;
}

/** One level: the control's value there, and every treatment's effect. */
export interface LevelRow {
  readonly level: string;
  readonly baseline?: number;
  readonly baselineText: string;
  readonly effects: readonly LevelEffect[];
}

/** The one effect of a treatment that fits all levels best. */
export interface CommonEffect {
  readonly place: number;
  readonly difference?: number;
  readonly lift?: number;
}

/** The first goal's effects in the levels of one dimension, and what is said of them. */
export interface LevelsView {
  readonly dimension: string;
  readonly metric: ReportMetric;
  /** What the tests between levels show, a sentence each. */
  readonly sentences: readonly string[];
  readonly rows: readonly LevelRow[];
  /** Levels that are not drawn: there are too many. */
  readonly more: number;
  readonly common: readonly CommonEffect[];
}

const mostLevels = 12;
const mostSentences = 3;

const commonOf = (scale: "difference" | "lift", test: LevelTest): Omit<CommonEffect, "place"> =>
  test.status === "ok" ? { [scale]: test.common } : {};

function commonEffects(report: Report, metric: ReportMetric, dimension: string): readonly CommonEffect[] {
  return report.between.flatMap((test) => {
    if (test.metric !== metric.key || test.dimension !== dimension) return [];
    const place = placeOf(report.definition, test.contrast[1]);
    return [{ place, ...commonOf("difference", test.difference), ...commonOf("lift", test.lift) }];
  });
}

function levelRow(level: string, views: readonly ComparisonView[], report: Report): LevelRow {
  const baseline = views[0]?.comparison.values[0] ?? undefined;
  return {
    level,
    ...(baseline === undefined ? {} : { baseline }),
    baselineText: views[0]?.control ?? "",
    effects: views.map((view) => {
      const { difference, lift } = view.comparison;
      const [own, relative] = [plainGlyph(difference, view), plainGlyph(lift, view)];
      return {
        name: view.contrast[1],
        place: placeOf(report.definition, view.contrast[1]),
        ...(own ? { difference: own } : {}),
        ...(relative ? { lift: relative } : {}),
        view,
      };
    }),
  };
}

/** Why a dimension's levels could not be compared. */
function untested({ between }: Report, dimension: string, voice: Voice): readonly string[] {
  const reasons = between.flatMap((test) =>
    test.dimension === dimension && test.difference.status !== "ok"
      ? [voice.words.reason(test.difference.reason)]
      : [],
  );
  return [...new Set(reasons)].map((reason) =>
    sentence(voice.say("scoped", { scope: dimension, line: `${voice.say("not_tested")}, ${reason}` })),
  );
}

/** @returns of each dimension that was tested between its levels the first goal's effects, level by level */
export function levelsViews(
  report: Report,
  metric: ReportMetric | undefined,
  micro: readonly ComparisonView[],
  told: readonly ToldFinding[],
  voice: Voice,
): readonly LevelsView[] {
  if (!metric) return [];
  const { control } = report.definition;
  const dimensions = [...new Set(report.between.map(({ dimension }) => dimension))];
  return dimensions.map((dimension) => {
    const byLevel = new Map<string, ComparisonView[]>();
    for (const view of micro) {
      const [own, ...crossed] = Object.entries(view.comparison.cell);
      if (view.metric !== metric.key || own?.[0] !== dimension || crossed.length > 0) continue;
      if (view.contrast[0] !== control) continue;
      byLevel.set(own[1], [...(byLevel.get(own[1]) ?? []), view]);
    }
    const rows = [...byLevel].map(([level, views]) => levelRow(level, views, report));
    const sentences = report.findings.flatMap((finding, at) =>
      (finding.kind === "between" || finding.kind === "between_not_shown") &&
      (finding.evidence as { readonly dimension: string }).dimension === dimension
        ? [told[at]?.sentence ?? ""]
        : [],
    );
    const drawn = rows.some(({ effects }) => effects.some(({ difference, lift }) => difference ?? lift))
      ? rows
      : [];
    return {
      dimension,
      metric,
      sentences:
        sentences.length > 0 ? sentences.slice(0, mostSentences) : untested(report, dimension, voice),
      rows: drawn.slice(0, mostLevels),
      more: Math.max(0, drawn.length - mostLevels),
      common: commonEffects(report, metric, dimension),
    };
  });
}

/** @returns what the three pictures of a dimension show, for those who cannot see them */
export function levelsTold(
  { rows }: LevelsView,
  scale: "baseline" | "difference" | "lift",
  voice: Voice,
): string {
  return rows
    .map(({ level, baselineText, effects }) => {
      if (scale === "baseline") return `${level} ${baselineText}`;
      const numbers = effects.map(({ name, view }) => `${name} ${view[scale] || voice.say("no_estimate")}`);
      return `${level}: ${numbers.join(", ")}`;
    })
    .join("; ");
}
