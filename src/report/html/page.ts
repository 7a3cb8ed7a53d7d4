import type { Whom } from "../segments/whom.js";
import type { ReportView } from "../view/report-view.js";
import { banditSection } from "./bandit/bandit-section.js";
import { cellsSection } from "./cells-section.js";
import { courseSection } from "./course-section.js";
import { factorsSection } from "./factors-section.js";
import { levelsSection } from "./levels-section.js";
import { html, Markup, nothing } from "./markup.js";
import { metricsSection } from "./metrics-section.js";
import { overTimeSection } from "./over-time-section.js";
import { reasonsSection } from "./reasons-section.js";
import { script } from "./script.js";
import { sectionOf } from "./section.js";
import { stabilitySection } from "./stability-section.js";
import { hashOf, style } from "./style.js";
import { trendsSection } from "./trends-section.js";
import { trustSection } from "./trust-section.js";
import { verdictSection } from "./verdict-section.js";
import { whomSection } from "./whom-section.js";

/** @returns a report as one web page; all names in it are escaped */
export async function reportPage(view: ReportView, { whom }: { readonly whom?: Whom } = {}): Promise<string> {
  const { report, voice } = view;
  const { definition } = report;
  const { control } = definition;
  const word = voice.say("control");
  const about = {
    version: String(definition.version),
    units: view.units,
    control: control === word ? word : voice.say("head_control", { control }),
  };
  const sections = [
    metricsSection(view),
    stabilitySection(view),
    courseSection(view),
    overTimeSection(view),
    factorsSection(view),
    reasonsSection(view),
    levelsSection(view),
    cellsSection(view),
    whomSection(whom, voice),
    trendsSection(view),
    view.bandit && banditSection(view.bandit),
    trustSection(view),
  ].filter((section) => section !== undefined);
  // Nothing may be fetched, and nothing else may style or run: what the page holds is named by its hash.
  const policy = `default-src 'none'; style-src ${await hashOf(style)}; script-src ${await hashOf(script)}; base-uri 'none'; form-action 'none'`;
  const [first] = sections;
  const page = html`<!doctype html>
<html lang="${voice.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${voice.say("scoped", { scope: definition.key, line: view.verdict.headline })}</title><style>${new Markup(style)}</style></head>
<body><a class="skip" href="#${first?.id ?? "s1"}">${voice.say("skip_link")}</a><main>
<header class="top"><h1>${definition.key}</h1><p>${voice.say("head_page", about)}</p></header>
${verdictSection(view)}
${
  sections.length > 2
    ? html`<nav aria-label="${voice.say("sections")}"><ul>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>`
    : nothing
}
${sections.map((section, at) => sectionOf(section, at + 2))}
</main><script>${new Markup(script)}</script></body></html>
`;
  return page.toString();
}
