import { describe, expect, it } from "vitest";
import { analyze, fromCells, fromRows, type Report } from "../../src/analysis/index.js";
import { findingSentence, toCsv, toHtml, toMarkdown, toText } from "../../src/report/index.js";
import { changePoint, changeRange, linearTrend } from "../../src/stats/trends/index.js";
import { conversionCell, conversionMetric, madeDefinition, madeSource } from "./made-cells.js";

type Rates = (touch: number, channel: string) => readonly [control: number, treatment: number];

/** Ten touches on two channels, 2,000 units per side and cell, by conversions per thousand. */
async function read(
  rates: Rates,
  order: { readonly randomized?: boolean } = {},
  more: object = {},
): Promise<Report> {
  const cells = ["mail", "sms"].flatMap((channel) =>
    Array.from({ length: 10 }, (_, at) => rates(at + 1, channel)).flatMap(([a, b], at) => [
      conversionCell("control", 2000, 2 * a, [String(at + 1), channel]),
      conversionCell("treatment", 2000, 2 * b, [String(at + 1), channel]),
    ]),
  );
  const source = madeSource(cells, { dimensions: ["touch", "channel"] });
  return analyze({
    experiment: madeDefinition(["control", "treatment"], {
      metrics: [conversionMetric("order", "goal", more)],
    }),
    source: { ...source, ordered: { touch: order } },
    dimensions: ["touch", "channel"],
  });
}

const smsTires: Rates = (touch, channel) => (channel === "sms" && touch > 5 ? [50, 50] : [100, 100]);
const sentences = ({ findings }: Report, lang: "en" | "fr" = "en") =>
  findings.flatMap((each) => (each.kind === "trend" ? [findingSentence(each, { lang })] : []));

describe("values along an order", () => {
  it("says of which channel clicks halve, and after which touch", async () => {
    const report = await read(smsTires);
    expect(sentences(report)).toHaveLength(2);
    expect(sentences(report)[0]).toBe(
      "Channel sms: order of control halves after touch 5 (no other place fits): 10.00% until then, 5.00% afterwards (adjusted p < 0.0001). A description, as touch was not drawn at random.",
    );
    expect(sentences(report, "fr")[0]).toContain("est divisé par deux après touch 5");
    expect(report.families).toContainEqual({ grain: "trends", correction: "holm", alpha: 0.05, tests: 18 });
  });

  it("tells everyone's change where all channels share it", async () => {
    const report = await read((touch) => (touch > 5 ? [50, 50] : [100, 100]));
    const told = (report.trends ?? []).flatMap((each) =>
      each.status === "ok" && each.told ? [each.within] : [],
    );
    expect(told).toEqual([{}, {}]);
  });

  it("says nothing where nothing changes", async () => {
    const report = await read(() => [100, 120]);
    expect(sentences(report)).toEqual([]);
    expect(report.trends).toHaveLength(9);
    expect(toText(report)).toContain("nothing is shown to change");
  });

  it("advises only where the level was drawn at random, and where no gain is left", async () => {
    const gone: Rates = (touch) => [100, touch > 4 ? 100 : 150];
    const described = sentences(await read(gone)).join(" ");
    expect(described).not.toContain("go no further");
    const effect = sentences(await read(gone, { randomized: true })).find((each) =>
      each.startsWith("The effect"),
    );
    expect(effect).toMatch(/after touch 4 .*beyond 4 no gain is shown, go no further\.$/);
    const less = sentences(await read((touch) => [100, touch > 4 ? 125 : 160], { randomized: true }));
    expect(less.find((each) => each.startsWith("The effect"))).toMatch(/beyond 4 it brings less\.$/);
    const rising = sentences(await read((touch) => [100, touch > 4 ? 150 : 100], { randomized: true }));
    expect(rising.join(" ")).not.toContain("beyond");
  });

  it("calls a steady decline a trend, with its step", async () => {
    const report = await read((touch) => [140 - 6 * touch, 140 - 6 * touch]);
    const [first] = report.trends ?? [];
    expect(first).toMatchObject({ status: "ok", shows: "trend" });
    expect(sentences(report)[0]).toMatch(/falls along touch, −0\.6\d* points per step/);
  });

  it("keeps the stated order, leaves out what has no place in it, and says so of names without one", async () => {
    const rows = Array.from({ length: 12_000 }, (_, i) => ({
      stage: ["new", "warm", "loyal", "lost"][i % 4],
      variant: (i >> 2) % 2 ? "treatment" : "control",
      order: (i * 7919) % 1000 < [50, 100, 200, 100][i % 4]! ? 1 : 0,
    }));
    const along = async (ordered: boolean | readonly string[]) => {
      const dimensions = { stage: { column: "stage", ordered } };
      const source = fromRows(rows, { variant: "variant", dimensions });
      const { trends } = await analyze({ experiment: madeDefinition(), source, dimensions: ["stage"] });
      return trends?.[0];
    };
    const stated = await along(["new", "warm", "loyal"]);
    expect(stated).toMatchObject({ status: "ok", omitted: ["lost"] });
    expect(stated?.status === "ok" && stated.points.map(({ level }) => level)).toEqual([
      "new",
      "warm",
      "loyal",
    ]);
    expect(await along(true)).toMatchObject({
      status: "undefined",
      reason: expect.stringContaining("no order"),
    });
    expect(await along(false)).toBeUndefined();
  });

  it("orders edges as numbers, and cells say their order themselves", async () => {
    const rows = Array.from({ length: 9000 }, (_, i) => ({
      age: i % 90,
      variant: (i >> 1) % 2 ? "treatment" : "control",
      order: (i * 31) % 10 < 3 ? 1 : 0,
    }));
    const dimensions = { age: { column: "age", edges: [9, 30, 60], ordered: true } } as const;
    const source = fromRows(rows, { variant: "variant", dimensions });
    expect(source.ordered).toEqual({ age: { levels: ["< 9", "9 – < 30", "30 – < 60", "≥ 60"] } });
    const experiment = madeDefinition();
    const cells = await source.read({
      definition: experiment,
      metrics: experiment.metrics,
      dimensions: ["age"],
    });
    const again = fromCells({ ...cells, ordered: source.ordered! });
    const report = await analyze({ experiment, source: again, dimensions: ["age"] });
    expect(report.trends).toHaveLength(3);
  });

  it("refuses an order beside what has none, and randomness without an order", () => {
    const source = (column: object) => () =>
      fromRows([], { variant: "v", dimensions: { d: { column: "d", ...column } } as never });
    expect(source({ ordered: ["a", "b", "c"], edges: [1] })).toThrow(/data\.dimensions\.d\.ordered/);
    expect(source({ ordered: true, keep: ["a"] })).toThrow(/data\.dimensions\.d\.ordered/);
    expect(source({ randomized: true })).toThrow(/data\.dimensions\.d\.ordered/);
    expect(source({})).toThrow(/data\.dimensions\.d\.edges/);
  });

  it("is drawn and told in every format", async () => {
    const report = await read(smsTires);
    const page = await toHtml(report, { lang: "fr" });
    expect(page).toContain("Cela change-t-il le long de touch");
    expect(page).toContain('class="range"');
    expect(toMarkdown(report)).toContain("## Does it change along touch?");
    expect(toCsv(report)).toMatch(/trend,order,,control,channel=sms; touch=5,value,.*change-point/);
  });
});

describe("the tests along an order", () => {
  const at = (...values: number[]) => values.map((value) => ({ value, standardError: 1 }));

  it("the straight line is least squares, and reversing turns its sign", () => {
    const { slope, standardError } = linearTrend(at(1, 3, 5, 7), 0.95);
    expect([slope, standardError]).toEqual([2, 1 / Math.sqrt(5)]);
    expect(linearTrend(at(7, 5, 3, 1), 0.95).slope).toBe(-2);
  });

  it("the search costs: exact for two splits, between one test and Bonferroni's bound", () => {
    // Splits of three equal values: two normal deviates with correlation 1/2.
    const { after, z, pValue } = changePoint(at(0, 0, 3));
    expect(after).toBe(2);
    expect(z).toBeCloseTo(3 / Math.sqrt(1.5), 12);
    expect(pValue).toBeGreaterThan(0.0143);
    expect(pValue).toBeLessThan(2 * 0.0143);
    // One minus the integral of φ(x) (Φ((z − x/2)/s) − Φ((−z − x/2)/s)), 200,000 midpoints with Python 3's math.erfc.
    expect(pValue).toBeCloseTo(0.02698399, 6);
  });

  it("the range holds the likeliest place and widens with the noise", () => {
    expect(changeRange(at(0, 0, 0, 0, 9, 9, 9, 9), 0.95)).toEqual([4, 4]);
    const [first = 0, last = 0] = changeRange(at(0, 0.5, -0.5, 0.4, 2, 1.5, 2.5, 2), 0.95) ?? [];
    expect(first).toBeLessThanOrEqual(4);
    expect(last).toBeGreaterThanOrEqual(4);
    expect(last - first).toBeGreaterThan(0);
    expect(changeRange(at(0, 0, 0, 9, 9, 9, 0, 0, 0), 0.95)).toBeUndefined();
  });
});
