import type { DimensionView, ScaleTestView } from "../view/level-tests-view.js";
import type { LevelsView } from "../view/levels-view.js";
import type { ReportView } from "../view/report-view.js";
import { capitalized, sentence } from "../words/voice.js";
import { markdownTable, markdownText } from "./markup.js";

function levelTable({ voice }: ReportView, { rows, metric, more }: LevelsView): readonly string[] {
  if (rows.length === 0) return [];
  const unit = voice.unit(metric.quantity) || voice.say("difference");
  const titles = [
    markdownText(metric.key),
    voice.say("variant"),
    ...[voice.say("control"), unit, voice.say("interval"), voice.say("lift"), voice.say("interval")],
  ];
  const lines = rows.flatMap(({ level, baselineText, effects }) =>
    effects.map(({ name, view }, at) => [
      at === 0 ? markdownText(level) : "",
      markdownText(name),
      at === 0 ? baselineText : "",
      view.plainDifference || markdownText(view.note),
      view.differenceInterval,
      view.lift || "–",
      view.liftInterval,
    ]),
  );
  return [
    "",
    ...markdownTable(titles, "llrrrrr", lines),
    ...(more > 0 ? ["", sentence(voice.say("levels_more_left", { count: more }))] : []),
  ];
}

function testsTable({ voice }: ReportView, { dimension, tests }: DimensionView): readonly string[] {
  const scale = (test: ScaleTestView) => [
    test.reason
      ? markdownText(test.reason)
      : `χ² ${voice.say("on_df", { statistic: test.statistic, df: test.df })}`,
    markdownText(test.pAdjusted),
    test.common,
  ];
  const heads = [
    ...(["metric", "contrast_column"] as const),
    ...(["difference", "p_corrected", "common_effect"] as const),
    ...(["lift", "p_corrected", "common_effect"] as const),
  ];
  const rows = tests.map((test) => [
    markdownText(test.metric),
    markdownText(test.contrastName),
    ...scale(test.difference),
    ...scale(test.lift),
    markdownText(test.verdict),
  ]);
  return [
    "",
    markdownText(voice.say("all_tests_of", { dimension })),
    "",
    ...markdownTable([...heads.map((key) => voice.say(key)), voice.say("reading")], "llrrrrrrl", rows),
  ];
}

/** Whether effects differ between the levels of each dimension; nothing where none was tested. */
export function levelsMarkdown(view: ReportView): readonly string[] {
  const { voice, levels, between } = view;
  if (levels.length === 0) return [];
  const dimensions = levels.map(({ dimension }) => dimension).join(", ");
  return [
    "",
    `## ${markdownText(voice.say("page_levels", { dimensions }))}`,
    ...levels.flatMap((each) => {
      const tests = between.find(({ dimension }) => dimension === each.dimension);
      const told = [...each.sentences, ...(tests?.notes ?? []).map((note) => capitalized(sentence(note)))];
      return [
        "",
        ...told.map((line) => `- ${markdownText(line)}`),
        ...levelTable(view, each),
        ...(tests ? testsTable(view, tests) : []),
      ];
    }),
  ];
}
