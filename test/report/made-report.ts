import { analyze, type Report } from "../../src/analysis/index.js";
import type { Definition } from "../../src/core/definition.js";
import { conversionCell, madeDefinition, madeSource } from "../analysis/made-cells.js";

/** A small report with a dimension, from cells made by hand. */
export async function madeReport(
  variants: readonly [string, string] = ["control", "treatment"],
  changes: Partial<Definition> = {},
  levels: readonly [string, string] = ["mail", "web"],
): Promise<Report> {
  const [control, treatment] = variants;
  const cells = [
    conversionCell(control, 5000, 500, [levels[0]]),
    conversionCell(treatment, 5000, 650, [levels[0]]),
    conversionCell(control, 5000, 500, [levels[1]]),
    conversionCell(treatment, 5000, 430, [levels[1]]),
  ];
  const experiment = madeDefinition(variants, changes);
  const metrics = experiment.metrics.map(({ key }) => key);
  const source = madeSource(cells, {
    dimensions: ["channel"],
    metrics,
    excluded: { seen_in_two_variants: 12 },
  });
  return analyze({ experiment, source, dimensions: ["channel"] });
}

/** The same under a policy that learns. */
export function adaptiveReport(): Promise<Report> {
  return madeReport(["control", "treatment"], { policy: "thompson" });
}
