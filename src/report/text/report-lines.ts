import type { LayoutOptions } from "../formats/report-format.js";
import type { ComparisonView } from "../view/comparison-view.js";
import type { DimensionView, ScaleTestView } from "../view/level-tests-view.js";
import type { ReportView } from "../view/report-view.js";
import type { PhraseKey } from "../words/en/phrases.js";
import type { Mark } from "../words/language.js";
import { banditLines } from "./bandit-lines.js";
import { type Paint, painter } from "./paint.js";
import { alignRows, displayWidth, pad, wrap } from "./table.js";

const colors: Readonly<Record<Mark, number>> = { good: 32, bad: 31, neutral: 2, none: 33 };
const symbols: Readonly<Record<Mark, string>> = { good: "▲", bad: "▼", neutral: "·", none: "?" };
const actionColors = {
  ship: 32,
  keep_running: 33,
  stop: 31,
  enough: 33,
  cannot_tell: 33,
  do_not_read: 31,
} as const;

/** A title, and what the section is about beside it, or below where there is no room. */
function section(title: string, about: string, width: number, paint: Paint): readonly string[] {
  const loud = title.toUpperCase();
  if (displayWidth(loud) + 2 + displayWidth(about) <= width) return [`${paint(loud, 1)}  ${paint(about, 2)}`];
  return [paint(loud, 1), ...wrap(about, width).map((line) => paint(line, 2))];
}

/** Sentences as a list. */
const listed = (sentences: readonly string[], width: number): readonly string[] =>
  sentences.flatMap((sentence) =>
    wrap(sentence, width - 4).map((line, at) => `${at === 0 ? "  · " : "    "}${line}`),
  );

/** Columns of a table of comparisons, with their titles. */
const titles = {
  control: "control",
  treatment: "treatment",
  difference: "difference",
  differenceInterval: "interval",
  lift: "lift",
  liftInterval: "interval",
} as const satisfies Partial<Record<keyof ComparisonView, PhraseKey>>;
type Column = keyof typeof titles | "p";
const comparisonColumns: readonly Column[] = [...(Object.keys(titles) as (keyof typeof titles)[]), "p"];
/** Those that a narrow terminal has no room for, in the order in which they go. */
const dispensable: readonly Column[] = ["differenceInterval", "liftInterval", "difference"];

/** Terminals of 100 columns get both intervals, narrower ones the lift's only, or none where words are long. */
function comparisonLines(
  { voice }: ReportView,
  views: readonly ComparisonView[],
  label: (view: ComparisonView) => string,
  width: number,
  paint: Paint,
): readonly string[] {
  const layout = (columns: readonly Column[]) => {
    const head = columns.map((column) => (column === "p" ? "p" : voice.say(titles[column])));
    const rows = views.map((view) => [
      label(view),
      ...columns.map((column) => view[column]),
      symbols[view.mark],
    ]);
    return alignRows([["", ...head, ""], ...rows], `l${"r".repeat(columns.length)}l`);
  };
  const fits = (lines: readonly string[]) => Math.max(...lines.map(displayWidth)) <= width;
  const layouts = [0, 1, 2, 3]
    .filter((dropped) => dropped > 0 || width >= 96)
    .map((dropped) =>
      layout(comparisonColumns.filter((column) => !dispensable.slice(0, dropped).includes(column))),
    );
  const [header = "", ...lines] = layouts.find(fits) ?? (layouts.at(-1) as readonly string[]);
  return [
    paint(header, 2),
    ...lines.map((line, at) => paint(line, colors[(views[at] as ComparisonView).mark])),
    ...views.flatMap((view) =>
      view.note
        ? wrap(voice.say("scoped", { scope: label(view), line: view.note }), width).map((line) =>
            paint(line, 33),
          )
        : [],
    ),
  ];
}

/** Every comparison overall, contrast by contrast, then each rule's own. */
function overallLines(view: ReportView, width: number, paint: Paint): readonly string[] {
  const { voice, report } = view;
  const about = [
    voice.say("intervals", { level: voice.share(report.level) }),
    ...(view.corrected ? [view.corrected] : []),
  ];
  const lines = [...section(voice.say("overall"), about.join("; "), width, paint)];
  const label = ({ metric, role }: ComparisonView) =>
    role === "goal" ? metric : voice.say("metric_as", { metric, role: voice.words.roles[role] });
  for (const { title, comparisons } of view.contrasts) {
    const own = comparisonLines(view, comparisons, label, width - 4, paint);
    lines.push("", `  ${paint(title, 1)}`, ...own.map((line) => `    ${line}`));
  }
  for (const { title, comparisons } of view.rules) {
    const own = comparisonLines(view, comparisons, ({ metric }) => metric, width - 4, paint);
    lines.push("", `  ${paint(title, 1)}`, ...own.map((line) => `    ${line}`));
  }
  if (view.weighting) {
    const { line, moved } = view.weighting;
    lines.push("", ...wrap(line, width - 2).map((each) => `  ${moved ? paint(each, 33) : each}`));
  }
  return lines;
}

function betweenLines(
  { voice, report }: ReportView,
  dimensions: readonly DimensionView[],
  width: number,
  paint: Paint,
): readonly string[] {
  const several = report.contrasts.length > 1;
  const tests = dimensions.flatMap(({ dimension, tests }) =>
    tests.map((test, at) => ({ test, name: at === 0 ? dimension : "" })),
  );
  const scale = (test: ScaleTestView) => (test.reason ? ["–", ""] : [test.statistic, test.pAdjusted]);
  const rows = tests.map(({ test, name }) => [
    name,
    test.metric,
    ...(several ? [test.contrast[1]] : []),
    [...new Set([test.difference.df, test.lift.df])].filter((df) => df).join("/"),
    ...scale(test.difference),
    ...scale(test.lift),
    test.verdict,
  ]);
  const corrected = voice.say("corrected");
  const titles = ["df", `χ² ${voice.say("difference")}`, corrected, `χ² ${voice.say("lift")}`, corrected, ""];
  const head = ["", "", ...(several ? [""] : []), ...titles];
  const [header, ...lines] = alignRows([head, ...rows], several ? "lllrrrrrl" : "llrrrrrl");
  const reasons = new Set(
    tests.flatMap(({ test }) =>
      (["difference", "lift"] as const).flatMap((scale) => {
        const { reason } = test[scale];
        return reason ? [voice.say("untested_scale", { scale: voice.say(scale), reason })] : [];
      }),
    ),
  );
  const notes = dimensions.flatMap(({ dimension, notes }) =>
    notes.map((line) => voice.say("scoped", { scope: dimension, line })),
  );
  return [
    paint(header as string, 2),
    ...lines.map((line, at) => (tests[at]?.test.differs ? paint(line, 33) : line)),
    ...[...reasons, ...notes].flatMap((line) => wrap(line, width)),
  ];
}

function cellLines(view: ReportView, most: number, width: number, paint: Paint): readonly string[] {
  const { cells, voice } = view;
  if (!cells) return [];
  const { standing } = cells;
  const told = cells.told(most);
  const lines = ["", ...section(voice.say("cells"), cells.counts, width, paint), ""];
  lines.push(...wrap(standing.length === 0 ? told : `${told}:`, width - 2).map((line) => `  ${line}`));
  for (const each of standing.slice(0, most)) {
    const mark = paint(pad(symbols[each.mark], 2), colors[each.mark]);
    lines.push(`  ${mark}${paint(each.cell, 1)} — ${each.metric}, ${each.contrastName}`);
    const numbers = voice.say("here_elsewhere", {
      shrunken: each.shrunken || each.difference,
      interval: each.shrunken ? each.shrunkenInterval : each.differenceInterval,
      difference: each.difference,
      elsewhere: each.elsewhere,
      p: each.restPClause,
    });
    lines.push(...wrap(numbers, width - 6).map((line) => `      ${line}`));
  }
  return lines;
}

/** @returns a report for a terminal */
export function reportLines(view: ReportView, options: LayoutOptions = {}): string {
  const { color = false, cells = 12, findings = false } = options;
  const width = Math.max(80, options.width ?? 100);
  const paint = painter(color);
  const { report, voice, alone, verdict } = view;
  const { definition, recommendation } = report;
  const lines: string[] = [];
  const add = (...more: readonly string[]) => lines.push(...more);
  const head = {
    version: String(definition.version),
    units: view.units,
    source: voice.words.source(report.source),
  };
  add(`${paint(definition.key, 1)}  ${voice.say("head_text", head)}`, "");
  add(paint(verdict.loudHeadline, 1, actionColors[recommendation.action]));
  add(...wrap(verdict.sentence, width - 2).map((line) => `  ${line}`));
  for (const { variant, headline, sentence, action } of verdict.others)
    add(
      ...wrap(voice.say("verdict_of", { variant, action: headline, sentence }), width - 2).map((line) =>
        paint(`  ${line}`, actionColors[action]),
      ),
    );
  add(paint(`  ${voice.say("rule_followed", { rule: recommendation.rule })}`, 2), "");
  const arms = alone ? [] : view.arms;
  add(
    ...alignRows(
      arms.map(({ variant, control, units }) => [
        `  ${control ? voice.say("control_of", { variant }) : variant}`,
        units,
      ]),
      "lr",
    ),
  );
  for (const check of view.checks)
    add(...wrap(check, width - 2).map((line) => `  ${view.checkFailed ? paint(line, 31) : line}`));
  for (const { reason, units } of view.excluded) add(`  ${voice.say("left_out", { count: units, reason })}`);
  if (!alone) add("", ...overallLines(view, width, paint));
  if (view.bandit)
    add(
      ...(alone ? [] : [""]),
      ...section(voice.say("bandit"), voice.say("bandit_about"), width, paint),
      "",
      ...banditLines(view.bandit, width, paint),
    );
  if (view.between.length > 0) {
    const told = view.findings.filter(({ kind }) => kind === "between" || kind === "between_not_shown");
    add("", ...section(voice.say("between"), voice.say("between_question"), width, paint), "");
    add(
      ...listed(
        told.map(({ sentence }) => sentence),
        width,
      ),
    );
    add("", ...betweenLines(view, view.between, width - 2, paint).map((line) => `  ${line}`));
  }
  add(...cellLines(view, cells, width, paint));
  if (view.cautions.length > 0) {
    const sentences = view.cautions.map(({ sentence }) => sentence);
    add("", paint(voice.say("caution").toUpperCase(), 1, 33), ...listed(sentences, width));
  }
  if (findings) {
    const sentences = view.findings.map(({ sentence }) => sentence);
    add("", paint(voice.say("findings").toUpperCase(), 1), ...listed(sentences, width));
  }
  if (view.families) add("", ...wrap(view.families, width).map((line) => paint(line, 2)));
  if (view.looks) add(...wrap(view.looks, width).map((line) => paint(line, 2)));
  return `${lines.join("\n")}\n`;
}
