import { defineExperiment } from "essai";
import { analyze, fromCells, fromRows } from "essai/analysis";
import { toHtml, toMarkdown, toText } from "essai/report";
import { describe, expect, it } from "vitest";
import { errorsOf } from "../errors/errors-of.js";

const experiment = (metrics: object) =>
  defineExperiment({
    key: "weeks",
    unit: "user",
    control: "control",
    variants: { control: null, new: null },
    metrics: Object.entries(metrics).map(([key, metric]) => ({ key, ...metric })),
  });

const start = Date.UTC(2026, 0, 1);
const at = (days: number) => new Date(start + days * 86_400_000).toISOString();
const users = ["a", "b", "c", "d"];
const exposures = users.map((user, i) => ({ user, variant: i % 2 ? "new" : "control", at: at(0) }));
const order = (user: string, days: number, value: number) => ({ user, event: "order", at: at(days), value });
const events = [
  order("a", 0, 10),
  order("a", 7, 20),
  order("a", 13.99, 40),
  order("a", 14, 80),
  order("b", 6.99, 5),
  order("c", 30, 1000),
];
const mapping = {
  exposures: { unit: "user", variant: "variant", at: "at" },
  events: { unit: "user", event: "event", at: "at" },
};
const cellsOf = (metrics: object, more: object = {}) => {
  const definition = experiment(metrics);
  const source = fromRows({ exposures, events }, { ...mapping, ...more });
  return source.read({ definition, metrics: definition.metrics, dimensions: [] });
};
const totals = ({ cells }: Awaited<ReturnType<typeof cellsOf>>, metricAt = 0) =>
  cells.map(({ moments }) => moments[metricAt]!.n * moments[metricAt]!.mean[0]!);

describe("the window of a metric", () => {
  it("begins with its first moment and ends before its last", async () => {
    const spend = { type: "mean", event: "order" };
    const cells = await cellsOf({
      week_2: { ...spend, window: { from: 7, to: 14 } },
      week_1: { ...spend, window: { to: 7 } },
      later: { ...spend, window: { from: 14 } },
      all: spend,
    });
    expect([0, 1, 2, 3].map((metric) => totals(cells, metric))).toEqual([
      [60, 0],
      [10, 5],
      [1080, 0],
      [1150, 5],
    ]);
    expect(cells.excluded).toEqual({});
  });

  it("takes the place of the mapping's, and says which events it leaves out", async () => {
    const metrics = { week_2: { type: "mean", event: "order", window: { from: 7, to: 14 } } };
    expect(totals(await cellsOf(metrics, { windowDays: 1 }))).toEqual([60, 0]);
    expect((await cellsOf(metrics)).excluded).toEqual({ events_after_window: 2, events_outside_window: 2 });
  });

  it("is either side's own in a ratio", async () => {
    const side = (window?: object) => ({ event: "order", of: "count", ...(window ? { window } : {}) });
    const cells = await cellsOf({
      back: { type: "ratio", numerator: side({ from: 7 }), denominator: side() },
    });
    expect(cells.cells.map(({ moments }) => moments[0]!.mean)).toEqual([
      [2, 2.5],
      [0, 0.5],
    ]);
  });

  it("says something, and ends after it begins", () => {
    const told = (window: object) =>
      errorsOf(() => experiment({ spend: { type: "mean", window } })).map(
        ({ code, path }) => `${code} ${path.join(".")}`,
      );
    expect(told({ from: 0, to: 7 })).toEqual([]);
    expect(told({})).toEqual(["missing_value metrics.0.window"]);
    expect(told({ from: 7, to: 7 })).toEqual(["out_of_range metrics.0.window.to"]);
    expect(told({ from: -1 })).toEqual(["out_of_range metrics.0.window.from"]);
    expect(told({ until: 7 })).toEqual(["unknown_key metrics.0.window.until"]);
    const numerator = { event: "order", window: { from: 2, to: 1 } };
    const ratio = { type: "ratio", numerator, denominator: { event: "visit" } };
    expect(errorsOf(() => experiment({ ratio }))).toMatchObject([
      { code: "out_of_range", path: ["metrics", 0, "numerator", "window", "to"] },
    ]);
  });

  it("is refused in a table, which has no days", async () => {
    const definition = experiment({ spend: { type: "mean", window: { to: 7 } } });
    const rows = [
      { variant: "control", spend: 1 },
      { variant: "new", spend: 2 },
    ];
    const read = fromRows(rows, { variant: "variant" }).read({
      ...{ definition, metrics: definition.metrics, dimensions: [] },
    });
    await expect(read).rejects.toMatchObject({
      problems: [{ code: "unreadable_window", path: ["metrics", "spend", "window"] }],
    });
  });
});

describe("the cap of a metric", () => {
  it("bounds a unit's value, not an event's, and covariates of it alike", async () => {
    const cells = await cellsOf({
      spend: { type: "mean", event: "order", cap: 100 },
      orders: { type: "count", event: "order", cap: 2 },
      net: { type: "overall", of: { spend: 1, orders: -1 }, cap: 50 },
    });
    expect([0, 1, 2].map((metric) => totals(cells, metric))).toEqual([
      [200, 5],
      [3, 1],
      [100, 4],
    ]);
  });

  it("is a number above zero of metrics of amounts or counts", () => {
    for (const cap of [0, -1, Number.NaN, "100"])
      expect(errorsOf(() => experiment({ spend: { type: "mean", cap } }))).toHaveLength(1);
    expect(errorsOf(() => experiment({ visit: { type: "conversion", cap: 1 } }))).toMatchObject([
      { code: "unknown_key" },
    ]);
  });

  it("is told in a report, in both languages; and cells made without it are refused", async () => {
    const metrics = { spend: { type: "mean", event: "order", cap: 100, window: { from: 7, to: 30.5 } } };
    const source = fromRows({ exposures, events }, mapping);
    const report = await analyze({ experiment: experiment(metrics), source });
    for (const format of [toText, toMarkdown, toHtml]) {
      expect(await format(report)).toMatch(/capped at 100; days 7 to 30\.5/);
      expect(await format(report, { lang: "fr" })).toMatch(/plafonné à 100.{1,3}jours 7 à 30,5/);
    }
    const bare = await cellsOf({ spend: { type: "mean", event: "order" } });
    const again = analyze({ experiment: experiment(metrics), source: fromCells(bare) });
    await expect(again).rejects.toMatchObject({
      problems: [{ code: "out_of_range", path: ["cells", 0, "moments", 0, "max", 0], received: 1000 }],
    });
  });
});
