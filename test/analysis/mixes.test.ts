import { describe, expect, it } from "vitest";
import { analyze, fromCells, fromRows } from "../../src/analysis/index.js";
import { checkLevels, srmThreshold } from "../../src/analysis/srm.js";
import { randomSource, sampleBinomial } from "../../src/random/index.js";
import { findingSentence, toText } from "../../src/report/index.js";
import { parseReport } from "../../src/schema/index.js";
import { conversionCell, madeDefinition, madeSource } from "./made-cells.js";

const bySource = { dimensions: ["channel"] };

/** Units of control and treatment per channel, a tenth of them converted. */
const inChannels = (units: Readonly<Record<string, readonly [number, number]>>) =>
  Object.entries(units).flatMap(([channel, [control, treatment]]) => [
    conversionCell("control", control, control / 10, [channel]),
    conversionCell("treatment", treatment, treatment / 10, [channel]),
  ]);

const crossed = inChannels({ phone: [4500, 5500], desk: [5500, 4500], mail: [2000, 2000] });

describe("shares within the levels of a dimension", () => {
  it("a variant short among some and long among others passes over all units, and fails here", async () => {
    const report = await analyze({
      experiment: madeDefinition(),
      source: madeSource(crossed, bySource),
      ...bySource,
    });
    expect(report.checks).toMatchObject([
      { status: "passed" },
      { status: "failed", dimension: "channel", levels: 3, failing: 2, threshold: srmThreshold / 3 },
    ]);
    expect(report.recommendation).toMatchObject({ action: "do_not_read", rule: "srm" });
    const srm = report.findings.find(({ kind }) => kind === "srm");
    expect(srm && findingSentence(srm)).toMatch(
      /^Units did not arrive in the planned shares within channel (phone|desk) and 1 other of its levels \(/,
    );
    expect(srm && findingSentence(srm, { lang: "fr" })).toMatch(
      / au sein de channel (phone|desk) et de 1 autre/,
    );
    expect(toText(report).replace(/\s+/g, " ")).toMatch(
      /channel, the least likely of 3 levels, (phone|desk): units did NOT arrive/,
    );
    expect(parseReport(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  it("says what p it saw where they are compatible, one line per dimension", async () => {
    const report = await analyze({
      experiment: madeDefinition(),
      source: madeSource(inChannels({ phone: [1000, 1040], desk: [500, 500] }), bySource),
      ...bySource,
    });
    expect(report.checks).toHaveLength(2);
    expect(toText(report).replace(/\s+/g, " ")).toMatch(
      /channel, the least likely of 2 levels, phone: shares are compatible with the plan \(χ² 0\.784 on 1 df, p 0\.376\)/,
    );
  });

  it("tells several dimensions that pass in one line, which names the level least in keeping", async () => {
    const dimensions = ["channel", "day"];
    const cells = [
      ["phone", "mon", 1000, 1040],
      ["phone", "tue", 1000, 1000],
      ["desk", "mon", 500, 520],
      ["desk", "tue", 500, 500],
    ].flatMap(([channel, day, control, treatment]) => [
      conversionCell("control", Number(control), 50, [String(channel), String(day)]),
      conversionCell("treatment", Number(treatment), 50, [String(channel), String(day)]),
    ]);
    const source = madeSource(cells, { dimensions });
    const report = await analyze({ experiment: madeDefinition(), source, dimensions });
    expect(report.checks).toHaveLength(3);
    const text = toText(report).replace(/\s+/g, " ");
    expect(text).toMatch(
      /Within the levels of channel, day they are too, the least likely being day mon \(χ² 1\.18 on 1 df, p 0\.278\)/,
    );
    expect(toText(report, { lang: "fr" })).toContain("Elle l’est aussi au sein des niveaux");
  });

  it("raises a false alarm in one valid experiment of a thousand, however many and thin the levels", () => {
    const definition = madeDefinition(["control", "treatment"], {
      ranges: [
        { from: 0, to: Math.round(0.99 * 2 ** 32), variant: "control" },
        { from: Math.round(0.99 * 2 ** 32), to: 2 ** 32, variant: "treatment" },
      ],
    });
    const source = randomSource("levels");
    let [alarms, wrong] = [0, 0];
    const experiments = 3000;
    for (let i = 0; i < experiments; i++) {
      const groups = Array.from({ length: 12 }, (_, at) => {
        const few = sampleBinomial(source, 50, 0.01);
        const arm = (units: number) => ({ units, moments: [] });
        const arms = new Map([
          ["control", arm(50 - few)],
          ["treatment", arm(few)],
        ]);
        return { cell: { day: String(at) }, arms: new Map([[1, arms]]) };
      });
      const [check] = checkLevels("day", groups, [definition]);
      if (check?.status === "failed") alarms++;
      const most = Math.max(...groups.map(({ arms }) => arms.get(1)?.get("treatment")?.units ?? 0));
      // χ² of 3 of 50 at 1 %: 12.6, p 0.0004; of 4: 24.7.
      if (most >= 4) wrong++;
    }
    expect(alarms / experiments).toBeLessThanOrEqual(0.001 + 3 * Math.sqrt(0.001 / experiments));
    expect(wrong / experiments).toBeGreaterThan(0.01);
  });

  it("has nothing to hold a version against whose definition is not given", async () => {
    const cells = crossed.map((cell, at) => (at < 2 ? { ...cell, definitionVersion: 7 } : cell));
    const report = await analyze({
      experiment: madeDefinition(),
      source: madeSource(cells, bySource),
      ...bySource,
    });
    expect(report.checks.filter(({ dimension }) => dimension !== undefined)).toEqual([]);
  });
});

describe("dimensions that the source declares", () => {
  // 60,000 units: the treatment is worse in both channels, and met more of the better one.
  const mixed = [
    conversionCell("control", 24000, 1200, ["mail"]),
    conversionCell("control", 6000, 1200, ["web"]),
    conversionCell("treatment", 6000, 240, ["mail"]),
    conversionCell("treatment", 24000, 4320, ["web"]),
  ];
  const cells = {
    format: "essai.cells/1",
    experiment: "made",
    dimensions: ["channel"],
    metrics: ["order"],
    cells: mixed,
    excluded: {},
  };

  it("are looked into without being asked for, and nothing else is made of them", async () => {
    const report = await analyze({ experiment: madeDefinition(), source: fromCells(cells) });
    expect(report.macro[0]?.lift.planned.value).toBeGreaterThan(0.3);
    expect(report).toMatchObject({ dimensions: [], declared: ["channel"], micro: [], between: [] });
    expect(report.stratified).toMatchObject([{ dimension: "channel", agreement: "simpson" }]);
    expect(report.recommendation).toMatchObject({ action: "do_not_read", rule: "srm" });
    expect(parseReport(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  it("are looked into once where they are asked for", async () => {
    const report = await analyze({
      experiment: madeDefinition(),
      source: fromCells(cells),
      dimensions: ["channel"],
    });
    expect(report.declared).toBeUndefined();
    expect(report.stratified).toHaveLength(1);
  });

  it("come from the mapping of rows, by name", () => {
    const rows = fromRows([], { variant: "arm", dimensions: { channel: "ch", age: "a" } });
    expect(rows.dimensions).toEqual(["channel", "age"]);
    expect(fromRows([], { variant: "arm", dimensions: ["channel"] }).dimensions).toEqual(["channel"]);
    expect(fromRows([], { variant: "arm" }).dimensions).toEqual([]);
  });
});
