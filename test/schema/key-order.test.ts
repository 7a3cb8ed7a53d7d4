import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { analyze, fromCells, fromRows } from "../../src/analysis/index.js";
import type { Json } from "../../src/core/json.js";
import { randomSource } from "../../src/random/index.js";
import { toCsv, toText } from "../../src/report/index.js";
import { parseCatalogue, parseExperiment, parseReport } from "../../src/schema/index.js";
import { reordered } from "../../src/testing/reordered.js";

const file = {
  key: "offer",
  unit: "userId",
  variants: { control: null, voucher: { percent: 10, text: "now" }, ﬀ: null, "😀": null },
  allocation: { "😀": 0.1, ﬀ: 0.2, control: 0.4, voucher: 0.3 },
  attributes: { country: ["fr", "de"], age: "number" },
  segments: { young: { attribute: "age", lt: 30 }, french: { attribute: "country", eq: "fr" } },
  audience: { any: [{ segment: "young" }, { attribute: "age", lte: 64, gte: 40 }] },
  metrics: [
    { key: "bought", type: "conversion" },
    { key: "basket", type: "ratio", numerator: { column: "spent" }, denominator: { column: "items" } },
  ],
  data: {
    unit: "id",
    variant: { column: "arm", values: { B: "voucher", A: "control", D: "😀", C: "ﬀ" }, unknown: "ignore" },
    dimensions: { channel: "canal", region: "région" },
  },
};
const rows = Array.from({ length: 240 }, (_, i) => ({
  id: `u${i}`,
  arm: "ABCDX"[i % 5],
  bought: i % 7 === 0 ? 1 : 0,
  spent: (i * 37) % 50,
  items: 1 + (i % 3),
  canal: i % 2 ? "web" : "mail",
  région: i % 3 ? "nord" : "sud",
}));

let database: PGlite;
beforeAll(async () => {
  database = await PGlite.create();
});
afterAll(() => database.close());

/** A value after a stay in a store that orders keys by length and bytes. */
async function stored<T>(value: T): Promise<T> {
  const { rows: found } = await database.query<{ value: T }>("SELECT $1::jsonb AS value", [
    JSON.stringify(value),
  ]);
  return found[0]?.value as T;
}

/** The same value with its keys in other orders, at every depth. */
async function orders<T extends Json | object>(value: T): Promise<T[]> {
  const plain = JSON.parse(JSON.stringify(value)) as T;
  return [...["a", "b", "c"].map((seed) => reordered(plain, randomSource(seed))), await stored(plain)];
}

const reportOf = async (given: typeof file) => {
  const { definition, data } = parseExperiment(given);
  return analyze({
    experiment: definition,
    source: fromRows(rows, data as never),
    dimensions: ["channel", "region"],
  });
};
const cellsOf = async (given: typeof file) => {
  const { definition, data } = parseExperiment(given);
  const { metrics } = definition;
  return fromRows(rows, data as never).read({ definition, metrics, dimensions: ["channel", "region"] });
};
const told = (report: Parameters<typeof toText>[0]) =>
  toText(report, { cells: Number.MAX_SAFE_INTEGER } as never);

describe("the order of keys has no meaning", () => {
  it("in an experiment file and a catalogue: the same definition, ranges and all", async () => {
    const { definition } = parseExperiment(file);
    for (const other of await orders(file)) {
      expect(parseExperiment(other).definition.ranges).toEqual(definition.ranges);
      expect(parseExperiment(other)).toEqual(parseExperiment(file));
    }
    const catalogue = { experiments: [definition], segments: file.segments };
    for (const other of await orders(catalogue))
      expect(parseCatalogue(other)).toEqual(parseCatalogue(catalogue as never));
  });

  it("in a mapping: the same report, word for word", async () => {
    const usual = told(await reportOf(file));
    for (const other of await orders(file)) expect(told(await reportOf(other))).toBe(usual);
  });

  it("in cells: the same report, word for word", async () => {
    const { definition } = parseExperiment(file);
    const cells = await cellsOf(file);
    const read = async (json: unknown) =>
      told(
        await analyze({ experiment: definition, source: fromCells(json), dimensions: ["channel", "region"] }),
      );
    const usual = await read(cells);
    for (const other of await orders(cells)) expect(await read(other)).toBe(usual);
  });

  it("in a report: it is told in the same words", async () => {
    const report = await reportOf(file);
    for (const other of await orders(report)) {
      expect(told(parseReport(other))).toBe(told(report));
      expect(toCsv(parseReport(other))).toBe(toCsv(report));
    }
  });
});
