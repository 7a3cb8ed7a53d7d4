import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { duckdb } from "../../src/engines/duckdb/index.js";
import type { Engine } from "../../src/engines/index.js";
import { randomSource } from "../../src/random/index.js";
import { type BehaviourEvent, behaviours, readBehaviours } from "../../src/segments/index.js";
import { postgres } from "../sql/support/postgres.js";

const random = randomSource("events");
const pick = <T>(list: readonly T[]): T => list[Math.floor(list.length * random.next())]!;
const start = Date.parse("1969-12-20T00:00:00Z");

/** Of forty units, some without any event before their exposure, two without an exposure; days before 1970 among them. */
const events: readonly BehaviourEvent[] = Array.from({ length: 600 }, () => ({
  unit: `u${Math.floor(42 * random.next())}`,
  at: new Date(start + Math.floor(60 * 86_400 * random.next()) * 1000).toISOString(),
  event: pick(["visit", "visit", "purchase", "return", "opened"]),
  amount: Math.round(4000 * random.next()) / 4,
  channel: pick(["web", "shop", "Éclair", "app"]),
  discount: random.next() < 0.4,
}));
const before: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from({ length: 41 }, (_, i) => [
    `u${i}`,
    i % 10 === 0 ? "1969-12-01T00:00:00Z" : new Date(start + (i + 10) * 86_400_000).toISOString(),
  ]),
);
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
const rows = events.map(
  ({ unit, at, event, amount, channel, discount }) =>
    `(${quoted(unit)}, ${quoted(String(at))}, ${quoted(event)}, ${amount}, ${quoted(channel!)}, ${discount})`,
);
const tables = (time: string) => [
  `CREATE TABLE deeds (customer VARCHAR, "at" ${time}, event VARCHAR, revenue DOUBLE PRECISION, channel VARCHAR, discount BOOLEAN)`,
  `INSERT INTO deeds VALUES ${rows.join(", ")}`,
  `CREATE TABLE met (customer VARCHAR, exposed_at ${time})`,
  `INSERT INTO met VALUES ${Object.entries(before)
    .map(([unit, at]) => `(${quoted(unit)}, ${quoted(at)})`)
    .join(", ")}, ('u3', '1971-01-01T00:00:00Z')`,
];
const columns = { unit: "customer", amount: "revenue" };
const exposures = { relation: { table: "met" }, unit: "customer", at: "exposed_at" };

const opened: Readonly<Record<string, () => Promise<Engine>>> = {
  async DuckDB() {
    const engine = await duckdb();
    for (const sql of tables("VARCHAR")) await engine.query(sql);
    return engine;
  },
  async PostgreSQL() {
    const engine = await postgres();
    for (const sql of tables("TIMESTAMPTZ")) await engine.query(sql);
    return engine;
  },
};

describe.each(Object.entries(opened))("behaviours in %s", (_, open) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await open();
  }, 60_000);
  afterAll(() => engine.close());

  it("are those of events in memory, from each unit's own exposure", async () => {
    const expected = behaviours(events, { before });
    expect(expected.attributes.frequency.some((n) => n > 2)).toBe(true);
    expect(expected.attributes.tenure_days).toContain(null);
    expect(await readBehaviours(engine, { events: { table: "deeds" }, before: exposures, columns })).toEqual(
      expected,
    );
  });

  it("are those of events in memory, from one time for all", async () => {
    const one = "1970-01-05T12:00:00Z";
    const found = await readBehaviours(engine, { events: { table: "deeds" }, before: one, columns });
    expect(found).toEqual(behaviours(events, { before: one }));
  });

  it("take a table without amounts, channels and discounts, and refuse columns that are not there", async () => {
    await engine.query('CREATE TABLE bare AS SELECT customer AS unit, "at", event FROM deeds');
    const { attributes } = await readBehaviours(engine, { events: { table: "bare" }, before: exposures });
    const bare = events.map(({ unit, at, event }) => ({ unit, at, event }));
    expect(attributes).toEqual(behaviours(bare, { before }).attributes);
    const asked = { events: { table: "bare" }, before: exposures };
    await expect(readBehaviours(engine, { ...asked, columns: { amount: "revenue" } })).rejects.toMatchObject({
      ...{ code: "missing_column", path: ["columns", "amount"] },
    });
    await expect(
      readBehaviours(engine, { ...asked, before: { ...exposures, at: "exposed" } }),
    ).rejects.toMatchObject({ code: "missing_column", path: ["before", "at"] });
    await expect(readBehaviours(engine, { ...asked, before: "soon" })).rejects.toMatchObject({
      ...{ code: "not_a_time", path: ["before"] },
    });
  });
});
