import { defineExperiment } from "essai";
import { analyze, fromCells, fromRows } from "essai/analysis";
import { toHtml, toMarkdown, toText } from "essai/report";
import { describe, expect, it } from "vitest";
import { errorsOf } from "../errors/errors-of.js";

const experiment = (metrics: object) =>
  defineExperiment({
    key: "game",
    unit: "player",
    control: "control",
    variants: { control: null, new: null },
    metrics: Object.entries(metrics).map(([key, metric]) => ({
      key,
      type: "retention",
      event: "play",
      ...metric,
    })),
  });
const at = (days: number) => new Date(Date.UTC(2026, 0, 1) + days * 86_400_000).toISOString();
/** Players who start on day 0, 1, 2 …, two on each, and play 1 and 7 days later, and half a day after that. */
const players = Array.from({ length: 40 }, (_, i) => ({ player: i, start: Math.floor(i / 2), odd: i % 2 }));
const exposures = players.map(({ player, start, odd }) => ({
  ...{ player, at: at(start), variant: odd ? "new" : "control" },
}));
const play = (player: number, days: number) => ({ player, event: "play", at: at(days) });
const events = players.flatMap(({ player, start, odd }) => [
  play(player, start),
  ...(start <= 18 ? [play(player, start + 1)] : []),
  ...(start <= 12 && odd ? [play(player, start + 7.5)] : []),
]);
const mapping = {
  exposures: { unit: "player", variant: "variant", at: "at" },
  events: { unit: "player", event: "event", at: "at" },
};
const cellsOf = (metrics: object, more: object = {}, happened: readonly object[] = events) => {
  const definition = experiment(metrics);
  const source = fromRows({ exposures, events: happened }, { ...mapping, ...more });
  return source.read({ definition, metrics: definition.metrics, dimensions: [] });
};

describe("retention", () => {
  it("counts who came back on the day, of those whose day is over when the data end", async () => {
    // The latest event is at 19.5; day 1 of those who started on day 17 is over at 19, of day 18 at 20.
    const { cells, excluded } = await cellsOf({
      day_1: { days: 1 },
      day_7: { days: 7 },
      days: { days: [6, 7] },
    });
    const [control, treated] = cells.map(({ moments }) => moments.map(({ n, mean }) => [n, mean[0]]));
    expect(control).toEqual([
      [18, 1],
      [12, 0],
      [12, 0],
    ]);
    expect(treated).toEqual([
      [18, 1],
      [12, 1],
      [12, 1],
    ]);
    expect(excluded).toMatchObject({
      too_recent_for_day_1: 4,
      too_recent_for_day_7: 16,
      too_recent_for_days: 16,
    });
  });

  it("takes the end of the data from the mapping, or from any event at all", async () => {
    const nOf = async (...given: Parameters<typeof cellsOf>) =>
      (await cellsOf(...given)).cells[0]?.moments[0]?.n;
    expect(await nOf({ day_7: { days: 7 } }, { until: at(28) })).toBe(20);
    expect(await nOf({ day_7: { days: 7 } }, { until: at(26.9) })).toBe(19);
    expect(
      await nOf({ day_7: { days: 7 } }, {}, [...events, { player: "x", event: "other", at: at(28) }]),
    ).toBe(20);
    const vague = { ...mapping, until: "soon" };
    expect(errorsOf(() => fromRows({ exposures, events }, vague))).toMatchObject([
      { code: "not_a_time", path: ["data", "until"] },
    ]);
  });

  it("is read from a table whose column is empty for recent units, and survives cells", async () => {
    const rows = players.map(({ odd, start }) => ({
      variant: odd ? "new" : "control",
      back: start > 12 ? null : odd,
    }));
    const definition = experiment({ back: { days: 7 } });
    const asked = { definition, metrics: definition.metrics, dimensions: [] };
    const cells = await fromRows(rows, { variant: "variant" }).read(asked);
    expect(cells.cells.map(({ moments }) => moments[0]?.n)).toEqual([13, 13]);
    expect(cells.excluded).toEqual({ too_recent_for_back: 14 });
    expect(await fromCells(cells).read(asked)).toEqual(cells);
  });

  it("is neither a part nor a reason of others, and its days are days in order", () => {
    const told = (metrics: object) =>
      errorsOf(() => experiment(metrics)).map(({ code, path }) => `${code} ${path.join(".")}`);
    expect(told({ back: { days: [7, 6] } })).toEqual(["out_of_range metrics.0.days.1"]);
    for (const days of [0, 1.5, "7", [7], undefined]) expect(told({ back: { days } })).toHaveLength(1);
    expect(told({ back: { days: 7, window: { to: 7 } } })).toEqual(["unknown_key metrics.0.window"]);
    const spend = { type: "mean", reasons: ["back"] };
    expect(told({ back: { days: 7 }, spend })).toEqual(["not_a_sum metrics.1.reasons.0"]);
    const all = { type: "overall", event: undefined, of: { back: 1 } };
    expect(told({ back: { days: 7 }, all })).toContain("not_a_sum metrics.1.of.back");
  });

  it("is told with its days, and who was too recent, in both languages", async () => {
    const report = await analyze({
      experiment: experiment({ back: { days: [6, 7] }, once: { days: 1 } }),
      source: fromRows({ exposures, events }, mapping),
    });
    for (const format of [toText, toMarkdown, toHtml]) {
      const [english, french] = [await format(report), await format(report, { lang: "fr" })];
      expect(english).toContain("back on days 6 to 7");
      expect(english).toContain("back on day 1");
      expect(english).toContain("too recent for back");
      expect(french).toContain("revenu entre les jours 6 et 7");
      expect(french).toContain("trop récent pour back");
    }
  });
});
