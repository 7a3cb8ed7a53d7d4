import type { DimensionView, ScaleTestView } from "../view/level-tests-view.js";
import type { LevelEffect, LevelsView } from "../view/levels-view.js";
import type { ReportView } from "../view/report-view.js";
import { sentence } from "../words/voice.js";
import { type Column, heading, listed, paragraph, shortened, tableOf } from "./layout.js";
import type { Paint } from "./paint.js";
import { alignRows } from "./table.js";

/** One line of a dimension's table. */
interface Line {
  readonly level: string;
  readonly control: string;
  readonly name: string;
  readonly numbers: Pick<
    LevelEffect["view"],
    "plainDifference" | "differenceInterval" | "lift" | "liftInterval" | "note"
  >;
}

function linesOf(view: ReportView, { rows, metric, common }: LevelsView): readonly Line[] {
  const { voice } = view;
  const levels = rows.flatMap(({ level, baselineText, effects }) =>
    effects.map(({ name, view: numbers }, at) => ({
      level: at === 0 ? level : "",
      control: at === 0 ? baselineText : "",
      name,
      numbers,
    })),
  );
  const effects = rows.flatMap((row) => row.effects);
  const usual = effects.find(({ difference }) => difference)?.difference?.line;
  const usualLift = effects.find(({ lift }) => lift)?.lift?.line;
  const fits = common.flatMap(({ place, difference, lift }): readonly Line[] => {
    const name = effects.find((each) => each.place === place)?.name;
    if (name === undefined || (difference === undefined && lift === undefined)) return [];
    const numbers = {
      plainDifference:
        difference === undefined ? "" : voice.plainDifference(difference, metric.quantity, usual),
      differenceInterval: "",
      lift: lift === undefined ? "" : voice.lift(lift, usualLift),
      liftInterval: "",
      note: "",
    };
    return [{ level: "", control: "", name, numbers }];
  });
  return [
    ...levels,
    ...fits.map((each, at) => (at === 0 ? { ...each, level: voice.say("common_effect") } : each)),
  ];
}

/** The goal's effect level by level, on both scales, and the one effect that fits all levels best. */
function levelTable(view: ReportView, levels: LevelsView, width: number, paint: Paint): readonly string[] {
  const { voice } = view;
  const lines = linesOf(view, levels);
  if (levels.rows.length === 0) return [];
  const longest = Math.max(10, Math.floor(width / 4));
  const column = (title: string, of: Column<Line>["of"], align: "l" | "r" = "r") => ({ title, of, align });
  const unit = voice.unit(levels.metric.quantity) || voice.say("difference");
  const several = new Set(lines.map(({ name }) => name)).size > 1;
  const level = column(levels.metric.key, (each) => shortened(each.level, longest), "l");
  const control = column(voice.say("control"), (each) => each.control);
  const name = several ? [column("", (each) => shortened(each.name, longest), "l")] : [];
  const difference = column(unit, ({ numbers }) => numbers.plainDifference || numbers.note);
  const differenceInterval = column(voice.say("interval"), ({ numbers }) => numbers.differenceInterval);
  const lift = column(voice.say("lift"), ({ numbers }) => numbers.lift || "–");
  const liftInterval = column(voice.say("interval"), ({ numbers }) => numbers.liftInterval);
  const [header, ...laid] = tableOf(
    lines,
    [
      [level, control, ...name, difference, differenceInterval, lift, liftInterval],
      [level, ...name, difference, differenceInterval, lift, liftInterval],
      [level, control, ...name, difference, lift],
      [level, ...name, difference, lift],
    ],
    width - 4,
  );
  const more = levels.more > 0 ? [voice.say("levels_more_left", { count: levels.more })] : [];
  return [
    paint(`    ${header}`, 2),
    ...laid.map((line) => `    ${line}`),
    ...more.flatMap((line) => paragraph(sentence(line), width, 4)),
  ];
}

/** Every test of a dimension, on both scales. */
function testLines(
  view: ReportView,
  { tests }: DimensionView,
  width: number,
  paint: Paint,
): readonly string[] {
  const { voice, report } = view;
  const several = report.contrasts.length > 1;
  const scale = (test: ScaleTestView) => (test.reason ? ["–", ""] : [test.statistic, test.pAdjusted]);
  const rows = tests.map((test) => [
    test.metric,
    ...(several ? [test.contrast[1]] : []),
    [...new Set([test.difference.df, test.lift.df])].filter((df) => df).join("/"),
    ...scale(test.difference),
    ...scale(test.lift),
    test.verdict,
  ]);
  const corrected = voice.say("corrected");
  const titles = ["df", `χ² ${voice.say("difference")}`, corrected, `χ² ${voice.say("lift")}`, corrected, ""];
  const head = ["", ...(several ? [""] : []), ...titles];
  const [header = "", ...lines] = alignRows([head, ...rows], several ? "llrrrrrl" : "lrrrrrl");
  const reasons = tests.flatMap((test) =>
    (["difference", "lift"] as const).flatMap((scale) => {
      const { reason } = test[scale];
      return reason ? [voice.say("untested_scale", { scale: voice.say(scale), reason })] : [];
    }),
  );
  return [
    paint(`    ${header}`, 2),
    ...lines.map((line, at) => (tests[at]?.differs ? paint(`    ${line}`, 33) : `    ${line}`)),
    ...[...new Set(reasons)].flatMap((line) => paragraph(sentence(line), width, 4)),
  ];
}

/** Whether effects differ between the levels of each dimension; nothing where none was tested. */
export function levelLines(view: ReportView, all: boolean, width: number, paint: Paint): readonly string[] {
  const { voice, levels, between } = view;
  if (levels.length === 0) return [];
  const dimensions = levels.map(({ dimension }) => dimension).join(", ");
  return [
    ...heading(voice.say("page_levels", { dimensions }), width, paint),
    ...levels.flatMap((each, at) => {
      const tests = between.find(({ dimension }) => dimension === each.dimension);
      const table = levelTable(view, each, width, paint);
      return [
        ...(at > 0 ? [""] : []),
        ...listed(each.sentences, width),
        ...(tests?.notes ?? []).flatMap((note) => paragraph(sentence(note), width, 4)),
        ...(table.length > 0 ? ["", ...table] : []),
        ...(all && tests ? ["", ...testLines(view, tests, width, paint)] : []),
      ];
    }),
  ];
}
