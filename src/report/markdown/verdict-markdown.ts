import type { ReportView } from "../view/report-view.js";
import type { Movement, VariantView } from "../view/verdict-view.js";
import { capitalized } from "../words/voice.js";
import { markdownTable, markdownText } from "./markup.js";

const moved = ({ metric, difference, interval }: Movement) =>
  markdownText([metric, difference, interval && `(${interval})`].filter(Boolean).join(" "));

/** Several lines within one cell of a table. */
const stacked = (lines: readonly string[]) => lines.join("<br>");

function row({ voice, verdict }: ReportView, own: VariantView): readonly string[] {
  const risks = [
    ...own.losses.map((each) => moved({ ...each, metric: voice.say("col_lost", { metric: each.metric }) })),
    ...own.risks.map(markdownText),
  ];
  const said = verdict.others.includes(own) ? [markdownText(own.sentence)] : [];
  return [
    markdownText(own.variant),
    markdownText(own.headline),
    own.gains.length > 0 ? stacked(own.gains.map(moved)) : voice.say("gained_none"),
    risks.length > 0 ? stacked(risks) : voice.say("risk_none"),
    stacked([...said, markdownText(own.next)]),
  ];
}

/** What to do: for everything, then per treatment what is gained, at risk and next; what to mind, and the plan's price. */
export function verdictMarkdown(view: ReportView): readonly string[] {
  const { voice, verdict, cautions, looks, price } = view;
  const heads = ["variant", "verdict", "col_gained", "col_risk", "col_next"] as const;
  const plan = [looks, price].filter(Boolean).join(" ");
  return [
    `**${markdownText(verdict.headline)}.** ${markdownText([verdict.sentence, verdict.next].filter(Boolean).join(" "))}`,
    ...(verdict.variants.length > 0
      ? [
          "",
          ...markdownTable(
            heads.map((key) => capitalized(voice.say(key))),
            "lllll",
            verdict.variants.map((each) => row(view, each)),
          ),
        ]
      : []),
    ...(cautions.length > 0
      ? [
          "",
          `**${voice.say("before_acting")}**`,
          "",
          ...cautions.map(({ sentence }) => `- ${markdownText(sentence)}`),
        ]
      : []),
    ...(plan ? ["", markdownText(plan)] : []),
  ];
}
