import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromRows } from "../../src/analysis/index.js";
import type { Cell, Cells, Source } from "../../src/core/cells.js";
import { duckdb } from "../../src/engines/duckdb/index.js";
import { type Engine, fromEvents, fromFile, fromTable } from "../../src/engines/index.js";
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

/** Customers of households: some without one, some households in two arms, some in two channels. */
function customers(count: number): Row[] {
  const random = randomSource("households");
  const below = (n: number) => Math.floor(random.next() * n);
  return Array.from({ length: count }, (_, i) => {
    const house = below(count / 3);
    return {
      customer: i % 90 === 7 ? null : `c${i}`,
      house: i % 50 === 9 ? null : `h${house}`,
      arm: house % 40 === 3 && i % 2 ? "b" : i % 77 === 5 ? null : house % 2 ? "a" : "b",
      channel: below(9) === 0 ? null : ["web", "app"][house % 7 ? house % 2 : below(2)],
      bought: below(3) + (house % 3) > 2,
      spend: below(9) === 0 ? null : below(9_999) / 100 + (house % 5) * 20,
      orders: below(4),
      before: below(5) === 0 ? null : below(100) + (house % 5),
    } as Row;
  });
}
const asked = request(
  [
    metric("bought", "conversion"),
    metric("spend", "mean", { cap: { percentile: 95 }, covariates: [{ column: "before" }] }),
    metric("orders", "count", { cap: 2 }),
    metric("basket", "ratio", { numerator: { column: "spend" }, denominator: { column: "orders" } }),
  ],
  ["channel"],
  ["a", "b"],
);
const mapping = { unit: "customer", cluster: "house", variant: "arm", dimensions: ["channel"] } as const;

/** Numbers to 12 significant digits of their size; a third moment loses some where it is a difference of large ones. */
function close(found: readonly Cell[], expected: readonly Cell[]): void {
  expect(found.map(({ moments: _, ...cell }) => cell)).toEqual(
    expected.map(({ moments: _, ...cell }) => cell),
  );
  found.forEach(({ moments }, at) => {
    moments.forEach((own, i) => {
      const other = expected[at]?.moments[i];
      expect([own.n, own.names, own.nonzero]).toEqual([other?.n, other?.names, other?.nonzero]);
      for (const [key, within] of [
        ["mean", 1e-12],
        ["comoment", 1e-12],
        ["max", 1e-12],
        ["m3", 1e-8],
      ] as const) {
        const size = Math.max(...(other?.[key] ?? []).map(Math.abs));
        own[key]?.forEach((value, j) => {
          expect(Math.abs(value - (other?.[key]?.[j] ?? Number.NaN))).toBeLessThanOrEqual(within * size);
        });
      }
    });
  });
}

async function sameAs(source: Source, expected: Cells): Promise<void> {
  const found = await read(source);
  const { excluded, repeated, cluster, caps } = found;
  const { excluded: left, repeated: met, cluster: column, caps: capped } = expected;
  expect({ excluded, repeated, cluster, caps }).toEqual({
    ...{ excluded: left, repeated: met, cluster: column, caps: capped },
  });
  close(found.cells, expected.cells);
  expect(found.grains?.map(({ dimensions }) => dimensions)).toEqual([[]]);
  close(found.grains?.[0]?.cells ?? [], expected.grains?.[0]?.cells ?? []);
}
const read = (source: Source) => source.read({ ...asked, grains: [[], ["channel"]] });

describe("a table with a column of clusters", () => {
  it("is read alike in memory, CSV, Parquet, DuckDB and PostgreSQL", async () => {
    const rows = customers(600);
    const types = {
      ...{ bought: "BOOLEAN", spend: "DOUBLE PRECISION", orders: "INTEGER" },
      before: "DOUBLE PRECISION",
    };
    const csv = files.csv("houses.csv", rows);
    const expected = await read(fromRows(rows, mapping));
    expect(expected.cluster).toBe("house");
    expect(expected.excluded.missing_cluster).toBeGreaterThan(5);
    expect(expected.excluded.cluster_in_two_variants).toBeGreaterThan(5);
    expect(expected.repeated?.[0]).toMatchObject({ dimension: "channel", counted: "each" });
    await sameAs(fromFile(csv, mapping, { engine: "csv" }), expected);
    await sameAs(fromFile(csv, mapping, { engine: "duckdb" }), expected);
    await sameAs(fromFile(await files.parquet(duck, "houses.parquet", rows, types), mapping), expected);
    for (const engine of [duck, server]) {
      await createTable(engine, "houses", rows, "TEXT", types);
      await sameAs(fromTable(engine, { ...mapping, table: "houses" }, { buckets: 3 }), expected);
    }
  });

  it("needs no column of units: then each row is one, e.g. a touch of a customer", async () => {
    const rows = customers(300);
    const { unit: _, ...touches } = mapping;
    const expected = await read(fromRows(rows, touches));
    await createTable(server, "touches", rows, "TEXT", { bought: "BOOLEAN" });
    await sameAs(fromTable(server, { ...touches, table: "touches" }), expected);
    await sameAs(fromFile(files.csv("touches.csv", rows), touches), expected);
  });

  it("takes one row of a unit, or adds them up, as declared; units that change their cluster are refused", async () => {
    const rows = customers(300).flatMap((row) => [row, row]);
    for (const duplicates of ["first", "sum"] as const) {
      const expected = await read(fromRows(rows, { ...mapping, duplicates }));
      await sameAs(fromFile(files.csv(`${duplicates}.csv`, rows), { ...mapping, duplicates }), expected);
    }
    const torn = [...rows.slice(0, 2), { ...rows[1], house: "elsewhere" } as Row];
    await createTable(duck, "torn", torn, "TEXT", { bought: "BOOLEAN" });
    const summed = { ...mapping, duplicates: "sum" } as const;
    for (const source of [fromRows(torn, summed), fromTable(duck, { ...summed, table: "torn" })])
      await expect(read(source)).rejects.toMatchObject({ code: "duplicate_unit", received: "c0" });
  });

  it("refuses what it cannot read by cluster, and a share that is not of zeros and ones", async () => {
    const rows = customers(60);
    const wrong = request(
      [
        metric("spend", "quantile", { percentile: 50 }),
        metric("orders", "count", { reasons: ["bought"] }),
        metric("bought", "conversion"),
      ],
      [],
      ["a", "b"],
    );
    await expect(fromRows(rows, mapping).read(wrong)).rejects.toMatchObject({
      problems: [
        { code: "not_by_cluster", path: ["metrics", "spend", "type"] },
        { code: "not_by_cluster", path: ["metrics", "orders", "reasons"] },
      ],
    });
    const two = files.csv("two.csv", [...rows, { ...rows[0], bought: 2 } as unknown as Row]);
    const { unit: _, ...touches } = mapping;
    for (const engine of ["csv", "duckdb"] as const)
      await expect(read(fromFile(two, touches, { engine }))).rejects.toMatchObject({ code: "not_binary" });
  });
});

describe("exposures with a column of clusters", () => {
  it("are read alike in memory, CSV, DuckDB and PostgreSQL", async () => {
    const rows = customers(400);
    const exposures = rows.map((row, i) => ({ ...row, seen: 1_700_000_000 + (i % 50) }));
    const events = rows.flatMap(({ customer, spend, orders }, i) =>
      Array.from({ length: Number(orders) }, () => ({
        ...{ customer, name: "order", value: spend },
        at: 1_700_000_000 + ((i * 7) % 3000),
      })),
    );
    const wanted = {
      ...request(
        [
          metric("bought", "conversion", { event: "order" }),
          metric("spend", "mean", { event: "order", covariates: [{ before: "2 days" }] }),
          metric("order", "count"),
        ],
        ["channel"],
        ["a", "b"],
      ),
      grains: [[]],
    };
    const seen = { ...mapping, at: "seen" };
    const done = { unit: "customer", at: "at", event: "name" };
    const expected = await fromRows({ exposures, events }, { exposures: seen, events: done }).read(wanted);
    expect(expected.excluded.cluster_in_two_variants).toBeGreaterThan(0);
    const whole = (source: Source) => ({ read: () => source.read(wanted) }) as unknown as Source;
    const paths = {
      exposures: files.csv("seen.csv", exposures as unknown as Row[]),
      events: files.csv("done.csv", events as unknown as Row[]),
    };
    const mapped = { exposures: seen, events: done };
    for (const engine of ["csv", "duckdb"] as const)
      await sameAs(whole(fromFile(paths, mapped, { engine })), expected);
    await createTable(server, "seen", exposures as unknown as Row[], "TEXT", {});
    await createTable(server, "done", events as unknown as Row[], "TEXT", {});
    await sameAs(
      whole(
        fromEvents(server, { exposures: { ...seen, table: "seen" }, events: { ...done, table: "done" } }),
      ),
      expected,
    );
  });
});
