import type { Glyph } from "../view/glyph.js";
import { type LevelRow, type LevelsView, levelsTold } from "../view/levels-view.js";
import type { ReportView } from "../view/report-view.js";
import { capitalized } from "../words/voice.js";
import { type Axis, axisOf, gridOf } from "./axis.js";
import { glyphOf, hue, key, shape } from "./mark.js";
import { html, type Markup, named, nothing, type Part } from "./markup.js";
import { type Section, scrolling } from "./section.js";
import { fitted, line, picture, text, textWidth } from "./svg.js";
import { testsTable } from "./tests-table.js";

const width = 320;
const [labelHeight, rowHeight, gap] = [22, 24, 12];

interface Panel {
  readonly axis: Axis;
  readonly label: string;
  /** Number beside a level's name; may be empty. */
  readonly beside: (row: LevelRow) => string;
  readonly marks: (row: LevelRow, top: number) => Part;
  readonly dashed: readonly { readonly place: number; readonly value: number }[];
}

/** Levels under each other: a name, then its marks. All panels of a dimension have the same rows. */
function panel(
  rows: readonly LevelRow[],
  most: number,
  { axis, label, beside, marks, dashed }: Panel,
): Markup {
  const block = labelHeight + most * rowHeight + gap;
  const bottom = rows.length * block;
  const content = [
    // Lines run between the names, never through them.
    rows.map((_, at) => [
      gridOf(
        axis,
        at * block + labelHeight,
        (at + 1) * block,
        at === rows.length - 1 ? bottom + 16 : undefined,
      ),
      dashed.map(
        ({ place, value }) =>
          html`<g class="${hue(place)}">${line("common", axis.at(value), at * block + labelHeight, axis.at(value), (at + 1) * block)}</g>`,
      ),
    ]),
    rows.map((row, at) => {
      const top = at * block;
      const number = beside(row);
      const room = width - (number ? textWidth(number) + 10 : 0);
      return [
        text("name", 0, top + 15, "start", fitted(row.level, room)),
        number ? text("name", width, top + 15, "end", number) : nothing,
        marks(row, top + labelHeight),
      ];
    }),
  ];
  return picture("panel", width, bottom + 22, label, content);
}

function scaled(view: ReportView, levels: LevelsView, scale: "difference" | "lift", most: number): Markup {
  const { voice } = view;
  const { rows, metric, dimension } = levels;
  const unit = scale === "lift" ? "lift" : metric.quantity === "fraction" ? "points" : "gain";
  const dashed = levels.common.flatMap((each) => {
    const value = each[scale];
    return value === undefined ? [] : [{ place: each.place, value }];
  });
  const glyphs = rows.flatMap(({ effects }) => effects.flatMap((each) => each[scale] ?? []));
  const values = [
    ...glyphs.flatMap(({ line, bar, value }) => [...line, ...(bar ?? []), value]),
    ...dashed.map(({ value }) => value),
  ];
  const axis = axisOf(values, width, (value) => voice.tick(value, unit), { most: 5 });
  const marks = ({ effects }: LevelRow, top: number) =>
    effects.map((each, at) => {
      const glyph: Glyph | undefined = each[scale];
      return glyph ? glyphOf(glyph, axis, each.place, top + at * rowHeight + rowHeight / 2) : nothing;
    });
  const told = levelsTold(levels, scale, voice);
  const label = voice.say("levels_picture", { metric: metric.key, dimension, told });
  return panel(rows, most, { axis, label, beside: () => "", marks, dashed });
}

function baselines(view: ReportView, levels: LevelsView, most: number): Markup {
  const { voice } = view;
  const { rows, metric, dimension } = levels;
  const values = rows.flatMap(({ baseline }) => baseline ?? []);
  const axis = axisOf(values, width, (value) => voice.tick(value, metric.quantity), { most: 5 });
  const label = voice.say("levels_picture", {
    metric: metric.key,
    dimension,
    told: levelsTold(levels, "baseline", voice),
  });
  return panel(rows, most, {
    axis,
    label,
    beside: ({ baselineText }) => baselineText,
    marks: ({ baseline }, top) =>
      baseline === undefined
        ? nothing
        : html`<g class="v0">${shape(0, axis.at(baseline), top + rowHeight / 2, 5, true)}</g>`,
    dashed: [],
  });
}

function figureOf(title: string, about: string, drawn: Markup): Markup {
  return html`<figure><figcaption><b>${title}</b><span>${about}</span></figcaption>${drawn}</figure>`;
}

function keys({ report, voice }: ReportView, { rows }: LevelsView): Markup {
  const treatments = new Map(
    rows.flatMap(({ effects }) => effects.map(({ name, place }) => [name, place] as const)),
  );
  const { control } = report.definition;
  const own = control === voice.say("control") ? control : voice.say("key_control", { control });
  return html`<p class="key">${[...treatments].map(([name, place]) => html`<span class="who">${key(place)}${named(name)}</span>`)}<span class="who">${key(0)}${named(own)}</span></p>`;
}

/** The numbers behind the pictures. */
function levelTable({ voice }: ReportView, { rows, dimension, metric }: LevelsView): Markup {
  const caption = `${metric.key} · ${dimension}`;
  const heads = (
    ["level", "variant", "control", "treatment", "difference", "interval", "lift", "interval"] as const
  ).map((each, at) => html`<th scope="col"${at > 1 ? html` class="r"` : nothing}>${voice.say(each)}</th>`);
  return scrolling(
    caption,
    html`<table class="plain"><caption>${caption}</caption><thead><tr>${heads}</tr></thead><tbody>${rows.map(
      ({ level, effects }) =>
        effects.map(
          ({ name, view }) =>
            html`<tr><th scope="row">${named(level)}</th><td>${named(name)}</td><td class="r">${view.control}</td><td class="r">${view.treatment}</td><td class="r">${view.difference}</td><td class="r">${view.differenceInterval}</td><td class="r">${view.lift}</td><td class="r">${view.liftInterval}</td></tr>`,
        ),
    )}</tbody></table>`,
  );
}

function dimensionBlock(view: ReportView, levels: LevelsView, headed: boolean): Markup {
  const { voice, between, report } = view;
  const { dimension, metric, rows } = levels;
  const { control } = report.definition;
  const most = Math.max(1, ...rows.map(({ effects }) => effects.length));
  const unit = voice.unit(metric.quantity);
  const dashed = levels.common.some(({ difference, lift }) => difference !== undefined || lift !== undefined);
  const tests = between.find((each) => each.dimension === dimension);
  const about = unit
    ? voice.say("levels_difference_about", { unit, control })
    : voice.say("levels_amount_about", { control });
  return html`${headed ? html`<h3 class="mt">${named(dimension)}</h3>` : nothing}${
    headed ? levels.sentences.map((each) => html`<p class="how">${each}</p>`) : nothing
  }${
    rows.length > 0
      ? html`${keys(view, levels)}<div class="row">${figureOf(capitalized(voice.say("levels_baseline", { metric: metric.key, control })), voice.say("levels_baseline_about"), baselines(view, levels, most))}${figureOf(voice.say("levels_difference"), about, scaled(view, levels, "difference", most))}${figureOf(voice.say("levels_lift"), voice.say("levels_lift_about", { control }), scaled(view, levels, "lift", most))}</div><p class="how">${voice.say(dashed ? "levels_how" : "levels_how_plain")}${levels.more > 0 ? ` ${capitalized(voice.say("levels_more", { count: levels.more }))}.` : ""}</p>`
      : nothing
  }<details><summary>${voice.say("numbers_and_tests")}</summary>${rows.length > 0 ? levelTable(view, levels) : nothing}${tests ? testsTable(tests, voice) : nothing}</details>`;
}

/** Whether effects differ between the levels of each dimension; undefined where none was tested. */
export function levelsSection(view: ReportView): Section | undefined {
  const { voice, levels } = view;
  const [first, ...more] = levels;
  if (!first) return undefined;
  const headed = more.length > 0;
  return {
    id: "levels",
    title: voice.say("page_levels", { dimensions: levels.map(({ dimension }) => dimension).join(", ") }),
    answer: headed ? "" : first.sentences.join(" "),
    body: levels.map((each) => dimensionBlock(view, each, headed)),
  };
}
