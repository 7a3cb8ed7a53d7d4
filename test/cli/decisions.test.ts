import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../src/analysis/index.js";
import { parseReport } from "../../src/schema/index.js";
import { essai, temporaryFolder } from "./terminal.js";

const files = temporaryFolder();
const spring = (name: string) =>
  fileURLToPath(new URL(`../../docs/examples/spring/${name}`, import.meta.url));
const lines = gunzipSync(readFileSync(spring("decisions.jsonl.gz")))
  .toString("utf8")
  .trimEnd()
  .split("\n");
const first = lines.slice(0, 300);
const analyze = (...args: string[]) => essai(["analyze", "--experiment", spring("experiment.json"), ...args]);
const reportOf = async (...args: string[]) => {
  const { code, out, err } = await analyze(...args, "--json");
  expect([code, err]).toEqual([0, ""]);
  return parseReport(JSON.parse(out)) as Report;
};

/** A table with a decision's fields as columns, lists and objects as JSON text. */
function table(rows: readonly string[]): string {
  const columns = [
    "id",
    "experiment",
    "definitionVersion",
    "unitId",
    "occasion",
    "at",
    "action",
    "propensity",
  ];
  const more = ["actions", "probabilities", "context", "policy", "stateHash"];
  const quoted = (value: unknown) =>
    typeof value === "object" ? `"${JSON.stringify(value).replaceAll('"', '""')}"` : String(value);
  const all = [...columns, ...more];
  const body = rows.map((line) => {
    const { decision, reward } = JSON.parse(line);
    return [...all.map((name) => quoted(decision[name])), reward ?? ""].join(",");
  });
  return [[...all, "reward"].join(","), ...body].join("\n");
}

let log = "";
beforeAll(() => {
  log = files.write("log.jsonl", first.join("\n"));
});

describe("essai analyze --decisions", () => {
  it("shows a bandit's run from its log and state alone", async () => {
    const { code, out, err } = await analyze(
      ...["--decisions", spring("decisions.jsonl.gz"), "--state", spring("state.json")],
    );
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^spring {2}version 1 · 2,000 units \(customer\) · from decisions/);
    for (const words of [
      "What did learning bring?",
      "by segment",
      "gained over uniform play: +",
      "is the best with probability",
    ])
      expect(out).toContain(words);
  });

  it("--json is a report that essai report shows again", async () => {
    const { out } = await analyze("--decisions", log, "--json");
    const saved = files.write("report.json", out);
    const again = await essai(["report", saved]);
    expect(again.out).toBe((await analyze("--decisions", log)).out);
  });

  it("writes a page", async () => {
    const page = files.path("run.html");
    const { code } = await analyze("--decisions", log, "--html", page);
    expect(code).toBe(0);
    expect(readFileSync(page, "utf8")).toContain("What did learning bring?");
  });

  it("reads the same from lines, gzipped lines, flat lines, a table and Parquet", async () => {
    const flat = first.map((line) => {
      const { decision, reward } = JSON.parse(line);
      return JSON.stringify({ ...decision, reward });
    });
    const gz = files.path("log.jsonl.gz");
    writeFileSync(gz, gzipSync(first.join("\n")));
    const csv = files.write("log.csv", table(first));
    const parquet = files.path("log.parquet");
    const { duckdb } = await import("../../src/engines/duckdb/index.js");
    const engine = await duckdb();
    await engine.query(`COPY (SELECT * FROM read_csv('${csv}', all_varchar = true)) TO '${parquet}'`);
    await engine.close();
    const plain = (await reportOf("--decisions", log)).bandit;
    expect((await reportOf("--decisions", gz)).bandit).toEqual(plain);
    // A flat line and a table tell no expected rewards and no segment besides the context.
    const { known: _, periods, ...rest } = plain as NonNullable<Report["bandit"]>;
    const bare = { ...rest, periods: periods.map(({ known: __, ...period }) => period) };
    for (const file of [files.write("flat.jsonl", flat.join("\n")), csv, parquet])
      expect((await reportOf("--decisions", file)).bandit).toEqual(bare);
    expect((await reportOf("--decisions", csv, "--engine", "csv")).bandit).toEqual(bare);
  });

  it("stands beside metrics where outcomes are given too", async () => {
    const experiment = files.write("both.json", {
      ...JSON.parse(readFileSync(spring("experiment.json"), "utf8")),
      metrics: [{ key: "order", type: "conversion", role: "goal" }],
      data: { variant: "arm" },
    });
    const rows = first.map((line, i) => {
      const { message, channel } = JSON.parse(line).decision.action;
      return `"channel=${channel},message=${message}",${i % 3 === 0 ? 1 : 0}`;
    });
    const data = files.write("orders.csv", ["arm,order", ...rows].join("\n"));
    const { code, out, err } = await essai(["analyze", data, "-e", experiment, "--decisions", log]);
    expect([code, err]).toEqual([0, ""]);
    expect(out.indexOf("What moved?")).toBeGreaterThan(0);
    expect(out.indexOf("What did learning bring?")).toBeGreaterThan(out.indexOf("What moved?"));
    expect(out).toContain("hares not checked, the policy sets the shares as it learns");
  });

  it("--periods, --by and --level change what is shown", async () => {
    const { bandit } = await reportOf(
      "--decisions",
      log,
      "--periods",
      "4",
      "--by",
      "segment",
      "--level",
      "0.9",
    );
    expect(bandit?.periods).toHaveLength(4);
    expect(bandit?.level).toBe(0.9);
    expect(bandit?.segments.map(({ field }) => field)).toEqual(["segment"]);
  });
});

describe("what is wrong with a log is told at its line, with the fix", () => {
  const changed = (
    line: number,
    change: (round: { decision: Record<string, unknown>; reward: unknown }) => void,
  ) => {
    const copy = [...first];
    const round = JSON.parse(copy[line - 1] as string);
    change(round);
    copy[line - 1] = JSON.stringify(round);
    return copy.join("\n");
  };
  const cases: readonly (readonly [string, () => string, RegExp])[] = [
    [
      "no JSON",
      () => [first[0], "{oops"].join("\n"),
      /bad\.jsonl: --decisions: is not JSON from line 2, column 2, on \(received "\{oops"\)/,
    ],
    [
      "a missing field",
      () => changed(3, ({ decision }) => delete decision.unitId),
      /bad\.jsonl: --decisions\.line 3\.decision\.unitId: is required and is missing/,
    ],
    [
      "a reward that is text",
      () => changed(4, (round) => Object.assign(round, { reward: "1" })),
      /bad\.jsonl: --decisions\.line 4\.reward: .*number/,
    ],
    [
      "a propensity that is not the vector's",
      () => changed(5, ({ decision }) => Object.assign(decision, { propensity: 0.9 })),
      /line 5\.decision\.propensity: .*`probabilities`.*log each decision as `decide` returned it/,
    ],
    [
      "another experiment's decision",
      () => changed(6, ({ decision }) => Object.assign(decision, { experiment: "winter" })),
      /line 6\.decision\.experiment: .*another experiment.*spring/,
    ],
    [
      "an unknown action",
      () => changed(7, ({ decision }) => Object.assign(decision, { action: { message: "?", channel: "?" } })),
      /line 7\.decision\.action: is not an action of this bandit/,
    ],
    ["an empty file", () => "", /bad\.jsonl: --decisions: the data hold no unit/],
  ];

  it.each(cases)("%s", async (_, content, message) => {
    const { code, out, err } = await analyze("--decisions", files.write("bad.jsonl", content()));
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/ZodError|at \w+ \(/);
  });

  it("columns that are missing, files that are not what they should be, and a state of something else", async () => {
    const without = table(first).replace("propensity,", "chance,");
    const bad = await analyze("--decisions", files.write("bad.csv", without));
    expect(bad.err).toMatch(/--decisions\.propensity: the data have no such column/);
    expect((await analyze("--decisions", "nothing.jsonl")).err).toMatch(/there is no such file/);
    expect((await analyze("--decisions", files.write("log.xlsx", "x"))).err).toMatch(
      /give one of: \.jsonl, /,
    );
    const report = files.write("state.json", { format: "essai.report/2" });
    expect((await analyze("--decisions", log, "--state", report)).err).toMatch(/--state\.format/);
    expect((await analyze("--state", report)).err).toMatch(
      /--state: .*give it together with --decisions FILE/,
    );
    expect((await analyze("--decisions", log, "--by", "weather")).err).toMatch(/weather/);
  });
});
