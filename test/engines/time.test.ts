import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromCells, fromRows } from "../../src/analysis/index.js";
import type { CellsRequest, Source, TimeCells } from "../../src/core/cells.js";
import type { EventsMapping } from "../../src/core/data-mapping.js";
import type { Moments } from "../../src/core/moments.js";
import { duckdb } from "../../src/engines/duckdb/index.js";
import { type Engine, fromEvents, fromFile } from "../../src/engines/index.js";
import { at, dayMapping, madeDays } from "../analysis/made-days.js";
import { postgres } from "../sql/support/postgres.js";
import { createTable } from "../sql/support/tables.js";
import { Fixtures } from "./support/fixtures.js";
import { metric, request } from "./support/messy.js";

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

const law = (chance: number) => () => ({ chance, amount: 9 });
const made = madeDays([law(0.3), law(0.4)], { seed: "time", units: 150, days: 9, arrive: 6 });
const rows = {
  exposures: [
    ...made.exposures.map((row, i) => ({ ...row, version: (i % 3) + 1 })),
    // Seen again later, seen in both, of a variant that is not known of, and without a time.
    ...[0, 1, 2].map((i) => ({ ...made.exposures[i], at: at(11), version: 2 })),
    { user: "u3", variant: "new", at: at(2), version: 1 },
    { user: "u3", variant: "old", at: at(3), version: 1 },
    { user: "lost", variant: "new", at: null, version: 1 },
  ],
  events: made.events.flatMap((row, i) => [
    { ...row, id: `e${i}`, product: i % 3 ? "hat" : "coat" },
    ...(i % 9 === 0 ? [{ ...row, at: at(13), id: `e${i}`, product: "coat" }] : []),
    { ...row, at: at(-2 + (i % 3)), id: null, product: "hat" },
  ]),
};
const order = { event: "order" };
const metrics = [
  metric("bought", "conversion", order),
  metric("orders", "count", order),
  metric("revenue", "mean", { ...order, covariates: [{ before: "3 days" }] }),
  metric("capped", "mean", { ...order, cap: { percentile: 80 } }),
  metric("coats", "mean", { ...order, where: { attribute: "product", eq: "coat" } }),
  metric("basket", "ratio", { numerator: order, denominator: { ...order, of: "count" } }),
  metric("second_week", "mean", { ...order, window: { from: 2, to: 5 } }),
  metric("back", "retention", { ...order, days: 2 }),
  metric("median", "quantile", { ...order, percentile: 50 }),
];
const asked = request(metrics, [], ["old", "new"]);
const mapping: EventsMapping = {
  exposures: { ...dayMapping.exposures, version: "version" },
  events: { ...dayMapping.events, id: "id" },
  ...{ time: { days: 6 }, until: at(14.5) },
};

const timeOf = async (source: Source, wanted: CellsRequest = asked): Promise<TimeCells> => {
  const { time } = await source.read(wanted);
  if (!time) throw new Error("nothing over time");
  return time;
};

function expectAlike(found: TimeCells, expected: TimeCells): void {
  const named = ({ slices, ...rest }: TimeCells) => ({
    ...rest,
    slices: slices.map(({ arms, ...slice }) => [
      slice,
      arms.map(({ variant, definitionVersion, moments: { n, names, nonzero } }) => [
        ...[variant, definitionVersion, n, names, nonzero],
      ]),
    ]),
  });
  expect(named(found)).toEqual(named(expected));
  const numbers = ({ mean, comoment, m3 = [] }: Moments) => [...mean, ...comoment, ...m3];
  found.slices.forEach(({ arms }, i) => {
    arms.forEach(({ moments }, j) => {
      const other = expected.slices[i]?.arms[j]?.moments;
      if (!other) throw new Error("no such arm");
      const scale = Math.max(1, ...numbers(other).map(Math.abs));
      numbers(moments).forEach((each, k) => {
        expect(Math.abs(each - (numbers(other)[k] ?? Number.NaN)) / scale).toBeLessThan(1e-12);
      });
    });
  });
}

describe("outcomes over time", () => {
  it("are the same moments wherever the rows lie", async () => {
    const expected = await timeOf(fromRows(rows, mapping));
    expect(expected).toMatchObject({ days: 6, by: "day" });
    const both = {
      exposures: files.csv("seen.csv", rows.exposures),
      events: files.csv("done.csv", rows.events),
    };
    const sources = [
      fromFile(both, mapping, { engine: "csv" }),
      fromFile(both, mapping, { engine: "duckdb" }),
      fromFile(both, mapping, { engine: "duckdb", buckets: 3 }),
    ];
    for (const engine of [duck, server]) {
      await createTable(engine, "seen", rows.exposures, "TEXT", { version: "INTEGER" });
      await createTable(engine, "done", rows.events, "TEXT", { value: "DOUBLE PRECISION" });
      sources.push(
        fromEvents(engine, {
          ...mapping,
          exposures: { ...mapping.exposures, table: "seen" },
          events: { ...mapping.events, table: "done" },
        }),
      );
    }
    for (const source of sources) expectAlike(await timeOf(source), expected);
  });

  it("leave what is read without them as it is", async () => {
    const { time: _, ...without } = mapping;
    const { time: __, ...cells } = await fromRows(rows, mapping).read(asked);
    expect(cells).toEqual(await fromRows(rows, without).read(asked));
  });

  it("are those of the rows until then, of that day, and of that day since exposure", async () => {
    const plain = request(metrics.slice(0, 2), [], ["old", "new"]);
    const { slices } = await timeOf(fromRows(rows, mapping), plain);
    const momentsOf = async (given: typeof rows, more: object, wanted = plain) => {
      const { cells } = await fromRows(given, { ...dayMapping, ...more } as EventsMapping).read(wanted);
      return cells.map(({ moments }) => moments[0]);
    };
    const { version: _, ...exposures } = mapping.exposures;
    const bare = { exposures, events: mapping.events };
    const merged = (kind: string, day: string) => {
      const slice = slices.find((each) => each.kind === kind && each.at === day && each.metric === "orders");
      return ["old", "new"].map((variant) => {
        const own = (slice?.arms ?? [])
          .filter((arm) => arm.variant === variant)
          .map(({ moments }) => moments);
        const n = own.reduce((sum, each) => sum + each.n, 0);
        return [n, own.reduce((sum, each) => sum + each.n * (each.mean[0] ?? 0), 0)];
      });
    };
    const told = (list: readonly (Moments | undefined)[]) =>
      list.map((each) => [each?.n, Math.round((each?.n ?? 0) * (each?.mean[0] ?? 0))]);
    const orders = request([metrics[1] ?? metric("orders", "count")], [], ["old", "new"]);
    const until = (end: string) => ({
      exposures: rows.exposures.filter((row) => row.at === null || (row.at ?? "") < end),
      events: rows.events.filter((row) => row.at < end),
    });
    const fourth = told(await momentsOf(until(at(4)), bare, orders));
    expect(merged("cumulative", at(3).slice(0, 10)).map((pair) => pair.map(Math.round))).toEqual(fourth);
    const onDay = { ...until(at(4)), events: until(at(4)).events.filter((row) => row.at >= at(3)) };
    expect(merged("during", at(3).slice(0, 10)).map((pair) => pair.map(Math.round))).toEqual(
      told(await momentsOf(onDay, bare, orders)),
    );
    const seen = { ...rows, exposures: rows.exposures.filter((row) => (row.at ?? "") <= at(8.5)) };
    const third = request(
      [metric("orders", "count", { ...order, window: { from: 2, to: 3 } })],
      [],
      ["old", "new"],
    );
    // The later of two exposures does not matter: units seen twice were seen first before.
    expect(merged("since", "2").map((pair) => pair.map(Math.round))).toEqual(
      told(await momentsOf(seen, bare, third)),
    );
  });

  it("come in weeks over a longer time, and are refused over far too long a one", async () => {
    const old = {
      ...rows,
      exposures: [...rows.exposures, { ...made.exposures[5], user: "old", at: at(-90), version: 1 }],
    };
    const weeks = await timeOf(fromRows(old, mapping));
    expect(weeks.by).toBe("week");
    expect(weeks.slices[0]?.at).toBe("2025-10-06");
    const ancient = {
      ...rows,
      exposures: [{ ...made.exposures[5], user: "old", at: "1999-01-01", version: 1 }, ...rows.exposures],
    };
    await expect(fromRows(ancient, mapping).read(asked)).rejects.toMatchObject({
      code: "over_limit",
      path: ["data", "time", "by"],
    });
  });

  it("go through ready-made cells", async () => {
    const cells = await fromRows(rows, mapping).read(asked);
    const again = await timeOf(fromCells(JSON.parse(JSON.stringify(cells))));
    expect(again).toEqual(cells.time);
    const [first] = cells.time?.slices ?? [];
    const bad = { ...cells, time: { ...cells.time, slices: [{ ...first, metric: "basket" }] } };
    await expect(fromCells(bad).read(asked)).rejects.toMatchObject({ code: "wrong_length" });
  });

  it.each([
    [{ days: 1 }, "out_of_range"],
    [{ days: 61 }, "out_of_range"],
    [{ days: 20 }, "out_of_range"],
    [{ days: 7, by: "month" }, "unknown_name"],
    [{ day: 7 }, "unknown_key"],
  ])("%j is refused", (time, code) => {
    const given = { ...mapping, windowDays: 14, time } as EventsMapping;
    expect(() => fromRows(rows, given)).toThrow(expect.objectContaining({ code }));
  });
});
