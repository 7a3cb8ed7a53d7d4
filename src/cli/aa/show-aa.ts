import type { Voice } from "../../report/index.js";
import { alignRows, wrap } from "../../report/text/index.js";
import type { AaRow, AaRun } from "../../simulation/index.js";
import { type AaWords, aaWords } from "./aa-words.js";

const width = 98;

function expected({ atMost, about, verdict }: AaRow, words: AaWords, voice: Voice): string {
  const bound =
    atMost !== undefined
      ? words.atMost(voice.probability(atMost))
      : about !== undefined
        ? words.about(voice.share(about))
        : words.unpromised;
  const beyond = verdict === "too_often" ? words.oftener : verdict === "too_rare" ? words.rarer : undefined;
  return beyond === undefined ? bound : `${bound}  ← ${beyond}`;
}

/** An A/A run as text. */
export function showAa({ rows, spreads, ...run }: AaRun, voice: Voice): string {
  const words = aaWords(voice.language);
  const shares = Object.entries(run.shares).map(([key, share]) => `${key} ${voice.share(share)}`);
  // A sentence of which nothing is promised is told where it was said.
  const told = rows.filter(({ verdict, times }) => verdict !== "unpromised" || times > 0);
  const metrics = [...new Set(told.map(({ metric }) => metric))];
  const lines = metrics.flatMap((metric) => [
    [metric === undefined ? words.whole : words.of(metric), ...words.columns],
    ...told
      .filter((row) => row.metric === metric)
      .map((row) => [
        `  ${words.sentences[row.sentence]}`,
        voice.share(row.share),
        voice.share(row.standardError),
        expected(row, words, voice),
      ]),
    [],
  ]);
  const wrong = rows.filter(({ verdict }) => verdict === "too_often");
  const named = wrong.map(({ sentence, metric }) =>
    metric === undefined ? words.sentences[sentence] : `${metric}: ${words.sentences[sentence]}`,
  );
  const errors = [
    [words.spreads, ...words.spreadColumns],
    ...spreads.map(({ metric, contrast, stated, real, ratio, standardError }) => [
      `  ${metric}, ${voice.contrast(contrast)}`,
      voice.level(stated, "amount"),
      voice.level(real, "amount"),
      `${voice.statistic(ratio)} ± ${voice.statistic(standardError)}`,
    ]),
  ];
  const verdict = wrong.length === 0 ? words.fine : `${words.wrong(named.join("; "))} ${words.cap}`;
  return `${[
    `${run.experiment}: ${words.head(voice.count(run.units), voice.count(run.replications), shares.join(" · "))}`,
    `  ${words.nothing}`,
    `  ${words.looks[run.looks]}`,
    ...wrap(run.taken > 1 ? words.taken(voice.count(run.taken)) : words.alone, width).map(
      (line) => `  ${line}`,
    ),
    ...(run.dimensions.length > 0
      ? wrap(words.into(run.dimensions.join(", ")), width).map((line) => `  ${line}`)
      : []),
    "",
    ...alignRows(lines, "lrrl"),
    ...alignRows(errors, "lrrr"),
    "",
    ...wrap(verdict, width),
  ].join("\n")}\n`;
}
