import type * as PlotModule from "@observablehq/plot";
import { ExperimentError, missing_chart_packages } from "../../errors/index.js";

/** What draws: Observable Plot, and a document to draw in. */
export interface Drawing {
  readonly plot: typeof PlotModule;
  readonly document: Document;
}

/** @returns the drawing packages, which are optional */
export async function drawingTools(): Promise<Drawing> {
  try {
    const [plot, { parseHTML }] = await Promise.all([import("@observablehq/plot"), import("linkedom")]);
    return { plot, document: parseHTML("<html><body></body></html>").document as unknown as Document };
  } catch (cause) {
    throw new ExperimentError({ missing_chart_packages }, ["html"], "@observablehq/plot, linkedom", {
      cause,
    });
  }
}
