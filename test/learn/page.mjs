import { judge, resultOf } from "./judge.mjs";

const number = (value, digits) => value.toFixed(digits).replace("-", "−");

function line(results, row, figure, i) {
  const first = i === 0;
  const { digits = 1, statistic = "mean", reference } = figure;
  const { value, error, runs } = resultOf(results, row.key, figure);
  const { bar, held } = judge(results, row, figure);
  const spread = runs > 1 ? ` ± ${number(error, digits)}` : "";
  const known = reference
    ? `${number(reference.value, digits)}${reference.error ? ` ± ${number(reference.error, digits)}` : ""} (${reference.maker})`
    : "";
  const cells = [
    first ? row.what : "",
    statistic === "p90" ? `${figure.name}, 90th percentile` : figure.name,
    first || runs !== resultOf(results, row.key, row.figures[0]).runs
      ? String(runs).replace(/\B(?=(\d{3})+$)/g, ",")
      : "",
    `${number(value, digits)}${spread}`,
    known,
    held === null ? "" : `${bar} ${held ? "held" : "**missed**"}`,
  ];
  return `| ${cells.join(" | ")} |`;
}

/** docs/learning.md from the rows and their stored results. */
export function learningPage(rows, results) {
  const done = rows.filter(({ key }) => results.rows[key]);
  const verdicts = done.flatMap((row) => row.figures.map((figure) => judge(results, row, figure).held));
  const runs = [...new Set(done.map(({ key }) => results.rows[key].with))].sort();
  const lines = [
    "# Learning",
    "",
    "What the bandits reach, by `npm run learn`; never edited. Every run goes through the public functions (`decide` or",
    "`quickDecide`, `update`, the ledger where rewards are delayed). Regret is the expected reward given up against always",
    "playing the best action; ± is one standard error. A bar holds within three standard errors. References were measured",
    "by programs outside this project, in the same worlds. Rows that read public data files keep their last result where",
    "those files are not at hand (`npm run learn -- --data FOLDER`).",
    "",
    `Measured with ${runs.join("; ")}.`,
    "",
    `${verdicts.filter((held) => held !== null).length} bars, ${verdicts.filter((held) => held === false).length} missed.`,
  ];
  for (const group of new Set(done.map((row) => row.group))) {
    lines.push(
      "",
      `## ${group}`,
      "",
      "| what | figure | runs | essai | reference | bar |",
      "|---|---|---:|---:|---|---|",
    );
    for (const row of done.filter((each) => each.group === group))
      row.figures.forEach((figure, i) => {
        lines.push(line(results, row, figure, i));
      });
  }
  return `${lines.join("\n")}\n`;
}
