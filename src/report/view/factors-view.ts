import type { FactorEffect, FactorsOfMetric, Report, ReportMetric } from "../../analysis/index.js";
import { decisive } from "../words/decisive.js";
import { factorLabel } from "../words/factor-words.js";
import type { Voice } from "../words/language.js";
import type { Glyph } from "./glyph.js";
import type { ToldFinding } from "./told-finding.js";

/** One effect, ready to be shown. */
export interface FactorRow {
  readonly label: string;
  readonly effect: string;
  readonly interval: string;
  readonly p: string;
  /** Lenth's reading, for factors of two levels; otherwise empty text. */
  readonly lenth: string;
  /** The reason why a number is missing, or empty text. */
  readonly note: string;
  readonly shown: boolean;
  readonly glyph?: Glyph;
  /** Its size, and where the half-normal plot expects it. */
  readonly point?: { readonly size: number; readonly quantile: number };
}

/** What the factors do to one metric. */
export interface FactorTable {
  readonly metric: ReportMetric;
  readonly rows: readonly FactorRow[];
  /** Of Lenth's method; absent where there is none. */
  readonly margin?: number;
  readonly notes: readonly string[];
}

/** What the factors of a multivariate experiment do. */
export interface FactorsView {
  readonly answer: string;
  readonly tables: readonly FactorTable[];
  /** Effect, value, interval, p; and Lenth's p where a table has it. */
  readonly heads: readonly string[];
}

/** Names that a line holds; more are counted. */
const mostNamed = 3;

function shortList(names: readonly string[], voice: Voice): string {
  const list = names.slice(0, mostNamed).join(", ");
  const left = names.length - mostNamed;
  return left > 0 ? voice.say("factors_more", { list, count: left }) : list;
}

/** What effects cannot be told from, effects with the same aliases in one line. */
function aliasLines(effects: readonly FactorEffect[], voice: Voice): readonly string[] {
  const together = new Map<string, readonly string[]>();
  for (const { aliases, ...named } of effects) {
    if (aliases.length === 0) continue;
    const list = shortList(
      aliases.map((alias) => alias.replaceAll(":", " × ")),
      voice,
    );
    together.set(list, [...(together.get(list) ?? []), factorLabel(named, voice)]);
  }
  return [...together].map(([list, names]) =>
    voice.say("factor_aliases", { effects: shortList(names, voice), list }),
  );
}

function rowOf(
  { effect: { planned, fixed }, lenth, ...named }: FactorEffect,
  { quantity }: ReportMetric,
  level: number,
  voice: Voice,
): FactorRow {
  const row = {
    label: factorLabel(named, voice),
    lenth: lenth ? voice.pValue(lenth.pAdjusted) : "",
    note: "",
  };
  if (planned.status !== "ok") {
    const reason = voice.words.reason(planned.reason);
    return { ...row, effect: "–", interval: "–", p: "–", shown: false, note: reason };
  }
  const interval = decisive(planned);
  const p = planned.pAdjusted ?? planned.pValue;
  const shown = p < 1 - level;
  return {
    ...row,
    effect: voice.plainDifference(planned.value, quantity, interval),
    interval: voice.differenceInterval(interval, quantity),
    p: voice.pValue(p),
    shown,
    glyph: {
      ...{ value: planned.value, line: interval, filled: shown },
      ...(fixed.status === "ok" ? { bar: fixed.interval } : {}),
    },
    ...(lenth ? { point: { size: Math.abs(planned.value), quantile: lenth.quantile } } : {}),
  };
}

function tableOf(found: FactorsOfMetric, report: Report, voice: Voice): readonly FactorTable[] {
  const { combinations: count, order, missing } = found;
  const adjusted = (report.adjustments ?? []).some(
    ({ metric, status }) => metric === found.metric && status === "adjusted",
  );
  const notes = [
    voice.say("factors_about", { count, order }),
    ...(missing.length > 0
      ? [voice.say("factors_missing", { count: missing.length, list: missing.slice(0, 10).join("; ") })]
      : []),
    ...(found.status === "ok" ? aliasLines(found.effects, voice) : []),
    ...(adjusted ? [voice.say("factors_unadjusted")] : []),
    ...(found.status === "ok" ? [] : [`${voice.words.reason(found.reason)}.`]),
  ];
  return report.metrics.flatMap((metric) =>
    metric.key === found.metric
      ? [
          {
            ...{ metric, notes },
            rows:
              found.status === "ok"
                ? found.effects.map((each) => rowOf(each, metric, report.level, voice))
                : [],
            ...(found.status === "ok" && found.lenth ? { margin: found.lenth.margin } : {}),
          },
        ]
      : [],
  );
}

/** @returns what the factors do, metric by metric; undefined where the definition has none */
export function factorsView(
  report: Report,
  findings: readonly ToldFinding[],
  voice: Voice,
): FactorsView | undefined {
  if (!report.factors) return undefined;
  return {
    answer: findings.flatMap(({ kind, sentence }) => (kind === "factors" ? [sentence] : [])).join(" "),
    tables: report.factors.flatMap((found) => tableOf(found, report, voice)),
    heads: [
      ...[voice.say("effect_column"), voice.say("difference"), voice.say("interval")],
      ...[voice.say("p_column"), voice.say("lenth_column")],
    ],
  };
}
