import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromRows } from "../../src/analysis/index.js";
import type { Cells, Source } from "../../src/core/cells.js";
import type { TableMapping } from "../../src/core/data-mapping.js";
import { duckdb } from "../../src/engines/duckdb/index.js";
import { type Engine, fromFile, fromTable } from "../../src/engines/index.js";
import { ExperimentError } from "../../src/errors/index.js";
import { randomSource } from "../../src/random/index.js";
import { postgres } from "../sql/support/postgres.js";
import { createTable } from "../sql/support/tables.js";
import { Fixtures } from "./support/fixtures.js";
import { metric, type Row, request } from "./support/messy.js";

const files = new Fixtures();
let duck: Engine;
let server: Engine;
beforeAll(async () => {
  [duck, server] = await Promise.all([duckdb(), postgres()]);
});
afterAll(async () => {
  await Promise.all([duck.close(), server.close()]);
  files.remove();
});

/** Orders: some units once, some often, some in two arms, some nowhere, with what is missing in some rows. */
function orders(): Row[] {
  const random = randomSource("duplicates");
  const below = (n: number) => Math.floor(random.next() * n);
  return Array.from({ length: 400 }, (_, i) => {
    const unit = below(150);
    return {
      unit: i % 90 === 7 ? null : `u${unit}`,
      arm: unit % 50 === 3 && i % 2 ? "b" : i % 77 === 5 ? null : unit % 2 ? "a" : "b",
      channel: below(5) === 0 ? null : (["web", "app"][unit % 7 ? unit % 2 : below(2)] ?? null),
      bought: below(3) === 0,
      spend: below(9) === 0 ? null : below(9_999) / 100,
      orders: below(4),
    };
  });
}
const asked = request(
  [
    metric("bought", "conversion"),
    metric("spend", "mean"),
    metric("orders", "count"),
    metric("basket", "ratio", { numerator: { column: "spend" }, denominator: { column: "orders" } }),
  ],
  ["channel"],
  ["a", "b"],
);
const mapping = { unit: "unit", variant: "arm", dimensions: ["channel"] } as const;

async function everywhere(
  rows: readonly Row[],
  changed: TableMapping,
  name: string,
): Promise<Record<string, Source>> {
  const types = { bought: "BOOLEAN", spend: "DOUBLE PRECISION", orders: "INTEGER" };
  const csv = files.csv(`${name}.csv`, rows);
  const parquet = await files.parquet(duck, `${name}.parquet`, rows, types);
  const tables: Record<string, Source> = {};
  for (const [which, engine] of Object.entries(changed.duplicates === "first" ? {} : { duck, server })) {
    await createTable(engine, name, rows, "TEXT", types);
    tables[which] = fromTable(engine, { ...changed, table: name }, { buckets: 3 });
  }
  return {
    rows: fromRows(rows, changed),
    csv: fromFile(csv, changed, { engine: "csv" }),
    duckdb: fromFile(csv, changed, { engine: "duckdb", buckets: 2 }),
    parquet: fromFile(parquet, changed),
    ...tables,
  };
}

async function answerOf(source: Source) {
  const { cells, excluded } = (await source.read(asked)) as Cells;
  return {
    excluded,
    cells: cells.map(({ variant, levels, units, moments }) => ({
      ...{ variant, levels, units },
      moments: moments.map(({ n, mean, comoment }) =>
        [n, ...mean, ...comoment].map((each) => Number(each.toPrecision(11))),
      ),
    })),
  };
}

/** The same orders, brought to one row per unit by hand. */
function gathered(
  rows: readonly Row[],
  way: "first" | "sum",
): { readonly rows: Row[]; readonly repeated: number } {
  const byUnit = new Map<unknown, Row[]>();
  const whole: Row[] = [];
  for (const row of rows) {
    if (row.unit === null || row.arm === null) whole.push(row);
    else byUnit.set(row.unit, [...(byUnit.get(row.unit) ?? []), row]);
  }
  let repeated = 0;
  for (const [unit, own] of byUnit) {
    const [first = {}, other] = own;
    if (new Set(own.map(({ arm }) => arm)).size > 1)
      whole.push(...own.slice(0, 1), { ...first, arm: first.arm === "a" ? "b" : "a" });
    else if (way === "first" || !other) {
      whole.push(first);
      repeated += own.length - 1;
    } else {
      const numbers = (name: string) => own.flatMap((row) => (row[name] === null ? [] : [Number(row[name])]));
      const total = (name: string) =>
        numbers(name).length > 0 ? numbers(name).reduce((a, b) => a + b) : null;
      const levels = [
        ...new Set(
          own.flatMap(({ channel }) => (channel === null || channel === undefined ? [] : [channel])),
        ),
      ];
      whole.push({
        ...{ unit: String(unit), arm: first.arm ?? null, bought: own.some(({ bought }) => bought === true) },
        channel: levels.length > 1 ? "(several)" : (levels[0] ?? null),
        ...{ spend: total("spend"), orders: total("orders") },
      });
    }
  }
  return { rows: whole, repeated };
}

describe.each(["first", "sum"] as const)("a table with several rows of a unit, declared %s", (duplicates) => {
  it("is read like the table of one row per unit, wherever it lies", async () => {
    const rows = orders();
    const { rows: whole, repeated } = gathered(rows, duplicates);
    const expected = await answerOf(fromRows(whole, mapping));
    expect(repeated).toBe(duplicates === "first" ? repeated || -1 : 0);
    const excluded = repeated > 0 ? { ...expected.excluded, rows_repeated: repeated } : expected.excluded;
    if (duplicates === "sum")
      expect(expected.cells.some(({ levels }) => levels[0] === "(several)")).toBe(true);
    for (const [name, source] of Object.entries(
      await everywhere(rows, { ...mapping, duplicates }, duplicates),
    ))
      expect([name, await answerOf(source)]).toEqual([name, { ...expected, excluded }]);
  });
});

describe("several rows of a unit", () => {
  it("are refused where nothing is declared, with their count and what to declare", async () => {
    for (const source of Object.values(await everywhere(orders(), mapping, "undeclared"))) {
      const error = await source.read(asked).catch((thrown: unknown) => thrown);
      if (!(error instanceof ExperimentError)) throw error;
      expect(error).toMatchObject({ code: "duplicate_unit", path: ["data", "unit"], received: "u0" });
      expect(error.message).toMatch(/\d+ times.*"duplicates": "first".*"sum"/);
    }
  });

  it("of two definition versions are not added up", async () => {
    const rows = [1, 1, 2].map((version, i) => ({ unit: `u${i && 1}`, arm: "a", version, spend: 1 }));
    const spend = request([metric("spend", "mean")], [], ["a", "b"]);
    const changed = { unit: "unit", variant: "arm", version: "version", duplicates: "sum" } as const;
    await createTable(duck, "versions", rows, "TEXT", {});
    for (const source of [fromRows(rows, changed), fromTable(duck, { ...changed, table: "versions" })])
      await expect(source.read(spend)).rejects.toMatchObject({ code: "duplicate_unit", received: "u1" });
  });

  it("need a unit, and the first of them an order", () => {
    expect(() => fromRows([], { variant: "arm", duplicates: "sum" })).toThrow(/data\.unit: /);
    expect(() => fromTable(duck, { ...mapping, table: "x", duplicates: "first" })).toThrow(
      /data\.duplicates: .*"sum"/,
    );
  });
});

describe("a dimension", () => {
  it.each([
    ["Kanal", { channel: "Kanal" }],
    ["channel", { channel: "Kanal" }],
  ])("%s that is named the wrong way round is refused with the right one", async (name, dimensions) => {
    const source = fromRows(orders(), { unit: "unit", variant: "arm", duplicates: "sum", dimensions });
    await expect(source.read({ ...asked, dimensions: [name] })).rejects.toThrow(/write {"Kanal": "channel"}/);
  });
});
