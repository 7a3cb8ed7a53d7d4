import {
  hashOf,
  html,
  line,
  Markup,
  nothing,
  pathOf,
  picture,
  style,
  text,
} from "../../report/html/index.js";
import type { Voice } from "../../report/index.js";
import type { PowerPlan } from "./plan-power.js";
import { powerWords } from "./power-words.js";

const [width, height, left, bottom, top, right] = [720, 320, 48, 36, 12, 24];
const own = `.curve path{fill:none;stroke:var(--v);stroke-width:2.5}.curve .grid{stroke:var(--line);stroke-width:1}.curve text{fill:var(--soft);font-size:13px}
.curve{width:100%;height:auto}.key b{color:var(--v)}pre{white-space:pre-wrap;font-size:.875rem}.p1 path{stroke-dasharray:8 4}.p2 path{stroke-dasharray:2 4}.p3 path{stroke-dasharray:12 4 2 4}`;

/** The curves of all plans, each with a dash of its own, so that colour is never alone. */
function drawn(plan: PowerPlan, label: string, voice: Voice): Markup {
  const { curve = [] } = plan;
  const most = curve.at(-1)?.units ?? 1;
  const x = (units: number) => left + ((width - left - right) * units) / most;
  const y = (power: number) => top + (height - top - bottom) * (1 - power);
  const shares = [0, 0.2, 0.4, 0.6, 0.8, 1];
  const marks = [0.25, 0.5, 0.75, 1].map((share) => share * most);
  return picture("curve", width, height, label, [
    ...shares.map((share) => [
      line("grid", left, y(share), width - right, y(share)),
      text("", left - 6, y(share) + 4, "end", voice.share(share)),
    ]),
    ...marks.map((units) => text("", x(units), height - 12, "middle", voice.count(units))),
    ...plan.plans.map((_, at) => {
      const points = [
        [left, y(0)] as const,
        ...curve.map(({ units, power }) => [x(units), y(power[at] ?? 0)] as const),
      ];
      return html`<g class="v${String(at + 1)} p${String(at)}"><path d="${pathOf(points)}"/></g>`;
    }),
  ]);
}

/** @returns a power plan as one web page, with the curve as a picture and everything else as text */
export async function powerPage(plan: PowerPlan, shown: string, voice: Voice): Promise<string> {
  const words = powerWords(voice.language);
  const whole = `${style}${own}`;
  const policy = `default-src 'none'; style-src ${await hashOf(whole)}; base-uri 'none'; form-action 'none'`;
  const lift = plan.metrics.find(({ key }) => key === plan.goal)?.lift ?? 0;
  const title = words.curve(plan.goal, voice.lift(lift));
  const heads = plan.plans.map((each) =>
    each.own ? `${words.plan(each)} (${words.own})` : words.plan(each),
  );
  return html`<!doctype html>
<html lang="${voice.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${plan.experiment}: ${words.page}</title><style>${new Markup(whole)}</style></head>
<body><main><header class="top"><h1>${plan.experiment}</h1><p>${words.page}</p></header>
${
  plan.curve
    ? html`<section><h2>${title}</h2><p class="key">${heads.map((head, at) => html`<span class="v${String(at + 1)}"><b>${["━━", "╍╍", "┅┅", "━╍"][at] ?? "━"}</b> ${head}</span> `)}</p>${drawn(plan, title, voice)}</section>`
    : nothing
}
<section><pre>${shown}</pre></section></main></body></html>
`.toString();
}
