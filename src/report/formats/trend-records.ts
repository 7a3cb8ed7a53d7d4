import type { Report, Trend } from "../../analysis/index.js";
import { type Field, unknown } from "./csv-fields.js";

const cellOf = ({ dimension, within }: Trend, level: string): string =>
  [...Object.entries(within), [dimension, level]].map(([key, each]) => `${key}=${each}`).join("; ");

/** Values and effects along ordered dimensions, level by level; then the straight line and the change of each. */
export function trendRecords({ trends = [] }: Report): readonly (readonly Field[])[] {
  return trends.flatMap((trend): readonly (readonly Field[])[] => {
    const { metric, of } = trend;
    const sides = "variant" in of ? ["", of.variant] : of.contrast;
    const scale = "variant" in of ? "value" : "difference";
    const named = (level: string, kind: string) => ["trend", metric, ...sides, cellOf(trend, level), kind];
    if (trend.status !== "ok")
      return [
        [
          ...[...named("", scale), "", "", "", "", trend.status, "", "", "", ...unknown, ...unknown],
          ...["", "", "", "", "", "", trend.reason],
        ],
      ];
    const { points, line, change, level } = trend;
    const tested = ({ pValue, pAdjusted }: typeof line | typeof change) => [level, pValue, pAdjusted];
    return [
      ...points.map(({ level: name, value, standardError, interval, units }) => [
        ...[...named(name, scale), "", units, "", "", "ok", "level", value, standardError],
        ...[...interval, ...unknown, "", "", "", level, "", "", ""],
      ]),
      [
        ...[...named("", scale), "", "", "", "", "ok", "linear-trend", line.slope, ""],
        ...[...line.interval, ...unknown, "", "", "", ...tested(line), ""],
      ],
      [
        ...[...named(change.after, scale), "", "", change.before, change.since, "ok", "change-point"],
        ...[change.since - change.before, "", ...unknown, ...unknown, "", "", "", ...tested(change)],
        change.range ? `range ${change.range.join(" to ")}` : "",
      ],
    ];
  });
}
