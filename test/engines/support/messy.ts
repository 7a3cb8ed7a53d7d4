import type { Cells, CellsRequest } from "../../../src/core/cells.js";
import type { EventsMapping, TableMapping } from "../../../src/core/data-mapping.js";
import type { Definition } from "../../../src/core/definition.js";
import type { MetricDefinition } from "../../../src/core/metric-definition.js";
import type { Moments } from "../../../src/core/moments.js";
import { mergeAll } from "../../../src/stats/index.js";

export type Row = Record<string, string | number | boolean | null>;

/** A definition with these variants, the first being the control; only what reading needs is real. */
export function definition(keys: readonly string[]): Definition {
  return {
    ...{
      format: "essai.experiment/1",
      key: "mail",
      version: 1,
      salt: "mail",
      hash: "murmur3-1",
      unit: "unit",
    },
    ...{ control: keys[0]!, variants: keys.map((key) => ({ key, payload: null })), ranges: [], coverage: 1 },
    ...{ policy: "fixed", metrics: [], plan: { level: 0.95, macro: "holm", micro: "benjamini-hochberg" } },
  } as unknown as Definition;
}

export const metric = (key: string, type: string, rest: object = {}) =>
  ({ key, type, role: "goal", ...rest }) as MetricDefinition;

export function request(
  metrics: readonly MetricDefinition[],
  dimensions: readonly string[] = [],
  keys: readonly string[] = ["none", "mens", "dames"],
): CellsRequest {
  return { definition: { ...definition(keys), metrics }, metrics, dimensions, tails: true };
}

/** A wide table with what exports do: accents, quotes, commas, line breaks, empty cells, booleans, stray variants. */
export function wideRows(): Row[] {
  const arms = ["No E-Mail", "Mens E-Mail", "Dames é-mail"];
  const channels = ["Web", 'Phone, "mobile"', "Multi\nline", "", "7) $1,000 +"];
  const rows: Row[] = [];
  for (let i = 0; i < 240; i++) {
    const spent = i % 7 === 0 ? 1e6 + (i * 37) / 8 : 0;
    rows.push({
      "customer id": `ü-${i}`,
      'seg"ment': arms[i % 3]!,
      channel: channels[i % 5]!,
      version: 1 + Math.floor(i / 160),
      opened: i % 4 === 0,
      "spend in €": i % 11 === 0 ? null : spent,
      orders: i % 13 === 0 ? null : i % 3,
      age: i % 9 === 5 ? null : 20 + ((i * 7) % 50) / 2,
      past: spent / 2 + ((i * 11) % 17) * 1000,
    });
  }
  const again = { ...rows[0]!, 'seg"ment': "Mens E-Mail" };
  const stray = { ...rows[1]!, "customer id": "stray", 'seg"ment': "Test arm" };
  const noVariant = { ...rows[2]!, "customer id": "nobody", 'seg"ment': null };
  const noUnit = { ...rows[3]!, "customer id": null };
  return [...rows, again, stray, noVariant, noUnit];
}

export const wideMapping: TableMapping = {
  unit: "customer id",
  variant: {
    column: 'seg"ment',
    values: { "No E-Mail": "none", "Mens E-Mail": "mens", "Dames é-mail": "dames" },
    unknown: "ignore",
  },
  version: "version",
  dimensions: { Kanal: "channel" },
};

export const wideRequest = () =>
  request(
    [
      metric("opened", "conversion"),
      metric("spend", "mean", { column: "spend in €" }),
      metric("orders", "count"),
      metric("value", "ratio", { numerator: { column: "spend in €" }, denominator: { column: "orders" } }),
      metric("net", "overall", { of: { orders: -2.5, spend: 0.6, opened: 1 } }),
      metric("read", "conversion", { column: "opened", covariates: [{ column: "age" }] }),
      metric("calm", "mean", {
        column: "spend in €",
        covariates: [{ column: "past" }, { column: "age" }],
      }),
      metric("calmer", "ratio", {
        numerator: { column: "spend in €" },
        denominator: { column: "orders" },
        covariates: [{ column: "age" }],
      }),
      metric("left", "overall", { of: { spend: 0.6, opened: 1 }, covariates: [{ column: "past" }] }),
      metric("held", "mean", { column: "spend in €", cap: 1_000_200.5, covariates: [{ column: "past" }] }),
      metric("few", "count", { column: "orders", cap: 1 }),
      metric("most", "mean", {
        ...{
          column: "spend in €",
          cap: { percentile: 50, among: "nonzero" },
          covariates: [{ column: "past" }],
        },
      }),
      metric("top", "count", { column: "orders", cap: { percentile: 66 } }),
      metric("middle", "quantile", { column: "orders", percentile: 50 }),
      metric("large", "quantile", { column: "spend in €", percentile: 95 }),
      metric("sum", "overall", { of: { spend: 0.5, orders: 2 }, cap: { percentile: 90 } }),
      metric("rest", "overall", { of: { spend: 0.5, orders: -2 }, cap: 500_050 }),
    ],
    ["Kanal"],
  );

/** Exposures and events with what trackers do: repeats, units in two variants, early events, times in several spellings. */
export function eventRows(): { exposures: Row[]; events: Row[] } {
  const exposures: Row[] = [];
  const events: Row[] = [];
  const start = Date.UTC(2026, 0, 1) / 1000;
  const iso = (seconds: number) => new Date(seconds * 1000).toISOString();
  for (let i = 0; i < 150; i++) {
    const unit = `u${i}`;
    const arm = i % 3 === 0 ? "A" : i % 3 === 1 ? "B" : "Ç";
    const at = start + i * 3600;
    const country = ["CH", "Türkiye", ""][i % 3 === 0 ? i % 2 : i % 3]!;
    exposures.push({ unit, arm, ts: iso(at), v: i < 100 ? 1 : 2, country });
    // the same exposure once more, and a later one from elsewhere
    if (i % 4 === 0) exposures.push({ unit, arm, ts: iso(at), v: i < 100 ? 1 : 2, country });
    if (i % 5 === 0) exposures.push({ unit, arm, ts: iso(at + 60), v: 3, country: "XX" });
    if (i % 25 === 7) exposures.push({ unit, arm: arm === "A" ? "B" : "A", ts: iso(at + 99), v: 1, country });
    // at the very moment of exposure, with an offset
    if (i % 2 === 0)
      events.push({ who: unit, what: "visit", ts: iso(at).replace("Z", "+00:00"), amount: null });
    if (i % 3 === 0) events.push({ who: unit, what: "visit", ts: iso(at - 1), amount: null });
    if (i % 6 === 1)
      for (let k = 0; k < 3; k++)
        events.push({ who: unit, what: "order", ts: iso(at + 10 + k * 86_400), amount: 19.9 + k + i });
    if (i % 10 === 4) events.push({ who: unit, what: "order", ts: iso(at + 5), amount: null });
    if (i % 5 === 2) events.push({ who: unit, what: "order", ts: iso(at - 3600 * (i % 40)), amount: i / 8 });
    if (i % 15 === 2) events.push({ who: unit, what: "order", ts: iso(at - 86_400), amount: null });
    if (i % 10 === 3) events.push({ who: unit, what: "click", ts: iso(at + 5), amount: 1 });
  }
  exposures.push({ unit: "", arm: "A", ts: iso(start), v: 1, country: "CH" });
  exposures.push({ unit: "u900", arm: "", ts: iso(start), v: 1, country: "CH" });
  exposures.push({ unit: "u901", arm: "Z", ts: iso(start), v: 1, country: "CH" });
  exposures.push({ unit: "u902", arm: "A", ts: null, v: 1, country: "CH" });
  exposures.push({ unit: "tie", arm: "A", ts: iso(start), v: 2, country: "CH" });
  exposures.push({ unit: "tie", arm: "A", ts: iso(start), v: 1, country: "" });
  exposures.push({ unit: "tie", arm: "A", ts: iso(start), v: 1, country: "DE" });
  events.push({ who: "", what: "visit", ts: iso(start), amount: null });
  events.push({ who: "u1", what: "visit", ts: null, amount: null });
  events.push({ who: "stranger", what: "order", ts: iso(start), amount: 5 });
  events.push({ who: "tie", what: "order", ts: iso(start + 0.25), amount: 7.5 });
  return { exposures, events };
}

export const eventsMapping: EventsMapping = {
  exposures: {
    ...{ unit: "unit", at: "ts", version: "v", dimensions: ["country"] },
    variant: { column: "arm", values: { A: "none", B: "mens", Ç: "dames" }, unknown: "ignore" },
  },
  events: { unit: "who", at: "ts", event: "what", value: "amount" },
  windowDays: 1.5,
};

export const eventsRequest = () =>
  request(
    [
      metric("visit", "conversion"),
      metric("spend", "mean", { event: "order" }),
      metric("orders", "count", { event: "order" }),
      metric("basket", "ratio", {
        numerator: { event: "order" },
        denominator: { event: "visit", value: "amount" },
      }),
      metric("per_visit", "ratio", {
        numerator: { event: "order" },
        denominator: { event: "visit", of: "count" },
      }),
      metric("net", "overall", { of: { spend: 0.6, orders: -2.5, visit: -0.25 } }),
      metric("came", "conversion", { event: "visit", covariates: [{ before: "1 hour" }] }),
      metric("calm", "mean", {
        event: "order",
        covariates: [{ before: "1 day" }, { before: "30 hours" }],
      }),
      metric("calmer", "ratio", {
        numerator: { event: "order" },
        denominator: { event: "visit", of: "count" },
        covariates: [{ before: "1 week" }],
      }),
      metric("left", "overall", { of: { spend: 0.6, visit: -0.25 }, covariates: [{ before: "2 days" }] }),
      metric("held", "mean", { event: "order", cap: 60, covariates: [{ before: "1 day" }] }),
      metric("most", "mean", {
        ...{ event: "order", cap: { percentile: 75.5, among: "nonzero" }, covariates: [{ before: "1 day" }] },
      }),
      metric("top", "count", { event: "order", cap: { percentile: 99 } }),
      metric("middle", "quantile", { event: "order", percentile: 50 }),
      metric("back", "retention", { event: "order", days: 1, covariates: [{ before: "1 day" }] }),
      metric("still_there", "retention", { event: "order", days: [1, 3] }),
      metric("later", "mean", { event: "order", window: { from: 1, to: 2.5 } }),
      metric("soon", "conversion", { event: "visit", window: { to: 0.01 } }),
      metric("still", "count", { event: "order", window: { from: 1.5 } }),
      metric("late_per_visit", "ratio", {
        numerator: { event: "order", window: { from: 0.5, to: 1 } },
        denominator: { event: "visit", of: "count" },
      }),
    ],
    ["country"],
  );

/** Rows as a CSV file's text: CRLF, quotes where they must be. */
export function csvText(rows: readonly Row[], columns = Object.keys(rows[0]!)): string {
  const cell = (value: unknown) => {
    const text = value === null || value === undefined ? "" : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `${[columns, ...rows.map((row) => columns.map((name) => row[name]))].map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** Without products of what is narrow within a step and covariates, which are not: an engine may lose those. */
function settled(moments: Moments): Moments {
  if (!moments.names.some((name) => /^(covariate|before)\./.test(name))) return moments;
  const { mixed3: _, triple3: __, ...rest } = moments;
  return rest;
}

/** Largest relative difference between two sets of cells, Infinity where they differ in kind. */
export function difference(a: Cells, b: Cells): number {
  const all = ({ cells, tails = [] }: Cells) => [
    ...cells,
    ...tails.map(({ body, steps, ...tail }) => ({
      ...{ ...tail, steps: steps.map(({ from }) => from) },
      // What a step's own third moment is may be rounding; that of all steps together is not.
      moments: [
        settled(mergeAll([body, ...steps.map(({ moments }) => moments)])),
        ...[body, ...steps.map(({ moments }) => moments)].map(
          ({ m3: _, mixed3: __, triple3: ___, ...rest }) => rest as Moments,
        ),
      ],
    })),
  ];
  const skeleton = ({ cells, tails, repeated, ...rest }: Cells) =>
    JSON.stringify({
      ...{ ...rest, repeated },
      all: all({ cells, tails: tails ?? [], ...rest }).map(({ moments, ...cell }) => [
        cell,
        moments.map(({ n, names, m3, mixed3, triple3, nonzero, distribution }) => [
          ...[n, names, m3?.length, mixed3?.length, triple3?.length, nonzero, distribution],
        ]),
      ]),
    });
  if (skeleton(a) !== skeleton(b)) return Number.POSITIVE_INFINITY;
  let worst = 0;
  all(a).forEach((cell, i) => {
    cell.moments.forEach((one, j) => {
      const other = all(b)[i]!.moments[j]!;
      const scale = Math.max(1e-300, ...one.comoment.map(Math.abs));
      one.mean.forEach((x, k) => {
        worst = Math.max(worst, Math.abs(x - other.mean[k]!) / Math.max(1e-300, Math.abs(x)));
      });
      one.comoment.forEach((x, k) => {
        worst = Math.max(worst, Math.abs(x - other.comoment[k]!) / scale);
      });
      for (const third of ["m3", "mixed3", "triple3"] as const)
        one[third]?.forEach((x, k) => {
          worst = Math.max(worst, Math.abs(x - other[third]![k]!) / Math.max(1e-300, scale ** 1.5));
        });
    });
  });
  return worst;
}

/** Mean and m2 by the book, for checking. */
export function byTheBook(values: readonly number[]): { n: number; mean: number; m2: number } {
  const n = values.length;
  const mean = values.reduce((a, x) => a + x, 0) / n;
  return { n, mean, m2: values.reduce((a, x) => a + (x - mean) ** 2, 0) };
}
