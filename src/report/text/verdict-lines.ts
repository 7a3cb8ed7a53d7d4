import type { ReportView } from "../view/report-view.js";
import type { Movement, VariantView } from "../view/verdict-view.js";
import { listed, paragraph } from "./layout.js";
import type { Paint } from "./paint.js";
import { displayWidth, pad, wrap } from "./table.js";

/** Colour of each action. */
const actionColors = {
  ship: 32,
  keep_running: 33,
  stop: 31,
  enough: 33,
  cannot_tell: 33,
  do_not_read: 31,
} as const;

const moved = ({ difference, interval }: Movement) =>
  [difference, interval && `(${interval})`].filter(Boolean).join(" ");

function variantLines(view: ReportView, own: VariantView, width: number, paint: Paint): readonly string[] {
  const { voice, verdict } = view;
  const gains = own.gains.map((each) => `${each.metric} ${moved(each)}`);
  const risks = [
    ...own.losses.map((each) => `${voice.say("col_lost", { metric: each.metric })} ${moved(each)}`.trim()),
    ...own.risks,
  ];
  const rows: readonly (readonly [label: string, lines: readonly string[]])[] = [
    [voice.say("gained_label"), gains.length > 0 ? gains : [voice.say("gained_none")]],
    [voice.say("risk_label"), risks.length > 0 ? risks : [voice.say("risk_none")]],
    [voice.say("next_label"), [own.next]],
  ];
  const label = Math.max(...rows.map(([name]) => displayWidth(name))) + 2;
  return [
    "",
    ...paragraph(`${paint(own.variant, 1)} — ${paint(own.headline, actionColors[own.action])}`, width, 2, 2),
    ...(verdict.others.includes(own) ? paragraph(own.sentence, width, 4) : []),
    ...rows.flatMap(([name, lines]) =>
      lines.flatMap((text, at) =>
        wrap(text, width - 4 - label).map(
          (line, i) => `    ${at === 0 && i === 0 ? paint(pad(name, label), 2) : " ".repeat(label)}${line}`,
        ),
      ),
    ),
  ];
}

/** What to do: for everything, then per treatment what is gained, at risk and next; what to mind, and the plan's price. */
export function verdictLines(view: ReportView, width: number, paint: Paint): readonly string[] {
  const { report, voice, verdict, cautions, looks, price } = view;
  const color = actionColors[report.recommendation.action];
  const plan = [looks, price].filter(Boolean).join(" ");
  return [
    ...wrap(verdict.loudHeadline, width).map((line) => paint(line, 1, color)),
    ...paragraph([verdict.sentence, verdict.next].filter(Boolean).join(" "), width),
    ...verdict.variants.flatMap((each) => variantLines(view, each, width, paint)),
    ...(cautions.length > 0
      ? [
          "",
          `  ${paint(voice.say("before_acting"), 1, 33)}`,
          ...listed(
            cautions.map(({ sentence }) => sentence),
            width,
          ),
        ]
      : []),
    ...(plan ? ["", ...paragraph(plan, width).map((line) => paint(line, 2))] : []),
  ];
}
