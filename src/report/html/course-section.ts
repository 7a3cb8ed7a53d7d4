import type { CourseLook } from "../../analysis/index.js";
import type { CourseLine, CourseRow, CourseView } from "../view/course-view.js";
import type { ReportView } from "../view/report-view.js";
import { type Axis, axisOf } from "./axis.js";
import { hue, key, shape } from "./mark.js";
import { html, type Markup, named, nothing, type Part } from "./markup.js";
import { type Section, scrolling } from "./section.js";
import { line, pathOf, picture, rect, text } from "./svg.js";

const [width, height, left, right, top, bottom] = [320, 196, 44, 308, 10, 164] as const;

/** Bounds beyond this many standard errors run out of the picture: early ones of O'Brien and Fleming are at 8 and more. */
const HIGHEST = 6;

type BoundName = "gain" | "harm" | "futility";

/** One axis for all panels. */
function axisOfCourse({ looks, rows }: CourseView, { voice }: ReportView): Axis {
  const within = (value: number) => Math.max(-HIGHEST, Math.min(HIGHEST, value));
  const bounds = looks.flatMap(({ gain, harm, futility }) =>
    [gain, harm, futility].flatMap((each) => (each === undefined ? [] : [within(each)])),
  );
  const values = [...bounds, ...rows.flatMap(({ points }) => points.map(({ deviate }) => deviate))];
  return axisOf(values, bottom - top, (value) => voice.tick(value, "amount"), { most: 6, whole: true });
}

/** A bound from look to look; where a look has none, the line is broken. */
function boundOf(
  looks: readonly CourseLook[],
  name: BoundName,
  kind: string,
  place: (fraction: number, deviate: number) => readonly [number, number],
): Part {
  const known = looks.flatMap(({ fraction, [name]: bound }) =>
    bound === undefined ? [] : [place(fraction, bound)],
  );
  return [
    known.length > 1 ? html`<path class="${kind}" d="${pathOf(known)}"/>` : nothing,
    known.map(([x, y]) => line("bound", x - 4, y, x + 4, y)),
  ];
}

function panel(row: CourseRow, { looks }: CourseView, { voice }: ReportView, axis: Axis): Markup {
  const { points, place } = row;
  const most = Math.max(1, ...looks.map(({ fraction }) => fraction));
  const x = (fraction: number) => left + 6 + (fraction / most) * (right - left - 12);
  const y = (value: number) =>
    top + (bottom - top) * (1 - (axis.at(value) - axis.left) / (axis.right - axis.left));
  const at = (fraction: number, deviate: number) => [x(fraction), y(deviate)] as const;
  const now = looks.filter(({ state }) => state !== "planned").at(-1)?.fraction ?? 0;
  const { gain, harm, futility } = looks.find(({ fraction }) => fraction === now) ?? {};
  return picture("panel", width, height, row.picture, [
    now < most ? rect("range", x(now), top, right - x(now), bottom - top) : nothing,
    axis.ticks.map((tick) => [
      line(tick.value === 0 ? "zero" : "grid", left, y(tick.value), right, y(tick.value)),
      text("soft", left - 8, y(tick.value) + 4, "end", tick.label),
    ]),
    looks.map(({ fraction }) => line("grid", x(fraction), top, x(fraction), bottom)),
    boundOf(looks, "gain", "border", at),
    boundOf(looks, "harm", "border", at),
    boundOf(looks, "futility", "rest", at),
    html`<g class="${hue(place)}"><path class="curve" d="${pathOf(points.map(({ fraction, deviate }) => at(fraction, deviate)))}"/>${points.map(
      ({ fraction, deviate }, i) => {
        const crossed =
          i === points.length - 1 &&
          (deviate >= (gain ?? Infinity) ||
            deviate <= (harm ?? -Infinity) ||
            deviate <= (futility ?? -Infinity));
        return shape(place, x(fraction), y(deviate), 4, crossed);
      },
    )}</g>`,
    text("soft", left + 6, bottom + 18, "middle", "0"),
    text(
      "soft",
      width,
      bottom + 18,
      "end",
      voice.say("course_axis", { units: voice.count(looks.at(-1)?.units ?? 0) }),
    ),
  ]);
}

function table({ heads, table: lines }: CourseView): Markup {
  const row = ({ look, name, place, rest }: CourseLine) =>
    html`<tr><td class="r">${look}</td><td>${place === undefined ? nothing : key(place)}${named(name)}</td>${rest.map(
      (each) => html`<td class="r">${each}</td>`,
    )}</tr>`;
  return html`<table class="plain"><thead><tr>${heads.map((head, at) => html`<th scope="col"${at === 1 ? nothing : html` class="r"`}>${head}</th>`)}</tr></thead><tbody>${lines.map(row)}</tbody></table>`;
}

/** Where the first goal stands among the bounds of the plan's looks; absent for plans that do not spend their error on looks. */
export function courseSection(view: ReportView): Section | undefined {
  const { course, voice } = view;
  if (!course) return undefined;
  const title = voice.say("course_title");
  const axis = axisOfCourse(course, view);
  return {
    id: "course",
    title,
    answer: course.answer,
    body: html`<div class="row">${course.rows.map(
      (row) =>
        html`<figure><figcaption><b>${key(row.place)} ${named(row.name)}</b><span>${course.metric}</span></figcaption>${panel(row, course, view, axis)}</figure>`,
    )}</div><p class="how">${course.how}</p><details><summary>${voice.say("course_table")}</summary>${scrolling(title, table(course))}</details>`,
  };
}
