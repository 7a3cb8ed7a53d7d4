import type { Report } from "../../analysis/index.js";
import type { Estimate } from "../../core/estimate.js";
import { checkFields, type Fields } from "../../shapes/index.js";
import { type Planted, type PlantedEffect, plantedFields } from "./campaign-truth.js";

const cell = { kind: "map", of: { kind: "text", empty: true } } as const;
const comparisons = {
  kind: "list",
  of: {
    kind: "object",
    open: true,
    has: {
      metric: { kind: "text" },
      contrast: { kind: "list", of: { kind: "text" } },
      cell,
      lift: {
        kind: "object",
        open: true,
        has: { fixed: { kind: "object", open: true, has: { status: { kind: "text" } } } },
      },
    },
  },
} as const;

const argumentFields = {
  // A report has much more than is read here.
  report: { kind: "object", has: { macro: comparisons, micro: comparisons }, open: true },
  planted: { kind: "object", has: plantedFields },
} as const satisfies Fields;

/** One planted lift beside what an analysis found. */
export interface PlantedAgainstFound {
  readonly metric: string;
  readonly cell: PlantedEffect["cell"];
  /** The planted lift, a fraction. */
  readonly planted: number;
  /** The report's own estimate of it, at its level. */
  readonly found: Estimate;
  /** Whether the found interval contains the planted lift; null where there is no interval. */
  readonly inside: boolean | null;
}

/**
 * Holds a report against what was planted.
 * @param report   of the campaign's rows
 * @param planted  the campaign's truth
 * @returns one row for every lift that the report estimates and the truth knows, in the truth's order: macro first
 * @throws ExperimentError `missing_value` or `wrong_type` within ["report"] or ["planted"], in the latter also
 *         `unknown_key` and `unsupported_format`
 */
export function plantedAgainstFound(report: Report, planted: Planted): PlantedAgainstFound[] {
  checkFields({ report, planted }, argumentFields);
  const name = (metric: string, contrast: readonly string[], cell: Readonly<Record<string, string>>) =>
    JSON.stringify([metric, contrast, Object.entries(cell).sort()]);
  const found = new Map(
    [...report.macro, ...report.micro].map(({ metric, contrast, cell, lift }) => [
      name(metric, contrast, cell),
      lift.fixed,
    ]),
  );
  return planted.effects.flatMap(({ metric, contrast, cell, lift }) => {
    const estimate = found.get(name(metric, contrast, cell));
    if (estimate === undefined) return [];
    const bounds = estimate.status === "ok" ? estimate.interval : undefined;
    const inside = bounds === undefined ? null : bounds[0] <= lift && lift <= bounds[1];
    return [{ metric, cell, planted: lift, found: estimate, inside }];
  });
}
