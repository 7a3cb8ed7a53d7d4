import type { Json } from "../../core/json.js";
import type { LogArm, LogRows } from "../../rounds/index.js";
import { Tally } from "./periods.js";
import type { BanditRun, SegmentEffects } from "./run.js";

const mostLevels = 20;
const mostFields = 3;

/** The level of a field in a decision's context; undefined where it has none. */
export function levelOf(rows: LogRows, at: number, field: string): string | undefined {
  const context = rows.context[at];
  const value =
    typeof context === "object" && context !== null && !Array.isArray(context)
      ? (context as Readonly<Record<string, Json>>)[field]
      : undefined;
  if (value === undefined) return field === "segment" ? rows.segment[at] : undefined;
  return value === null || typeof value === "object" ? undefined : String(value);
}

/** Fields of text or truth values with 2 to 20 levels, the most frequent three. */
export function segmentFields(rows: LogRows): readonly string[] {
  const levels = new Map<string, Set<string>>();
  const note = (field: string, level: string) => {
    const known = levels.get(field);
    if (!known) levels.set(field, new Set([level]));
    else if (known.size <= mostLevels) known.add(level);
  };
  for (let i = 0; i < rows.length; i++) {
    const [context, segment] = [rows.context[i], rows.segment[i]];
    if (segment !== undefined) note("segment", segment);
    if (typeof context !== "object" || context === null || Array.isArray(context)) continue;
    const values = context as { readonly [field: string]: Json };
    for (const field of Object.keys(values)) {
      const value = values[field];
      if (typeof value === "string" || typeof value === "boolean") note(field, String(value));
    }
  }
  return [...levels]
    .filter(([, known]) => known.size >= 2 && known.size <= mostLevels)
    .map(([field]) => field)
    .slice(0, mostFields);
}

/**
 * What each level of each field was played; decisions without the field are left out.
 * @param effects  what arms earn more than control, by field and level
 */
export function playBySegment(
  rows: LogRows,
  arms: readonly LogArm[],
  fields: readonly string[],
  effects: readonly ReadonlyMap<string, SegmentEffects>[],
): BanditRun["segments"] {
  return fields.map((field, f) => {
    const levels = new Map<string, Tally>();
    for (let i = 0; i < rows.length; i++) {
      const level = levelOf(rows, i, field);
      if (level === undefined) continue;
      let tally = levels.get(level);
      if (!tally) levels.set(level, (tally = new Tally(arms.length)));
      tally.add(rows, i);
    }
    const list = [...levels].sort(([, a], [, b]) => b.decisions - a.decisions);
    return {
      field,
      levels: list.map(([level, { decisions, rewards, mean, served }]) => ({
        ...{ level, decisions, rewards, mean, served },
        ...(effects[f]?.get(level) ?? { effects: [], readableShare: 1 }),
      })),
    };
  });
}
