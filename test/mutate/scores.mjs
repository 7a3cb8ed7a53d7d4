import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [from, to] = [
  "<!-- mutation scores: npm run mutate writes them -->",
  "<!-- end of mutation scores -->",
];
const stored = "test/mutate/scores.json";

/** @returns the table of scores, in Markdown */
export function scoresTable(scores) {
  const row = ([folder, { date, commit, seed, mutants, killed, equivalent, survived, unreached }]) => {
    const all = killed + equivalent + survived + unreached;
    const share = ((100 * killed) / (all - equivalent)).toFixed(1);
    return `| \`${folder}\` | ${mutants.toLocaleString("en")} | ${all} | ${killed} | ${survived} | ${unreached} | ${equivalent} | **${share} %** | ${date}, \`${commit}\`, seed ${seed} |`;
  };
  return [
    "| folder | mutants | tried | killed | survived | no test reaches | equivalent | score | of |",
    "|---|--:|--:|--:|--:|--:|--:|--:|---|",
    ...Object.entries(scores).map(row),
  ].join("\n");
}

/** Keeps a folder's score and writes the table into docs/testing.md. */
export function keepScore(top, folder, score) {
  const file = join(top, stored);
  const scores = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const sorted = Object.fromEntries(Object.entries({ ...scores, [folder]: score }).sort());
  writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`);
  const page = join(top, "docs/testing.md");
  const text = readFileSync(page, "utf8");
  const [before, after] = [text.split(from)[0], text.split(to)[1]];
  writeFileSync(page, `${before}${from}\n${scoresTable(sorted)}\n${to}${after}`);
}
