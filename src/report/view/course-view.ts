import type { Course, CourseLook, Report } from "../../analysis/index.js";
import type { Voice } from "../words/language.js";
import { placeOf } from "./place.js";

/** One treatment among the bounds of the plan's looks. */
export interface CourseRow {
  readonly name: string;
  readonly place: number;
  /** Fractions of the planned units, and standard errors towards a gain. */
  readonly points: readonly { readonly fraction: number; readonly deviate: number }[];
  readonly picture: string;
}

/** How near the looks of a plan are to a decision. */
export interface CourseView {
  readonly metric: string;
  readonly looks: readonly CourseLook[];
  readonly answer: string;
  readonly how: string;
  readonly rows: readonly CourseRow[];
  /** Of the table: look, variant, units, effect, gain, harm, given up (where the plan does), spent, left. */
  readonly heads: readonly string[];
  readonly table: readonly CourseLine[];
}

/** A look's line in the table: what it is read against, and where a treatment stood. */
export interface CourseLine {
  readonly look: string;
  readonly name: string;
  readonly place?: number;
  readonly rest: readonly string[];
}

const absent = "–";

function answerOf({ looks, paths }: Course, names: readonly string[], level: number, voice: Voice): string {
  const at = looks.filter(({ state }) => state !== "planned").length - 1;
  const now = looks[at];
  if (!now) return "";
  const stands = paths.map(({ points }, i) =>
    voice.say("course_stands", {
      variant: names[i] ?? "",
      deviate: voice.signed(points.at(-1)?.deviate ?? 0),
    }),
  );
  const gain =
    now.gain === undefined
      ? voice.say("course_gain_none")
      : voice.say("course_gain", { gain: voice.statistic(now.gain) });
  const given =
    now.futility === undefined
      ? []
      : [voice.say("course_futility", { futility: voice.statistic(now.futility) })];
  const next = looks[at + 1];
  const ahead =
    next?.gain === undefined
      ? []
      : [
          voice.say("course_next", {
            units: voice.count(next.units),
            gain: voice.statistic(next.gain),
          }),
        ];
  const count = looks.length - 1 - at;
  const spent = voice.probability(now.spent);
  const paid =
    count === 0
      ? voice.say("course_over", { spent })
      : voice.say("course_paid", { spent, left: voice.share(Math.max(0, 1 - level - now.spent)), count });
  return [...stands, gain, ...given, ...ahead, paid].join(" ");
}

/** @returns where the first goal stands among the bounds of a plan that spends its error on looks; undefined for other plans */
export function courseView({ looks, level, definition }: Report, voice: Voice): CourseView | undefined {
  const course = looks?.course;
  if (!course) return undefined;
  const names = course.paths.map(({ contrast }) => contrast[1]);
  const futile = course.looks.some(({ futility }) => futility !== undefined);
  const told = (bound: number | undefined) => (bound === undefined ? absent : voice.signed(bound));
  const table = course.looks.flatMap((look, at): readonly CourseLine[] => {
    const { units, gain, harm, futility, spent, state } = look;
    const bounds = [
      ...[told(gain), told(harm)],
      ...(futile ? [told(futility)] : []),
      ...[voice.probability(spent), voice.share(Math.max(0, 1 - level - spent))],
    ];
    const stood = course.paths.flatMap(({ contrast: [, name], points }) => {
      const point = points.find((each) => each.units === units);
      if (!point || state !== "taken") return [];
      const rest = [voice.count(units), voice.signed(point.deviate), ...bounds];
      return [{ look: String(at + 1), name, place: placeOf(definition, name), rest }];
    });
    if (stood.length > 0) return stood;
    return [
      {
        look: String(at + 1),
        name: voice.say(`course_${state}`),
        rest: [voice.count(units), absent, ...bounds],
      },
    ];
  });
  const { gains, harms } = course.tests;
  return {
    metric: course.metric,
    looks: course.looks,
    answer: answerOf(course, names, level, voice),
    how: [
      voice.say(futile ? "course_how_futility" : "course_how"),
      ...(harms > 1 ? [voice.say("course_first", { gains, harms })] : []),
    ].join(" "),
    rows: course.paths.map(({ contrast: [, name], points }) => ({
      ...{ name, place: placeOf(definition, name), points },
      picture: voice.say("course_picture", {
        ...{ metric: course.metric, variant: name },
        stands: voice.signed(points.at(-1)?.deviate ?? 0),
        gain: told(course.looks.find(({ units }) => units === points.at(-1)?.units)?.gain),
      }),
    })),
    heads: [
      ...[voice.say("look"), voice.say("variant"), voice.say("units_column"), voice.say("course_effect")],
      ...[voice.say("course_gain_column"), voice.say("course_harm_column")],
      ...(futile ? [voice.say("course_futility_column")] : []),
      ...[voice.say("course_spent_column"), voice.say("course_left_column")],
    ],
    table,
  };
}
