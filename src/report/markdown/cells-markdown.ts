import type { ComparisonView } from "../view/comparison-view.js";
import type { HeatBlock, HeatCell, HeatView } from "../view/heat-view.js";
import type { RankRow } from "../view/ranking-view.js";
import type { ReportView } from "../view/report-view.js";
import { sentence } from "../words/voice.js";
import { markdownTable, markdownText } from "./markup.js";

const mostRows = 60;

function heatText({ step, effect, half }: HeatCell, thin: string): string {
  if (step === "none") return "";
  if (step === "thin") return thin;
  return step === "h1" ? `(${effect} ±${half})` : `${effect} ±${half}`;
}

function heatTable({ voice }: ReportView, { corner }: HeatView, block: HeatBlock): readonly string[] {
  const { name, columns, rows, totals } = block;
  const crossed = rows.some((row) => row.all);
  const all = voice.say("all");
  const head = [corner, ...columns, ...(crossed ? [all] : [])].map(markdownText);
  const body = rows.map((row) => [
    markdownText(row.level),
    ...row.cells.map((cell) => heatText(cell, voice.say("too_thin"))),
    ...(crossed ? [row.all] : []),
  ]);
  const last = totals.some(Boolean) ? [[all, ...totals]] : [];
  return [
    ...(name ? ["", markdownText(name)] : []),
    "",
    ...markdownTable(head, `l${"r".repeat(head.length - 1)}`, [...body, ...last]),
  ];
}

function rankTable({ voice }: ReportView, rows: readonly RankRow[]): readonly string[] {
  const heads = [
    "cell",
    "variant",
    "here",
    "interval",
    "as_measured",
    "elsewhere",
    "rank_units",
    "rank_worth",
    "reading",
  ] as const;
  return markdownTable(
    heads.map((key) => voice.say(key).toLowerCase()),
    "llrrrrrrl",
    rows.map((row) => [
      markdownText(row.view.cell),
      markdownText(row.name),
      row.here,
      row.hereInterval,
      row.view.plainDifference,
      row.elsewhereText || "–",
      row.units,
      row.worth || "–",
      voice.words.readings[row.reading],
    ]),
  );
}

function standingTable({ voice }: ReportView, standing: readonly ComparisonView[]): readonly string[] {
  const heads = [
    ...(["cell", "metric", "contrast_column", "shrunken"] as const),
    ...(["as_measured", "elsewhere", "p_corrected"] as const),
  ];
  return markdownTable(
    heads.map((key) => voice.say(key)),
    "lllrrrr",
    standing.map((view) => [
      markdownText(view.cell),
      markdownText(view.metric),
      markdownText(view.contrastName),
      view.shrunken ? `${view.shrunken} (${view.shrunkenInterval})` : "",
      `${view.difference} (${view.differenceInterval})`,
      view.elsewhere,
      markdownText(view.restP),
    ]),
  );
}

/** Who ignores what, a sentence each, then their numbers. */
function ignoringMarkdown({ ignoring, findings }: ReportView): readonly string[] {
  if (!ignoring) return [];
  return [
    ...findings.flatMap(({ kind, sentence }) => (kind === "ignores" ? [`- ${markdownText(sentence)}`] : [])),
    "",
    ...markdownTable(
      ignoring.heads.map(markdownText),
      "lllrrrrr",
      ignoring.rows.map(({ told }) => told.map(markdownText)),
    ),
    "",
  ];
}

/** Who ignores what: heat maps, then the cells that differ from the rest; nothing where there are no cells. */
export function cellsMarkdown(view: ReportView): readonly string[] {
  const { voice, cells, heat, ranking, levelShown } = view;
  if (!cells) return [];
  const ranked = (ranking?.rows ?? []).filter(({ differs }) => differs);
  const own = new Set(ranked.map((row) => row.view));
  const others = cells.standing.filter((each) => !own.has(each));
  const listed = others.slice(0, Math.max(0, mostRows - ranked.length));
  const { metric = "", unit = "" } = ranking ?? {};
  const title = unit ? voice.say("rank_by_unit", { metric, unit }) : voice.say("rank_by", { metric });
  const left = others.length - listed.length;
  return [
    ...["", `## ${voice.say("page_cells")}`, ""],
    ...ignoringMarkdown(view),
    sentence(cells.told(Number.POSITIVE_INFINITY)),
    ...["", sentence(cells.counts)],
    ...heat.flatMap((each) => [
      ...["", `### ${markdownText(each.title)}`, ""],
      voice.say("heat_how_text", { level: levelShown }),
      ...each.blocks.flatMap((block) => heatTable(view, each, block)),
      ...(each.left ? ["", each.left] : []),
    ]),
    ...(ranked.length > 0
      ? [
          ...["", `### ${markdownText(title)}`, "", markdownText(voice.say("rank_how", { metric })), ""],
          ...rankTable(view, ranked),
        ]
      : []),
    ...(listed.length > 0
      ? [
          ...["", `### ${voice.say(ranked.length > 0 ? "also_standing" : "standing_title")}`, ""],
          ...standingTable(view, listed),
          ...(left > 0 ? ["", sentence(voice.say("rank_more", { count: left }))] : []),
        ]
      : []),
  ];
}
