import type { EffectOverTime, Report, ScaleChange, TimePoint } from "../../analysis/index.js";
import { type Field, unknown } from "./csv-fields.js";

type Records = readonly (readonly Field[])[];

function pointRecord(
  { metric, contrast }: EffectOverTime,
  kind: "cumulative" | "during" | "since",
  point: TimePoint,
  level: number,
): readonly Field[] {
  const { at, units, status } = point;
  const cell = `${kind === "since" ? "day since exposure" : "from"}=${at}`;
  const named = ["time", metric, ...contrast, cell, "difference", ...units, "", "", status, kind];
  return point.status === "ok"
    ? [
        ...named,
        point.value,
        point.standardError,
        ...point.interval,
        ...unknown,
        "",
        "",
        "",
        level,
        "",
        "",
        "",
      ]
    : [...named, "", "", ...unknown, ...unknown, "", "", "", level, "", "", point.reason];
}

function changeRecords({ metric, contrast, change }: EffectOverTime, level: number): Records {
  const named = (scale: string) => ["time", metric, ...contrast, "", scale];
  if (change.status !== "ok")
    return [
      [
        ...[...named("difference"), "", "", "", "", change.status, "first-to-last", "", ""],
        ...[...unknown, ...unknown, "", "", "", level, "", "", change.reason],
      ],
    ];
  const { days, units, difference, lift, shows } = change;
  const told = ([from, to]: readonly [number, number]) => `${from} to ${to}`;
  const record = (scale: string, { first, last, pValue, pAdjusted }: ScaleChange) => [
    ...[...named(scale), ...units, first, last, "ok", "first-to-last", last - first, ""],
    ...[...unknown, ...unknown, "", "", "", level, pValue, pAdjusted],
    `${shows}; days ${told(days[0])} and ${told(days[1])}`,
  ];
  return [record("difference", difference), ...(lift ? [record("lift", lift)] : [])];
}

/** Effects over time, point by point, then the test of a change: first and last days stand for the two values. */
export function overTimeRecords({ overTime, level }: Report): Records {
  return (overTime?.effects ?? []).flatMap((effect) => [
    ...(["cumulative", "during", "since"] as const).flatMap((kind) =>
      effect[kind].map((point) => pointRecord(effect, kind, point, level)),
    ),
    ...changeRecords(effect, level),
  ]);
}
