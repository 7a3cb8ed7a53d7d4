import type { Condition } from "../core/condition.js";
import type { SegmentOf } from "./compile-condition.js";

/** How much there is to a condition, followed into its segments: that is what checking and meeting it cost. */
export interface Extent {
  /** Levels of nesting; infinite where a segment leads back to itself. */
  readonly depth: number;
  /** Conditions, itself included. */
  readonly conditions: number;
  /** Members of lists. */
  readonly members: number;
}

const endless: Extent = { depth: Infinity, conditions: Infinity, members: Infinity };
const unknown: Extent = { depth: 1, conditions: 0, members: 0 };

/** The conditions right inside one, and the name of the segment that it refers to. */
function partsOf(condition: Condition): readonly [inner: readonly Condition[], segment?: string] {
  if ("all" in condition) return [condition.all];
  if ("any" in condition) return [condition.any];
  if ("not" in condition) return [[condition.not]];
  return "segment" in condition ? [[], condition.segment] : [[]];
}

function segmentsIn(condition: Condition): readonly string[] {
  const [inner, segment] = partsOf(condition);
  return segment === undefined ? inner.flatMap(segmentsIn) : [segment];
}

function membersOf(condition: Condition): number {
  let members = 0;
  for (const operand of Object.values(condition)) if (Array.isArray(operand)) members += operand.length;
  return members;
}

/** Of a condition all of whose segments are known. */
function sum(condition: Condition, segments: ReadonlyMap<string, Extent>): Extent {
  const [inner, segment] = partsOf(condition);
  let [depth, conditions, members] = [0, 1, inner.length > 0 ? 0 : membersOf(condition)];
  const parts = inner.map((each) => sum(each, segments));
  if (segment !== undefined) parts.push(segments.get(segment) ?? unknown);
  for (const part of parts) {
    depth = Math.max(depth, part.depth + 1);
    conditions += part.conditions;
    members += part.members;
  }
  return { depth, conditions, members };
}

/**
 * Measures conditions that share segments, each segment once however often and however long a chain leads to it.
 * @param segmentOf  where `{ segment }` leads; what it does not know counts as nothing
 * @returns the measure of a condition that is nested no deeper than a stack holds
 */
export function extents(segmentOf: SegmentOf): (condition: Condition) => Extent {
  const known = new Map<string, Extent>();
  return (condition) => {
    const open = [...segmentsIn(condition)];
    const begun = new Set<string>();
    for (let name = open.at(-1); name !== undefined; name = open.at(-1)) {
      const segment = known.has(name) ? undefined : segmentOf(name);
      if (!segment) {
        if (!known.has(name)) known.set(name, unknown);
        open.pop();
        continue;
      }
      const missing = segmentsIn(segment).filter((each) => !known.has(each));
      if (missing.length === 0) known.set(name, sum(segment, known));
      // What is met again while it is being measured leads back to itself.
      else if (begun.has(name)) known.set(name, endless);
      else {
        begun.add(name);
        open.push(...missing);
      }
    }
    return sum(condition, known);
  };
}
