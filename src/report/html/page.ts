import type { ReportView } from "../view/report-view.js";
import { banditSection } from "./bandit/bandit-section.js";
import { banditStyle } from "./bandit/bandit-style.js";
import { drawingTools } from "./drawing.js";
import { html, Markup } from "./markup.js";
import {
  betweenSection,
  cellsSection,
  findingsSection,
  macroSection,
  methodFooter,
  unitsSection,
  verdictSection,
} from "./sections.js";
import { style } from "./style.js";

/** Nothing may be fetched and nothing may run: the page is text, style and pictures. */
const policy = "default-src 'none'; style-src 'unsafe-inline'";

/** @returns a report as one web page; all names in it are escaped */
export async function reportPage(view: ReportView): Promise<string> {
  const drawing = await drawingTools();
  const { report, voice, alone, bandit } = view;
  const { definition } = report;
  const nothing = new Markup("");
  const about = {
    version: String(definition.version),
    units: view.units,
    control: definition.control,
  };
  const page = html`<!doctype html>
<html lang="${voice.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${voice.say("scoped", { scope: definition.key, line: view.verdict.headline })}</title><style>${new Markup(bandit ? style + banditStyle : style)}</style></head>
<body><main>
<header><h1>${definition.key}</h1><p>${voice.say("head_page", about)}</p></header>
${verdictSection(view)}
${alone ? nothing : macroSection(view, drawing)}${bandit ? banditSection(bandit, drawing) : nothing}
${betweenSection(view, drawing)}
${cellsSection(view)}
${findingsSection(view)}
${alone ? nothing : unitsSection(view)}
${methodFooter(view)}
</main></body></html>
`;
  return page.toString();
}
