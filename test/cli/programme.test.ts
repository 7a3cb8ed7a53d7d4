import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Programme } from "../../src/programme/index.js";
import { top } from "../boundaries/source-files.js";
import { madeReport } from "../report/made-report.js";
import { essai, temporaryFolder } from "./terminal.js";

const files = temporaryFolder();
const example = join(top, "docs/examples/programme/tests.csv");
const programme = async (...words: string[]) => {
  const { code, out, err } = await essai(["programme", ...words, "--json"]);
  expect([code, err]).toEqual([0, ""]);
  return JSON.parse(out) as Programme & { readonly leftOut: Readonly<Record<string, number>> };
};
const refusal = async (...words: string[]) => {
  const { code, out, err } = await essai(["programme", ...words]);
  expect([code, out]).toEqual([1, ""]);
  return err;
};

describe("essai programme of a table", () => {
  it("finds the columns by their names, and reads lifts as log lifts", async () => {
    const { metrics, tests, scale } = await programme(example, "--scale", "lift");
    expect([tests, scale, metrics.length]).toEqual([36, "log-lift", 1]);
    expect(metrics[0]!.pooled.map(({ by }) => by)).toEqual([
      ...["all", "theme", "theme", "theme", "theme", "channel", "channel"],
    ]);
    expect(metrics[0]!.periods!.map(({ period }) => period)).toEqual(["2023", "2024", "2025"]);
    expect(metrics[0]!.next[0]!.days).toBeGreaterThan(0);
  });

  it("tells it as text and as Markdown, in English and French, without wide lines", async () => {
    for (const [lang, words] of [
      ["en", ["What the wins are worth", "next test of “offer · push”"]],
      ["fr", ["Ce que valent les succès", "prochain test du genre"]],
    ] as const)
      for (const format of [[], ["--markdown"]]) {
        const { code, out } = await essai([
          "programme",
          example,
          "--scale",
          "lift",
          "--lang",
          lang,
          ...format,
        ]);
        expect(code).toBe(0);
        for (const word of words) expect(out.replaceAll(/\s+/g, " ")).toContain(word);
        expect(out).not.toMatch(/NaN|undefined|Infinity/);
        if (format.length === 0)
          for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
      }
  });

  it("takes a 95 % interval instead of a standard error, and metrics apart", async () => {
    const file = files.write(
      "intervals.csv",
      "essai;metrique;effet;low;high\na;ca;0.1;0.002;0.198\nb;ca;0.05;-0.048;0.148\nc;rebond;-0.3;-0.4;-0.2\n",
    );
    const { metrics } = await programme(file, "--lower", "rebond");
    expect(metrics.map(({ metric, outcomes }) => [metric, outcomes.wins])).toEqual([
      ["ca", 1],
      ["rebond", 1],
    ]);
    expect(metrics[1]!.pooled[0]!.only!.standardError).toBeCloseTo(0.1 / 1.959964, 6);
  });

  it("reads a row per arm, the first as control", async () => {
    const file = files.write(
      "arms.csv",
      "test_id,headline,impressions,clicks\nt1,a,1000,100\nt1,b,1000,130\nt2,a,1000,100\nt2,b,1000,3\nt3,a,9,1\n",
    );
    const { metrics, leftOut, scale } = await programme(
      file,
      "--experiment",
      "test_id",
      "--successes",
      "clicks",
    );
    expect([scale, metrics[0]!.effects]).toEqual(["log-lift", 1]);
    expect(metrics[0]!.pooled[0]!.only!.value).toBeCloseTo(Math.log(1.3), 12);
    expect(leftOut).toEqual({ thin: 1, alone: 1, rows: 0 });
    const { out } = await essai(["programme", file, "--experiment", "test_id"]);
    expect(out).toContain("1 arm with fewer than ten successes");
  });

  it("leaves rows without an effect out, and says so", async () => {
    const file = files.write("gaps.csv", "test,effect,se\na,0.1,0.05\nb,,0.05\nc,n/a,\nd,0.2,0\n");
    expect((await programme(file)).leftOut).toEqual({ rows: 3 });
    expect((await essai(["programme", file])).out).toContain("Left out: 3 rows without an effect.");
  });
});

describe("essai programme of reports", () => {
  it("reads those of a folder and below, which names their theme", async () => {
    const report = await madeReport();
    for (const theme of ["offer", "copy"]) {
      mkdirSync(files.path(`past/${theme}`), { recursive: true });
      const definition = { ...report.definition, key: `${theme}-test` };
      files.write(`past/${theme}/report.json`, { ...report, definition });
    }
    files.write("past/notes.json", { any: "thing" });
    const { metrics, tests, leftOut } = await programme(files.path("past"));
    expect(tests).toBe(2);
    expect(metrics[0]!.pooled.map(({ group }) => group)).toEqual(["", "copy", "offer"]);
    expect(leftOut).toEqual({ adaptive: 0, files: 1 });
  });

  it("reads cells with their experiment file beside them", async () => {
    const { metrics, effects } = await programme(
      join(top, "docs/examples/hillstrom"),
      "--channel",
      "channel",
    );
    expect(effects).toBeGreaterThan(6);
    expect(metrics[0]!.pooled.some(({ by, group }) => by === "channel" && group === "Web")).toBe(true);
  });
});

describe("what essai programme refuses", () => {
  it.each([
    [[], "FILE: is needed"],
    [["nowhere.csv"], "nowhere.csv"],
    [[example, "--effect", "lfit"], "--effect: .*lift"],
    [[example, "--scale", "log"], "--scale: .*lift"],
    [[example, "--level", "95"], "--level: .*below 1"],
    [[example, "--holdout", "0.1"], "--holdout: .*METRIC=0.04,0.01"],
    [[example, "--holdout", "order=0.1,0.1"], "order"],
    [[example, "--json", "--markdown"], "--json \\| --markdown"],
    [[example, "--lang", "de"], "--lang: .*en, fr"],
    [[example, "--daily", "-3"], "--daily: "],
  ])("%j: %s", async (words, expected) => {
    expect(await refusal(...words)).toMatch(new RegExp(expected));
  });

  it("a table without effects, with the columns there are", async () => {
    const file = files.write("no-effects.csv", "test,colour\na,red\n");
    expect(await refusal(file)).toMatch(/--effect: .*one of: test, colour/);
  });

  it("text where a number should be, with its row, and a date without a year", async () => {
    const text = files.write("text.csv", "test,effect,se\na,0.1,0.05\nb,high,0.05\n");
    expect(await refusal(text)).toMatch(/--effect: .*row.* 2.*"high"/);
    const date = files.write("date.csv", "test,effect,se,date\na,0.1,0.05,spring\n");
    expect(await refusal(date)).toMatch(/--date: .*"spring"/);
  });

  it("a folder in which there is no report", async () => {
    mkdirSync(files.path("empty"), { recursive: true });
    expect(await refusal(files.path("empty"))).toMatch(/FILE: holds no report, no cells and no table/);
  });
});
