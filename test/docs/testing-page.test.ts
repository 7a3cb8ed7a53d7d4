import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as errors from "../../src/errors/en/index.js";
import { sourceFiles, top } from "../boundaries/source-files.js";
import type { Score } from "../mutate/scores.mjs";
import { scoresTable } from "../mutate/scores.mjs";
import { codeBlocks, pages } from "./code-blocks.js";

const read = (file: string) => readFileSync(join(top, file), "utf8");
const page = read("docs/testing.md");
const tests = readdirSync(join(top, "test"), { recursive: true, encoding: "utf8" })
  .filter((file) => /\.(ts|mjs)$/.test(file))
  .map((file) => `test/${file}`);
const tables = readdirSync(join(top, "test/reference")).filter((file) => file.endsWith(".json"));

const lines = (files: readonly string[]) =>
  files.reduce((sum, file) => sum + read(file).split("\n").length - 1, 0);
const numbersIn = (value: unknown): number => {
  if (typeof value !== "object" || value === null) return typeof value === "number" ? 1 : 0;
  return Object.values(value).reduce((sum: number, each) => sum + numbersIn(each), 0);
};
const bars = (file: string) => Number(/^(\d+) bars, 0 missed\.$/m.exec(read(file))?.[1]);

const counted: Readonly<Record<string, number>> = {
  "lines of source": lines(sourceFiles()),
  "lines of tests, without data": lines(tests),
  "files of tests": tests.filter((file) => file.endsWith(".test.ts")).length,
  "tables of reference values": tables.length,
  "numbers in them": tables.reduce(
    (sum, file) => sum + numbersIn(JSON.parse(read(`test/reference/${file}`))),
    0,
  ),
  "files with properties (fast-check)": tests.filter((file) => read(file).includes('/properties.js"')).length,
  "kinds of errors, each with its sentence in English and French": Object.keys(errors).length,
  "blocks of code in README and docs": pages.flatMap(codeBlocks).length,
  "bars of the calibration of methods": bars("docs/calibration.md"),
  "bars of the calibration of whole reports": bars("docs/calibration-reports.md"),
  "bars of what bandits reach": bars("docs/learning.md"),
};

describe("docs/testing.md", () => {
  const stated = [...page.matchAll(/^\| ([^|]+) \| ([\d,]+) \|$/gm)].map(
    ([, what, floor]) => [what, Number(floor?.replaceAll(",", ""))] as const,
  );

  it("states a floor of everything that is counted", () => {
    expect(stated.map(([what]) => what)).toEqual(Object.keys(counted));
  });

  it.each(stated)("%s: at least %d, and not many more", (what, floor) => {
    expect(counted[what as string]).toBeGreaterThanOrEqual(floor);
    expect(counted[what as string]).toBeLessThan(1.5 * floor);
  });

  it("holds the table of scores that npm run mutate writes", () => {
    const scores: Record<string, Score> = JSON.parse(read("test/mutate/scores.json"));
    expect(page).toContain(`\n${scoresTable(scores)}\n`);
  });

  it("shows no score that the counts do not give", () => {
    const score = { date: "2026-01-01", commit: "abc", seed: "1", mutants: 1234, killed: 90 };
    expect(scoresTable({ made: { ...score, equivalent: 4, survived: 5, unreached: 1 } })).toContain(
      "| `made` | 1,234 | 100 | 90 | 5 | 1 | 4 | **93.8 %** | 2026-01-01, `abc`, seed 1 |",
    );
  });
});
