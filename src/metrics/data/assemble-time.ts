import type { CellsRequest, TimeArm, TimeCells, TimeSlice } from "../../core/cells.js";
import { mergeMoments } from "../../stats/index.js";
import type { Group } from "./assemble-cells.js";
import type { TimePlan, WantedSlice } from "./time-plan.js";

/** Groups that a source found, one moments per slice of the part. */
export interface TimePart {
  readonly slices: readonly WantedSlice[];
  readonly groups: readonly Group[];
}

function armsOf(groups: readonly Group[], at: number, { definition }: CellsRequest): readonly TimeArm[] {
  const order = new Map<string, number>(definition.variants.map(({ key }, i) => [key, i]));
  const arms = new Map<string, TimeArm>();
  for (const { variant, version, moments } of groups) {
    const [own, definitionVersion] = [
      moments[at],
      version === undefined ? definition.version : Number(version),
    ];
    if (!own || own.n === 0 || version === "" || !order.has(variant)) continue;
    const key = JSON.stringify([variant, definitionVersion]);
    const before = arms.get(key);
    arms.set(key, {
      ...{ variant, definitionVersion },
      moments: before ? mergeMoments(before.moments, own) : own,
    });
  }
  return [...arms.values()].sort(
    (a, b) =>
      (order.get(a.variant) ?? 0) - (order.get(b.variant) ?? 0) || a.definitionVersion - b.definitionVersion,
  );
}

/**
 * Puts together what a source found over time.
 * @param parts  in the plan's order; groups of units seen in one variant
 */
export function assembleTime(
  { days, by }: TimePlan,
  parts: readonly TimePart[],
  request: CellsRequest,
): TimeCells {
  const slices = parts.flatMap(({ slices, groups }) =>
    slices.map(
      ({ kind, at, asked: { metric } }, i): TimeSlice => ({
        ...{ kind, metric: metric.key, at },
        arms: armsOf(groups, i, request),
      }),
    ),
  );
  return { days, by, slices };
}
