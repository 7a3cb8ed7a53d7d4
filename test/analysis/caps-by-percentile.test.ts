import { defineExperiment } from "essai";
import { analyze, fromCells, fromRows } from "essai/analysis";
import { toCsv, toHtml, toJson, toMarkdown, toText } from "essai/report";
import { describe, expect, it } from "vitest";
import { measurePast } from "../../src/simulation/index.js";
import { errorsOf } from "../errors/errors-of.js";

const experiment = (metrics: object) =>
  defineExperiment({
    key: "caps",
    unit: "user",
    control: "control",
    variants: { control: null, new: null },
    metrics: Object.entries(metrics).map(([key, metric]) => ({ key, ...metric })),
  });

/** Values 1 to 200, the largest of them a thousand times as much; every other unit is treated. */
const rows = Array.from({ length: 200 }, (_, i) => ({
  variant: i % 2 ? "new" : "control",
  spend: i === 199 ? 200_000 : i + 1,
  orders: i < 190 ? 0 : i - 189,
  past: i,
}));
const mapping = { variant: "variant" };
const read = (metrics: object, given: readonly object[] = rows) => {
  const definition = experiment(metrics);
  return fromRows(given, mapping).read({ definition, metrics: definition.metrics, dimensions: [] });
};
const spend = { type: "mean", cap: { percentile: 99 } };

describe("a cap by percentile", () => {
  it("is the value that so many units of all variants together do not exceed", async () => {
    for (const [percentile, cap] of [
      [99, 198],
      [98.5, 197],
      [99.9, 200_000],
      [50, 100],
    ] as const) {
      const { caps, cells } = await read({ spend: { ...spend, cap: { percentile } } });
      expect(caps).toEqual([{ metric: "spend", value: "value", percentile, among: "all", cap }]);
      const capped = rows.filter(({ variant }) => variant === "new").map((row) => Math.min(cap, row.spend));
      expect(cells[1]?.moments[0]?.mean[0]).toBeCloseTo(capped.reduce((a, b) => a + b) / 100, 9);
    }
  });

  it("among units with a value does not look at the others", async () => {
    const { caps } = await read({
      orders: { type: "count", cap: { percentile: 90, among: "nonzero" } },
      net: { type: "overall", of: { orders: 2 }, cap: { percentile: 50, among: "nonzero" } },
    });
    expect(caps?.map(({ cap }) => cap)).toEqual([9, 10]);
    const none = { orders: { type: "count", column: "none", cap: { percentile: 90, among: "nonzero" } } };
    const empty = await read(
      none,
      rows.map((row) => ({ ...row, none: 0 })),
    );
    expect(empty.caps).toBeUndefined();
  });

  it("that is not above zero is refused, with what to write instead", async () => {
    const orders = { orders: { type: "count", cap: { percentile: 90 } } };
    await expect(read(orders)).rejects.toMatchObject({
      problems: [
        {
          ...{ code: "percentile_at_zero", path: ["metrics", "orders", "cap", "percentile"], received: 90 },
          example: '{"percentile": 90, "among": "nonzero"}',
        },
      ],
    });
  });

  it("counts only units that count, and caps a covariate at its own percentile", async () => {
    const strange = Array.from({ length: 500 }, () => ({ variant: "other", spend: 9e9, past: 1 }));
    const source = fromRows([...rows, ...strange], { variant: { column: "variant", unknown: "ignore" } });
    const definition = experiment({ spend });
    const asked = { definition, metrics: definition.metrics, dimensions: [] };
    expect((await source.read(asked)).caps?.[0]?.cap).toBe(198);

    const at = (days: number) => new Date(Date.UTC(2026, 0, 10 + days)).toISOString();
    const exposures = rows.map(({ variant }, user) => ({ user, variant, at: at(0) }));
    const events = rows.flatMap(({ spend: value }, user) => [
      { user, event: "spend", at: at(1), value },
      { user, event: "spend", at: at(-1), value: value * 10 },
    ]);
    const before = experiment({ spend: { ...spend, covariates: [{ before: "3 days" }] } });
    const cells = await fromRows(
      { exposures, events },
      {
        exposures: { unit: "user", variant: "variant", at: "at" },
        events: { unit: "user", event: "event", at: "at" },
      },
    ).read({ definition: before, metrics: before.metrics, dimensions: [] });
    expect(cells.caps?.map(({ value, cap }) => [value, cap])).toEqual([
      ["value", 198],
      ["before.3 days.value", 1980],
    ]);
  });

  it("is half at least, and less than everything", () => {
    for (const cap of [{ percentile: 0.99 }, { percentile: 100 }, { percentile: "99" }, {}, { quantile: 99 }])
      expect(errorsOf(() => experiment({ spend: { type: "mean", cap } }))).not.toEqual([]);
    expect(
      errorsOf(() => experiment({ visit: { type: "conversion", cap: { percentile: 99 } } })),
    ).toMatchObject([{ code: "unknown_key" }]);
  });

  it("is told in every report with the value that was found", async () => {
    const report = await analyze({ experiment: experiment({ spend }), source: fromRows(rows, mapping) });
    for (const format of [toText, toMarkdown, toHtml]) {
      expect(await format(report)).toContain("capped at 198, percentile 99 of all variants together");
      expect(await format(report, { lang: "fr" })).toMatch(
        /plafonné à 198, percentile 99 de toutes les variantes ensemble/,
      );
    }
    expect(toCsv(report)).toMatch(/^cap,spend,.*percentile-99,198/m);
    expect(JSON.parse(toJson(report)).caps).toHaveLength(1);
    const among = experiment({ spend: { ...spend, cap: { percentile: 99, among: "nonzero" } } });
    expect(toText(await analyze({ experiment: among, source: fromRows(rows, mapping) }))).toContain(
      "capped at 198, percentile 99 of all units that have a value",
    );
  });

  it("of ready-made cells is what they say it was", async () => {
    const cells = await read({ spend });
    const direct = await analyze({ experiment: experiment({ spend }), source: fromRows(rows, mapping) });
    const again = await analyze({ experiment: experiment({ spend }), source: fromCells(cells) });
    expect(again.macro[0]?.difference.fixed).toEqual(direct.macro[0]?.difference.fixed);
    expect(again.caps).toEqual(direct.caps);
    const { caps: _, ...bare } = cells;
    const other = { ...cells, caps: cells.caps?.map((each) => ({ ...each, percentile: 95 })) };
    for (const wrong of [bare, other])
      await expect(
        analyze({ experiment: experiment({ spend }), source: fromCells(wrong) }),
      ).rejects.toMatchObject({ problems: [{ code: "missing_value", path: ["cells", "caps"] }] });
  });

  it("is planned with: the past has the variance of capped values", async () => {
    const plain = await measurePast({
      experiment: experiment({ spend: { type: "mean" } }),
      rows,
      data: mapping,
    });
    const capped = await measurePast({ experiment: experiment({ spend }), rows, data: mapping });
    expect(capped.metrics[0]!.variance).toBeLessThan(plain.metrics[0]!.variance / 100);
  });
});
