import type { Report } from "../analysis/report.js";
import { missing_chart_packages } from "../core/errors.js";
import { ExperimentError } from "../core/experiment-error.js";
import { count } from "../core/numbers.js";
import { banditSection } from "./html/bandit/bandit-section.js";
import { banditStyle } from "./html/bandit/bandit-style.js";
import type { Drawing } from "./html/forest.js";
import { html, Markup } from "./html/markup.js";
import {
  betweenSection,
  cellsSection,
  findingsSection,
  macroSection,
  methodFooter,
  unitsSection,
  verdictSection,
} from "./html/sections.js";
import { style } from "./html/style.js";
import { headline } from "./report-view.js";

/** Nothing may be fetched and nothing may run: the page is text, style and pictures. */
const policy = "default-src 'none'; style-src 'unsafe-inline'";

async function drawingTools(): Promise<Drawing> {
  try {
    const [plot, { parseHTML }] = await Promise.all([import("@observablehq/plot"), import("linkedom")]);
    return { plot, document: parseHTML("<html><body></body></html>").document as unknown as Document };
  } catch (cause) {
    throw new ExperimentError({ missing_chart_packages }, ["html"], "@observablehq/plot, linkedom", {
      cause,
    });
  }
}

/**
 * Lays a report out as one web page: what to do, every lift in a picture, where effects differ, the cells worth
 * looking at, who took part. The page holds everything it needs, runs no script, fetches nothing, follows the
 * reader's light or dark preference and fits a phone.
 * @param report the analysis
 * @returns a complete HTML document; all names in it are escaped
 * @throws ExperimentError `missing_chart_packages` when `@observablehq/plot` or `linkedom` is not installed
 */
export async function toHtml(report: Report): Promise<string> {
  const drawing = await drawingTools();
  const { definition, bandit } = report;
  const alone = bandit !== undefined && report.metrics.length === 0;
  const units = alone ? bandit.units : report.arms.reduce((sum, arm) => sum + arm.units, 0);
  const nothing = new Markup("");
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${definition.key}: ${headline(report)}</title><style>${new Markup(bandit ? style + banditStyle : style)}</style></head>
<body><main>
<header><h1>${definition.key}</h1><p>version ${definition.version} · ${count(units)} units (${definition.unit}) · control ${definition.control}</p></header>
${verdictSection(report)}
${alone ? nothing : macroSection(report, drawing)}${bandit ? banditSection(bandit, drawing) : nothing}
${betweenSection(report, drawing)}
${cellsSection(report)}
${findingsSection(report)}
${alone ? nothing : unitsSection(report)}
${methodFooter(report)}
</main></body></html>
`;
  return page.toString();
}
