import { describe, expect, it } from "vitest";
import { analyze, type Comparison, type Report } from "../../src/analysis/index.js";
import type { Cell } from "../../src/core/cells.js";
import type { Estimate } from "../../src/core/estimate.js";
import type { Moments } from "../../src/core/moments.js";
import { conversion } from "../../src/metrics/types/conversion.js";
import {
  type RandomSource,
  randomSource,
  sampleBinomial,
  sampleExponential,
  sampleNormal,
} from "../../src/random/index.js";
import { toCsv, toMarkdown, toText } from "../../src/report/index.js";
import { type Correction, corrections, mergeAll, momentsOf } from "../../src/stats/index.js";
import { conversionCell, madeDefinition, madeSource } from "./made-cells.js";

type Ok = Extract<Estimate, { status: "ok" }>;
const experiment = madeDefinition();

/** A conversion in the levels of one dimension: units per side, rates, and the effect in each level. */
function conversions(
  random: RandomSource,
  levels: number,
  units: readonly [number, number],
  rate: number,
  effect: (level: number) => number,
): Cell[] {
  return Array.from({ length: levels }, (_, at) => at).flatMap((at) => [
    conversionCell("control", units[0], sampleBinomial(random, units[0], rate), [`l${at}`]),
    conversionCell("treatment", units[1], sampleBinomial(random, units[1], rate + effect(at)), [`l${at}`]),
  ]);
}

const read = (cells: readonly Cell[], dimensions = ["channel"], definition = experiment) =>
  analyze({ experiment: definition, source: madeSource(cells, { dimensions }), dimensions });

/** Both sides of the first metric, over some cells. */
function stratum(cells: readonly Cell[]) {
  const side = (variant: string) =>
    mergeAll(cells.flatMap((cell) => (cell.variant === variant ? cell.moments.slice(0, 1) : [])));
  return { control: side("control"), treatment: side("treatment") };
}

const differs = ({ between }: Report) => between.some(({ opens }) => opens);
const named = ({ micro, standingOut }: Report) => standingOut.flatMap((at) => micro.slice(at, at + 1));

describe("screen, then cells", () => {
  it("one channel of twelve: no report names a cell where it shows no difference between levels", async () => {
    const random = randomSource("one channel of twelve");
    const seen = { differs: 0, named: 0, right: 0, contradicts: 0, bare: 0 };
    for (let run = 0; run < 150; run++) {
      const cells = conversions(random, 12, [1000, 1000], 0.1, (at) => (at === 3 ? 0.04 : 0));
      const report = await read(cells);
      const found = named(report);
      if (differs(report)) seen.differs++;
      if (found.length > 0) seen.named++;
      if (found.some(({ cell }) => cell.channel === "l3")) seen.right++;
      if (found.length > 0 && !differs(report)) seen.contradicts++;
      // The wrong version: versus-rest tests corrected among themselves, whatever the screen says.
      const alone = report.micro.flatMap(({ cell }) => {
        const own = (cell: Cell, at: string | undefined) => cell.levels[0] === at;
        const inside = stratum(cells.filter((each) => own(each, cell.channel)));
        const outside = stratum(cells.filter((each) => !own(each, cell.channel)));
        const apart = conversion.apart([inside], [outside]);
        return apart.status === "ok" ? [apart.pValue] : [];
      });
      if (!differs(report)) expect(report.micro.some(({ versusRest }) => versusRest)).toBe(false);
      if (!differs(report) && Math.min(...corrections["benjamini-hochberg"](alone)) < 0.05) seen.bare++;
    }
    expect(seen.contradicts).toBe(0);
    expect(seen.bare).toBeGreaterThan(0);
    expect(seen.right).toBeGreaterThan(30);
    expect(seen.named).toBeLessThanOrEqual(seen.differs);
  });

  it.each([
    [24, [50, 450], 0.05],
    [24, [450, 50], 0.05],
    [12, [2000, 2000], 0.1],
    [12, [3000, 400], 0.1],
  ] as const)(
    "%d null cells of %o at %d name a cell in at most 5 %% of reports",
    async (levels, units, rate) => {
      const random = randomSource(`null cells ${units} ${rate}`);
      const runs = 150;
      let claims = 0;
      for (let run = 0; run < runs; run++)
        if (named(await read(conversions(random, levels, units, rate, () => 0))).length > 0) claims++;
      expect(claims / runs).toBeLessThanOrEqual(0.05 + 3 * Math.sqrt((0.05 * 0.95) / runs));
    },
  );

  it("crossed dimensions have a screen of their own, and it is in the report", async () => {
    const random = randomSource("crossed");
    const grid = (effect: (a: number, b: number) => number) =>
      [0, 1, 2, 3].flatMap((a) =>
        [0, 1, 2].flatMap((b) => [
          conversionCell("control", 2000, sampleBinomial(random, 2000, 0.1), [`a${a}`, `b${b}`]),
          conversionCell("treatment", 2000, sampleBinomial(random, 2000, 0.1 + effect(a, b)), [
            `a${a}`,
            `b${b}`,
          ]),
        ]),
      );
    const real = await read(
      grid((a, b) => (a === 2 && b === 1 ? 0.06 : 0)),
      ["first", "second"],
    );
    expect(real.screens).toEqual([
      expect.objectContaining({
        grain: ["first", "second"],
        cells: 12,
        thin: 0,
        opens: true,
        status: "ok",
        df: 11,
      }),
    ]);
    expect(named(real)[0]?.cell).toEqual({ first: "a2", second: "b1" });
    const none = await read(
      grid(() => 0),
      ["first", "second"],
    );
    expect(none.screens[0]).toMatchObject({ opens: false });
    expect(none.families.find(({ grain }) => grain === "screens")?.tests).toBe(1);
    expect(none.standingOut).toEqual([]);
  });
});

describe("too thin to say", () => {
  // One level with nine buyers on a side, one with all but nine, and two that are large enough.
  const cells = [
    ["thin", 400, 9, 30],
    ["full", 400, 391, 380],
    ["mail", 4000, 400, 480],
    ["web", 4000, 410, 400],
  ].flatMap(([level, units, a, b]) => [
    conversionCell("control", units as number, a as number, [level as string]),
    conversionCell("treatment", units as number, b as number, [level as string]),
  ]);

  it("is a class of cell: in no family, never named, counted, and shown without numbers", async () => {
    const report = await read(cells);
    const thin = report.micro.filter((each) => each.thin).map(({ cell }) => cell.channel);
    expect(thin).toEqual(["full", "thin"]);
    expect(report.families.find(({ grain }) => grain === "micro")?.tests).toBe(2);
    for (const { difference, lift, thin } of report.micro)
      if (thin)
        for (const { planned, shrunken } of [difference, lift]) {
          expect(planned).not.toHaveProperty("pAdjusted");
          expect(shrunken).toMatchObject({ status: "undefined", reason: expect.stringMatching(/^too thin/) });
        }
    expect(named(report).some((each) => each.thin)).toBe(false);
    expect(toText(report)).toContain("2 too thin to say");
    expect(toMarkdown(report)).toContain("2 too thin to say");
    const rows = toCsv(report)
      .split("\r\n")
      .filter((line) => line.includes("channel=thin"));
    expect(rows).toHaveLength(2);
    for (const row of rows) expect(row).toMatch(/,thin,.*,,,,,,,,,.*too thin to say$/);
  });

  it.each([
    [9, true],
    [10, false],
  ])("%d successes on a side", async (successes, thin) => {
    const some = [
      conversionCell("control", 1000, successes, ["a"]),
      conversionCell("treatment", 1000, 50, ["a"]),
      conversionCell("control", 1000, 50, ["b"]),
      conversionCell("treatment", 1000, 50, ["b"]),
    ];
    expect((await read(some)).micro[0]?.thin ?? false).toBe(thin);
  });
});

/** Cells of amounts or of a ratio, drawn unit by unit. */
function measured(
  variant: string,
  level: string,
  units: number,
  random: RandomSource,
  of: "mean" | "count" | "ratio",
  effect: number,
): Cell {
  const amount = () => (random.next() < 0.6 ? sampleExponential(random) * (1 + effect) : 0);
  const rows = Array.from({ length: units }, () =>
    of === "ratio"
      ? [amount() + 1, 1 + Math.floor(4 * random.next())]
      : [of === "count" ? Math.floor(3 * amount()) : amount()],
  );
  const columns = rows[0]?.map((_, at) => rows.map((row) => row[at]!)) ?? [];
  const means = columns.map((column) => column.reduce((a, b) => a + b) / units);
  const comoment = columns.flatMap((column, i) =>
    columns
      .slice(0, i + 1)
      .map((other, j) => column.reduce((sum, x, k) => sum + (x - means[i]!) * (other[k]! - means[j]!), 0)),
  );
  const own = of === "ratio" ? undefined : momentsOf(columns[0]!);
  const names = of === "ratio" ? ["numerator", "denominator"] : ["value"];
  const moments: Moments = {
    n: units,
    names,
    mean: means,
    comoment,
    ...(own?.m3 === undefined ? {} : { m3: [own.m3] }),
  };
  return { variant, definitionVersion: 1, levels: [level], units, moments: [moments] };
}

const metrics = {
  conversion: { key: "order", type: "conversion", role: "goal" },
  mean: { key: "order", type: "mean", role: "goal", value: "amount" },
  count: { key: "order", type: "count", role: "goal" },
  ratio: {
    key: "order",
    type: "ratio",
    role: "goal",
    numerator: { event: "order", value: "amount" },
    denominator: { event: "visit", of: "count" },
  },
} as const;

describe("intervals match p-values", () => {
  const names = Object.keys(corrections) as Correction[];
  const kinds = Object.keys(metrics) as (keyof typeof metrics)[];

  it.each(kinds.flatMap((kind) => names.map((name) => [kind, name] as const)))(
    "%s, %s: the corrected interval leaves zero out exactly where the adjusted p-value is below 1 − level, on both scales",
    async (kind, correction) => {
      const random = randomSource(`match ${kind} ${correction}`);
      const definition = madeDefinition(undefined, {
        metrics: [metrics[kind]],
        plan: { level: 0.95, macro: correction, micro: correction, looks: 1 },
      });
      let [shown, hidden] = [0, 0];
      for (let run = 0; run < 6; run++) {
        const effects = Array.from({ length: 8 }, () =>
          random.next() < 0.5 ? 0 : 0.05 + 0.02 * sampleNormal(random),
        );
        const cells =
          kind === "conversion"
            ? conversions(random, 8, [900, 700], 0.1, (at) => Math.max(-0.08, effects[at]!))
            : effects.flatMap((effect, at) => [
                measured("control", `l${at}`, 150, random, kind, 0),
                measured("treatment", `l${at}`, 130, random, kind, 12 * effect),
              ]);
        const report = await read(cells, ["channel"], definition);
        const readings = [...report.macro, ...report.micro].flatMap(
          ({ difference, lift, versusRest }: Comparison) => [
            difference,
            lift,
            ...(versusRest ? [versusRest] : []),
          ],
        );
        for (const { planned } of readings) {
          if (planned.status !== "ok" || planned.pAdjusted === undefined) continue;
          const [low, high] = planned.simultaneous as readonly [number, number];
          const significant = planned.pAdjusted < 1 - planned.level;
          expect(low > 0 || high < 0).toBe(significant);
          expect(high - low).toBeGreaterThanOrEqual((planned.interval[1] - planned.interval[0]) * (1 - 1e-9));
          if (significant) shown++;
          else hidden++;
        }
        for (const { difference, lift } of report.micro)
          if (difference.planned.status === "ok" && lift.planned.status === "ok")
            expect(lift.planned.pAdjusted).toBe(difference.planned.pAdjusted);
      }
      expect(shown).toBeGreaterThan(5);
      expect(hidden).toBeGreaterThan(5);
    },
  );
});

describe("shrunken effects", () => {
  it("stand beside the raw ones in every cell that is not thin, on both scales, and in every format", async () => {
    const random = randomSource("shrunken");
    const report = await read(conversions(random, 12, [4000, 4000], 0.1, (at) => (at === 3 ? -0.02 : 0.04)));
    for (const { difference, lift } of report.micro)
      for (const { planned, shrunken } of [difference, lift]) {
        expect(shrunken).toMatchObject({ status: "ok", method: "spike-and-slab", level: 0.95 });
        const [raw, pulled] = [planned as Ok, shrunken as Ok];
        expect(pulled.interval[0]).toBeLessThan(pulled.value);
        expect(pulled.standardError).toBeLessThan(raw.standardError * 1.2);
      }
    const [first] = named(report);
    const evidence = report.findings.find(({ kind }) => kind === "micro")?.evidence;
    expect(evidence).toMatchObject({
      cell: { channel: "l3" },
      here: (first!.difference.shrunken as Ok).value,
    });
    expect(toText(report)).toMatch(/here +interval +as measured +elsewhere/);
    expect(toMarkdown(report)).toContain("| here | interval | as measured | elsewhere |");
    expect(toCsv(report).split("\r\n")[0]).toContain("shrunken,shrunken_lower,shrunken_upper");
  });

  it("a cell that hardly reacts is said to", async () => {
    const cells = ["a", "b", "c", "d"].flatMap((level) => [
      conversionCell("control", 20_000, 2000, [level]),
      conversionCell("treatment", 20_000, level === "c" ? 2300 : 3000, [level]),
    ]);
    const report = await read(cells);
    const text = toText(report, { findings: true });
    expect(text.replaceAll(/\s+/g, " ")).toContain("channel c hardly reacts: order");
    expect(toText(report, { findings: true, lang: "fr" })).toContain("réagit à peine");
  });

  it("a lone cell has nothing to learn from, which is said", async () => {
    const report = await read([
      conversionCell("control", 1000, 100, ["a"]),
      conversionCell("treatment", 1000, 120, ["a"]),
    ]);
    expect(report.micro[0]?.difference.shrunken).toMatchObject({
      status: "undefined",
      reason: expect.stringMatching(/^fewer than two cells/),
    });
  });
});
