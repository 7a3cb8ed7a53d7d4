import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../src/analysis/index.js";
import { essai, temporaryFolder } from "./terminal.js";

const files = temporaryFolder();
const experiment = {
  key: "checkout",
  unit: "user",
  variants: { control: null, blue: null },
  metrics: [
    { key: "order", type: "conversion", role: "goal" },
    { key: "revenue", type: "mean", role: "diagnostic" },
  ],
  data: { variant: "arm", dimensions: ["channel"] },
};
const rows = Array.from({ length: 400 }, (_, at) => {
  const arm = at % 2 === 0 ? "control" : "blue";
  const order = at % (arm === "blue" ? 3 : 8) < 2 ? 1 : 0;
  return [arm, at % 5 < 2 ? "mail" : "web", order, order * (10 + (at % 7))];
});
const csv = (changed: readonly (readonly unknown[])[] = rows) =>
  ["arm,channel,order,revenue", ...changed.map((row) => row.join(","))].join("\n");

let definition = "";
let data = "";
beforeAll(() => {
  definition = files.write("experiment.json", experiment);
  data = files.write("data.csv", csv());
});
const analyze = (...args: string[]) => essai(["analyze", ...args, "--experiment", definition]);

describe("essai analyze", () => {
  it("prints a report, overall first, and nothing on stderr", async () => {
    const { code, out, err } = await analyze(data, "--by", "channel");
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^checkout {2}version 1 · 400 units \(user\)/);
    expect(out.indexOf("What moved?")).toBeLessThan(out.indexOf("Does the effect differ"));
    expect(out).not.toContain("\u001b");
  });

  it("uses colour and shows progress on terminals only", async () => {
    const terminal = { outIsTerminal: true, errIsTerminal: true, columns: 90 };
    const { out, err } = await essai(["analyze", data, "-e", definition], terminal);
    expect(out).toContain("\u001b[");
    expect(err === "" || err.startsWith("\r")).toBe(true);
    const plain = await essai(["analyze", data, "-e", definition], { ...terminal, color: false });
    expect(plain.out).not.toContain("\u001b[");
  });

  it("--json is the report, the same whichever engine reads the file", async () => {
    const [one, other] = await Promise.all(
      ["duckdb", "csv"].map(async (engine) => {
        const { out } = await analyze(data, "--by", "channel", "--json", "--engine", engine);
        return JSON.parse(out) as Report;
      }),
    );
    expect(one?.format).toBe("essai.report/2");
    expect(one?.arms).toEqual(other?.arms);
    const values = (report?: Report) => report?.micro.map(({ difference }) => difference.fixed.value ?? null);
    for (const [at, value] of (values(one) ?? []).entries())
      expect(value).toBeCloseTo(values(other)?.[at] as number, 12);
  });

  it("--markdown, --csv and --html do what they say", async () => {
    expect((await analyze(data, "--markdown")).out).toMatch(/^# checkout/);
    expect((await analyze(data, "--csv")).out).toMatch(/^grain,metric,control/);
    const page = files.path("report.html");
    const { code, err } = await analyze(data, "--html", page);
    expect([code, err]).toEqual([0, `wrote ${page}\n`]);
    expect(readFileSync(page, "utf8")).toMatch(/^<!doctype html>/);
  });

  it("--metrics, --compare and --level narrow and widen", async () => {
    const { out } = await analyze(
      data,
      "--metrics",
      "order",
      "--compare",
      "blue,control",
      "--level",
      "0.9",
      "--json",
    );
    const report = JSON.parse(out) as Report;
    expect(report.metrics.map(({ key }) => key)).toEqual(["order"]);
    expect(report.contrasts).toEqual([
      ["control", "blue"],
      ["blue", "control"],
    ]);
    expect(report.level).toBe(0.9);
  });

  it("reads exposures and events", async () => {
    const events = files.write(
      "events.csv",
      "user,at,event,value\nu1,2026-01-02,order,5\nu2,2026-01-01,order,5\nu3,2026-01-03,order,2\n",
    );
    const exposures = files.write(
      "exposures.csv",
      `user,at,arm\n${["u1", "u2", "u3", "u4", "u5", "u6"].map((user, at) => `${user},2026-01-0${at === 1 ? 2 : 1},${at % 2 === 0 ? "control" : "blue"}`).join("\n")}\nu6,2026-01-05,control\n`,
    );
    const mapped = files.write("events.json", {
      ...experiment,
      metrics: [{ key: "order", type: "conversion", role: "goal" }],
      data: {
        exposures: { unit: "user", at: "at", variant: "arm" },
        events: { unit: "user", at: "at", event: "event" },
      },
    });
    const { code, out, err } = await essai([
      "analyze",
      "--exposures",
      exposures,
      "--events",
      events,
      "-e",
      mapped,
      "--json",
    ]);
    expect([code, err]).toEqual([0, ""]);
    const report = JSON.parse(out) as Report;
    expect(report.excluded.seen_in_two_variants).toBe(1);
    expect(report.macro[0]?.values).toEqual([2 / 3, 0]);
  });

  it("reads ready-made cells, and a saved report shows the same again", async () => {
    const saved = files.write("report.json", (await analyze(data, "--by", "channel", "--json")).out);
    const shown = await essai(["report", saved]);
    expect(shown.out).toBe((await analyze(data, "--by", "channel")).out);
  });
});

/** Every bad input ends with code 1, a message with path and fix on stderr, and nothing on stdout. */
describe("bad input", () => {
  const broken = (name: string, change: (row: readonly unknown[], at: number) => readonly unknown[]) =>
    files.write(name, csv(rows.map(change)));
  const cell = (variant: string, n: number, mean: number, comoment: number) => ({
    variant,
    definitionVersion: 1,
    levels: [],
    units: n,
    moments: [{ n, names: ["value"], mean: [mean], comoment: [comoment] }],
  });
  const cells = (list: readonly object[]) => ({
    format: "essai.cells/1",
    experiment: "checkout",
    dimensions: [],
    metrics: ["order"],
    cells: list,
    excluded: {},
  });
  const onlyOrder = (list: readonly object[]) => [
    files.write("cells.json", cells(list)),
    "--metrics",
    "order",
  ];
  const defined = (changes: object) => files.write("bad.json", { ...experiment, ...changes });

  const cases: readonly (readonly [string, () => readonly string[], RegExp])[] = [
    ["no arguments", () => ["analyze"], /--experiment: is needed and is missing; see essai analyze --help/],
    ["no file", () => ["analyze", "-e", definition], /FILE: is needed and is missing/],
    [
      "a missing experiment file",
      () => ["analyze", data, "-e", files.path("gone.json")],
      /--experiment: there is no such file/,
    ],
    [
      "an experiment that is not JSON",
      () => ["analyze", data, "-e", files.write("x.json", "{oops")],
      /is not JSON/,
    ],
    [
      "a missing data file",
      () => ["analyze", files.path("gone.csv"), "-e", definition],
      /there is no such file/,
    ],
    ["a file of no known kind", () => ["analyze", files.write("x.xlsx", "?"), "-e", definition], /x\.xlsx/],
    ["an unknown option", () => ["analyze", data, "--jsn", "-e", definition], /is not an option .*--json/],
    [
      "an option without its value",
      () => ["analyze", data, "--experiment"],
      /--experiment: .*write --experiment FILE/,
    ],
    [
      "two outputs at once",
      () => ["analyze", data, "-e", definition, "--json", "--csv"],
      /give one of: --json \| --csv/,
    ],
    ["an unknown command", () => ["analyse", data], /is not a command .*analyze/],
    [
      "an empty file",
      () => ["analyze", files.write("empty.csv", ""), "-e", definition],
      /the data hold no unit/,
    ],
    [
      "a header and nothing else",
      () => ["analyze", files.write("head.csv", "arm,channel,order,revenue\n"), "-e", definition],
      /the data hold no unit/,
    ],
    [
      "a missing column",
      () => ["analyze", files.write("c.csv", csv().replace("arm,", "group,")), "-e", definition],
      /no such column .*arm/,
    ],
    ["a missing dimension", () => ["analyze", data, "-e", definition, "--by", "chanel"], /chanel.*channel/],
    ["a missing metric", () => ["analyze", data, "-e", definition, "--metrics", "ordr"], /ordr.*order/],
    [
      "an unknown variant in the data",
      () => [
        "analyze",
        broken("v.csv", (row, at) => (at === 7 ? ["green", ...row.slice(1)] : row)),
        "-e",
        definition,
      ],
      /green/,
    ],
    [
      "an unknown variant asked for",
      () => ["analyze", data, "-e", definition, "--compare", "blue,green"],
      /green/,
    ],
    [
      "text for a number",
      () => [
        "analyze",
        broken("t.csv", (row, at) => (at === 7 ? [...row.slice(0, 3), "lots"] : row)),
        "-e",
        definition,
      ],
      /not a number/,
    ],
    [
      "NaN",
      () => [
        "analyze",
        broken("n.csv", (row, at) => (at === 7 ? [...row.slice(0, 3), "NaN"] : row)),
        "-e",
        definition,
      ],
      /revenue/,
    ],
    [
      "one arm only",
      () => ["analyze", broken("o.csv", (row) => ["blue", ...row.slice(1)]), "-e", definition],
      /one variant only/,
    ],
    [
      "a negative count in cells",
      () => [
        "analyze",
        ...onlyOrder([cell("control", -5, 0.1, 1), cell("blue", 5, 0.1, 0.45)]),
        "-e",
        definition,
      ],
      /must be a whole number and at least 0/,
    ],
    [
      "a negative m2 in cells",
      () => [
        "analyze",
        ...onlyOrder([cell("control", 10, 0.1, -1), cell("blue", 10, 0.1, 0.9)]),
        "-e",
        definition,
      ],
      /negative sum of squares/,
    ],
    [
      "NaN in cells",
      () => [
        "analyze",
        ...onlyOrder([cell("control", 10, Number.NaN, 1), cell("blue", 10, 0.1, 0.9)]),
        "-e",
        definition,
      ],
      /mean/,
    ],
    [
      "cells of no known format",
      () => ["analyze", files.write("f.json", { ...cells([]), format: "essai.cells/7" }), "-e", definition],
      /format/,
    ],
    [
      "weights that do not sum to 1",
      () => ["analyze", data, "-e", defined({ allocation: { control: 0.5, blue: 0.6 } })],
      /sum to 1/,
    ],
    [
      "integer-like variant keys",
      () => ["analyze", data, "-e", defined({ variants: { "1": null, "2": null }, control: "1" })],
      /looks like an integer/,
    ],
    [
      "duplicate metric keys",
      () => ["analyze", data, "-e", defined({ metrics: [experiment.metrics[0], experiment.metrics[0]] })],
      /more than once/,
    ],
    [
      "no data section",
      () => ["analyze", data, "-e", defined({ data: undefined })],
      /add it, e\.g\. "data": \{"variant": "group"\}/,
    ],
    [
      "a table where events are mapped",
      () => ["analyze", "--exposures", data, "--events", data, "-e", definition],
      /--exposures: does not fit the data section .*give FILE/,
    ],
    [
      "a page that cannot be written",
      () => ["analyze", data, "-e", definition, "--html", files.path("no/such/folder.html")],
      /cannot be written/,
    ],
    [
      "something that is not a confidence level",
      () => ["analyze", data, "-e", definition, "--level", "95"],
      /level/,
    ],
    [
      "a report of a newer format",
      () => ["report", files.write("r.json", { format: "essai.report/9" })],
      /format/,
    ],
  ];

  it.each(cases)("%s", async (_, args, message) => {
    const { code, out, err } = await essai(args());
    expect(err).toMatch(message);
    expect(err).toMatch(/^essai: .+; .+/);
    expect(err).not.toMatch(/\n\s+at /);
    expect([code, out]).toEqual([1, ""]);
  });

  it("a unit in two variants is left out and counted, and the rest is analyzed", async () => {
    const mapped = files.write("unit.json", { ...experiment, data: { variant: "arm", unit: "user" } });
    const lines = rows.map((row, at) => [`u${at}`, ...row]);
    const both = [...lines, ["u0", "blue", "web", 1, 10]];
    const twice = files.write(
      "twice.csv",
      ["user,arm,channel,order,revenue", ...both.map((row) => row.join(","))].join("\n"),
    );
    const { code, out } = await essai(["analyze", twice, "-e", mapped]);
    expect(code).toBe(0);
    expect(out).toMatch(/left out\n +1 seen in two variants/);
  });

  it("--state keeps the looks: made at the first, read and written back whole, refused where it is another's", async () => {
    const planned = files.write("planned.json", { ...experiment, plan: { looks: 4, units: 1000 } });
    const state = files.path("looks.json");
    const look = (file: string, ...more: string[]) =>
      essai(["analyze", file, "--experiment", planned, "--state", state, ...more]);
    const half = files.write("half.csv", csv(rows.slice(0, 200)));
    const first = await look(half, "--json");
    expect([first.code, first.err]).toEqual([0, ""]);
    const history = JSON.parse(readFileSync(state, "utf8"));
    expect(history).toMatchObject({ format: "essai.look-history/1", experiment: "checkout" });
    expect(history.looks).toEqual([{ units: 200, fraction: 0.2 }]);

    const second = await look(data);
    expect(second.code).toBe(0);
    expect(second.out.replace(/\s+/g, " ")).toContain(
      "This is look 2 of the plan's 4. 400 of 1,000 planned units",
    );
    expect(JSON.parse(readFileSync(state, "utf8")).looks).toHaveLength(2);

    const before = readFileSync(state, "utf8");
    const shrunken = await look(half);
    expect(shrunken.code).toBe(1);
    expect(shrunken.err).toContain("is less than at the look before");
    const other = await essai(["analyze", data, "--experiment", definition, "--state", state]);
    expect(other.err).toContain("essai: --state.history.plan: is not what the looks began with");
    const clash = await look(data, "--html", state);
    expect(clash.err).toContain("--html");
    expect(readFileSync(state, "utf8")).toBe(before);
  });
});
