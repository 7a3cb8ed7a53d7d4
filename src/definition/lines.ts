import { duplicate_key } from "../errors/index.js";
import { type Checks, isRecord, type Loose } from "./checks.js";
import { frozenJson } from "./frozen-json.js";

/** What a line shares with its metric: all that says which events its value is made of. */
const shared = ["type", "event", "value", "window", "better", "covariates"] as const;

function linesOf(metric: Loose, attribute: unknown, levels: readonly unknown[]): readonly Loose[] {
  const own = shared.flatMap((name) => (metric[name] === undefined ? [] : [[name, metric[name]]]));
  const line = (level: string, condition: Loose): Loose => ({
    key: `${metric.key}: ${level}`,
    role: "diagnostic",
    event: metric.key,
    ...Object.fromEntries(own),
    where: metric.where === undefined ? condition : { all: [metric.where, condition] },
  });
  return [
    ...levels.map((level) => line(String(level), { attribute, eq: level })),
    line("(other)", { not: { attribute, in: levels } }),
  ];
}

/**
 * Metrics as they are read: those that ask for it are followed, behind all others, by their lines: a diagnostic for each level
 * of a property of their events, and one for all other events, so that lines add up. Every unit counts in each of them.
 * @param metrics  of a sound shape
 */
export function withLines(metrics: unknown, checks: Checks): unknown {
  if (!Array.isArray(metrics) || metrics.every((metric) => !isRecord(metric) || metric.by === undefined))
    return metrics;
  const lines: Loose[] = [];
  const whole = metrics.map((metric: unknown, i) => {
    if (!isRecord(metric) || !isRecord(metric.by)) return metric;
    const { by, ...rest } = metric;
    const levels: readonly unknown[] = Array.isArray(metric.by.levels) ? metric.by.levels : [];
    const names = levels.map(String);
    names.forEach((name, at) => {
      if (names.indexOf(name) < at || name === "(other)")
        checks.report({ duplicate_key }, ["metrics", i, "by", "levels", at], levels[at]);
    });
    lines.push(...linesOf(metric, metric.by.attribute, levels));
    return rest;
  });
  return frozenJson([...whole, ...lines], checks);
}
