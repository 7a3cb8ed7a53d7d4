import type { Report } from "../../analysis/index.js";
import { type Field, unknown } from "./csv-fields.js";

/**
 * The looks of a plan: its state as the status, the fraction of the planned units as the value, the bounds of harm and gain in standard
 * errors as the ends, what is given up and spent as the reason. Then, look by look, where each treatment stood.
 */
export function courseRecords({ looks }: Report): readonly (readonly Field[])[] {
  const course = looks?.course;
  if (!course) return [];
  const { metric } = course;
  const named = (grain: string, sides: readonly string[], at: number) =>
    [grain, metric, ...sides, `look=${at + 1}`, "standard errors"] as const;
  const nothing = ["", "", "", "", "", "", ""] as const;
  return [
    ...course.looks.map(({ state, units, fraction, gain, harm, futility, spent }, at) => [
      ...[...named("look", unknown, at), units, "", "", "", state, "alpha-spending", fraction, ""],
      ...[harm, gain, ...unknown, ...nothing.slice(1)],
      `${futility === undefined ? "" : `given up to ${futility}; `}spent ${spent}`,
    ]),
    ...course.paths.flatMap(({ contrast, points }) =>
      points.map(({ units, deviate }) => [
        ...named(
          "path",
          contrast,
          course.looks.findIndex((each) => each.units === units),
        ),
        ...[units, "", "", "", "ok", "alpha-spending", deviate, ""],
        ...[...unknown, ...unknown, ...nothing],
      ]),
    ),
  ];
}
