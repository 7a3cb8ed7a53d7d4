import { afterAll, describe, expect, it } from "vitest";
import { fromRows } from "../../src/analysis/index.js";
import type { Moments } from "../../src/core/moments.js";
import { defineExperiment } from "../../src/definition/index.js";
import { fromFile } from "../../src/engines/index.js";
import { errorsOf } from "../errors/errors-of.js";
import { near } from "../stats/reference.js";
import { Fixtures } from "./support/fixtures.js";

const files = new Fixtures();
afterAll(() => files.remove());

const words = ["coat", "Coat", "hat", "", "été", "10", "x'y"];
const sizes = ["1", "2.5", "", "-3", "big", "10", "nan", "true"];
const events = Array.from({ length: 400 }, (_, i) => ({
  ...{
    user: `u${i % 37}`,
    name: i % 5 ? "order" : "visit",
    at: new Date(Date.UTC(2026, 0, 1 + (i % 9))).toISOString(),
  },
  ...{
    id: `o${i % 150}`,
    product: words[(i * 5) % words.length] ?? "",
    size: sizes[(i * 3) % sizes.length] ?? "",
    value: (i * 13) % 17,
  },
}));
const exposures = Array.from({ length: 34 }, (_, i) => ({
  user: `u${i}`,
  variant: i % 2 ? "b" : "control",
  at: new Date(Date.UTC(2026, 0, 1 + (i % 4))).toISOString(),
}));
const conditions: readonly object[] = [
  { attribute: "product", eq: "coat" },
  { attribute: "product", neq: "coat" },
  { attribute: "product", in: ["coat", "x'y"] },
  { attribute: "product", notIn: ["coat", "été"] },
  { attribute: "product", eq: "10" },
  { attribute: "product", exists: true },
  { attribute: "product", exists: false },
  { attribute: "product", startsWith: "é" },
  { attribute: "product", endsWith: "at" },
  { attribute: "product", contains: "'" },
  { attribute: "size", eq: 10 },
  { attribute: "size", eq: true },
  { attribute: "size", neq: 10 },
  { attribute: "size", in: [1, 2.5] },
  { attribute: "size", notIn: [1, 2.5] },
  { attribute: "size", gt: 1, lte: 10 },
  { attribute: "size", lt: 2.5 },
  { attribute: "size", gte: 2.5 },
  { not: { attribute: "size", gte: 2.5 } },
  { all: [{ attribute: "product", eq: "coat" }, { not: { attribute: "size", exists: true } }] },
  {
    any: [
      { attribute: "product", eq: "hat" },
      { attribute: "size", gt: 5 },
    ],
  },
];
const define = (metrics: readonly object[]) =>
  defineExperiment({
    ...{ key: "shop", unit: "user", control: "control", variants: { control: null, b: null } },
    metrics: metrics as never,
  });
const at = { unit: "user", at: "at" };
const mapping = { exposures: { ...at, variant: "variant" }, events: { ...at, event: "name" } };
const asCsv = (rows: readonly object[]) => {
  const names = Object.keys(rows[0] ?? {});
  return `${[names, ...rows.map((row) => Object.values(row))].map((row) => row.join(",")).join("\n")}\n`;
};
const read = (metrics: readonly object[], events_: object = mapping.events) => {
  const definition = define(metrics);
  const request = { definition, metrics: definition.metrics, dimensions: [] };
  const own = { ...mapping, events: events_ } as typeof mapping;
  const [seen, done] = [files.file("seen.csv", asCsv(exposures)), files.file("done.csv", asCsv(events))];
  return Promise.all([
    fromRows({ exposures, events }, own).read(request),
    ...(["duckdb", "csv"] as const).map((engine) =>
      fromFile({ exposures: seen, events: done }, own, { engine }).read(request),
    ),
  ]);
};
const numbers = ({ n, mean, comoment }: Moments) => [n, ...mean, ...comoment];

describe("which events count", () => {
  it.each([
    ["every order", mapping.events],
    ["each order's id once", { ...mapping.events, id: "id" }],
  ])("every test says the same in memory, in DuckDB and of a CSV file: %s", async (_, table) => {
    const metrics = conditions.flatMap((where, i) => [
      { key: `n${i}`, type: "count", event: "order", where },
      { key: `s${i}`, type: "mean", event: "order", where, window: { to: 3 } },
    ]);
    const [memory, ...others] = await read(metrics, table);
    expect(memory?.cells).toHaveLength(2);
    for (const other of others) {
      expect(other.excluded).toEqual(memory?.excluded);
      other.cells.forEach(({ moments }, cell) => {
        moments.forEach((own, i) => {
          const wanted = memory?.cells[cell]?.moments[i];
          numbers(own).forEach((each, k) => {
            near(each, numbers(wanted as Moments)[k] ?? Number.NaN, 1e-12);
          });
        });
      });
    }
  });

  it("counts by hand: three tests and what is missing", async () => {
    const first = new Map(exposures.map(({ user, at }) => [user, at]));
    const own = events.filter(({ user, name, at }) => name === "order" && at >= (first.get(user) ?? "9"));
    const total = async (where: object | undefined) => {
      const [memory] = await read([{ key: "n", type: "count", event: "order", ...(where ? { where } : {}) }]);
      return memory?.cells.reduce(
        (sum, { moments }) => sum + (moments[0]?.n ?? 0) * (moments[0]?.mean[0] ?? 0),
        0,
      );
    };
    const by = (keep: (each: (typeof own)[number]) => boolean) => own.filter(keep).length;
    near(
      await total(undefined),
      by(() => true),
      1e-12,
    );
    near(
      await total({ attribute: "product", neq: "coat" }),
      by(({ product }) => product !== "" && product !== "coat"),
      1e-12,
    );
    near(
      await total({ not: { attribute: "product", eq: "coat" } }),
      by(({ product }) => product !== "coat"),
      1e-12,
    );
    near(
      await total({ attribute: "size", gt: 1 }),
      by(({ size }) => Number(size) > 1),
      1e-12,
    );
  });

  it("narrows one side of a ratio, and covariates with the metric", async () => {
    const where = { attribute: "product", eq: "coat" };
    const [memory] = await read([
      {
        key: "share",
        type: "ratio",
        numerator: { event: "order", of: "count", where },
        denominator: { event: "order", of: "count" },
      },
      { key: "coats", type: "count", event: "order", where, covariates: [{ before: "3 days" }] },
      { key: "all", type: "count", event: "order", covariates: [{ before: "3 days" }] },
    ]);
    for (const { moments } of memory?.cells ?? []) {
      const [share, coats, all] = moments;
      expect(share?.mean[0]).toBeLessThan(share?.mean[1] ?? 0);
      expect(coats?.mean[1]).toBeLessThan(all?.mean[1] ?? 0);
    }
  });

  it.each([
    [{ attribute: "product", eqq: "coat" }, "unknown_key metrics.0.where.eqq"],
    [{ attribute: "product" }, "missing_value metrics.0.where"],
    [{ attribute: "at", before: "2026-01-01" }, "unknown_name metrics.0.where.before"],
    [{ attribute: "product", versionLt: "1.0.0" }, "unknown_name metrics.0.where.versionLt"],
    [{ segment: "loyal" }, "unknown_name metrics.0.where.segment"],
    [{ all: [{ attribute: "product", hasAny: ["a"] }] }, "unknown_name metrics.0.where.all.0.hasAny"],
    [{ attribute: "size", gt: "1" }, "wrong_type metrics.0.where.gt"],
    [{ all: [] }, "missing_value metrics.0.where.all.0"],
    ["product = coat", "wrong_type metrics.0.where"],
  ])("refuses %j", (where, wanted) => {
    const found = errorsOf(() => define([{ key: "n", type: "count", event: "order", where }]));
    expect(found.map(({ code, path }) => `${code} ${path.join(".")}`)).toEqual([wanted]);
  });

  it("refuses a column that the events do not have, and a table without events", async () => {
    const metrics = [
      { key: "n", type: "count", event: "order", where: { attribute: "produkt", eq: "coat" } },
    ];
    await expect(read(metrics)).rejects.toMatchObject({
      problems: [{ code: "missing_column", path: ["metrics", "n", "where", "attribute"], near: "product" }],
    });
    const definition = define(metrics);
    const table = fromRows(
      [
        { variant: "b", n: 1 },
        { variant: "control", n: 2 },
      ],
      { variant: "variant" },
    );
    await expect(
      table.read({ definition, metrics: definition.metrics, dimensions: [] }),
    ).rejects.toMatchObject({
      problems: [{ code: "unreadable_where", path: ["metrics", "n", "where"] }],
    });
  });
});
