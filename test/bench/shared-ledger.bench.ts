import { defineExperiment } from "essai";
import { createBandit, decide, thompson } from "essai/bandits";
import { type LedgerStore, shareLedger } from "essai/stores";
import { postgresStore } from "essai/stores/postgres";
import { redisStore } from "essai/stores/redis";
import { Redis } from "ioredis";
import pg from "pg";
import { hasServer, startServer } from "../stores/servers/server.mjs";
import type { BenchRow } from "./harness.js";

/** `PENDING=10000000 npm run bench -- shared-ledger` takes as many. */
const COUNT = Number(process.env.PENDING ?? 1_000_000);
const MILLIONS = COUNT / 1_000_000;
const HOURS = 48;
const start = Date.UTC(2026, 10, 21);

const definition = defineExperiment({
  key: "bench",
  unit: "userId",
  control: "a",
  variants: Object.fromEntries("abcdefghij".split("").map((arm) => [arm, null])),
  policy: "thompson",
});
const bandit = createBandit(definition, { thompson });

/** Decisions, made evenly over ten hours, with a context; then, all at once, their windows have closed. */
async function settled(store: LedgerStore, sizeOf: () => Promise<number>) {
  let now = start;
  const ledger = shareLedger({ reward: bandit }, store, {
    ...{ source: "bench", clock: () => now, windowHours: HOURS, combine: "max", every: 0, timeout: 60_000 },
  });
  const before = await sizeOf();
  const made = decide(bandit, { unitId: "user-0", occasion: "1", now: new Date(now) });
  const [head, tail] = made.id.split("user-0");
  for (let i = 0; i < COUNT; i++) {
    now = start + Math.floor((i * 36) / MILLIONS);
    const id = `${head}user-${i}${tail}`;
    const action = { variant: "abcdefghij"[i % 10] ?? "a" };
    const context = { device: i % 3 === 0 ? "ios" : "android", hour: i % 24 };
    ledger.decision({ ...made, id, action, context, at: new Date(now).toISOString() });
    if (i % 20 === 0)
      ledger.reward({ decisionId: id, id: "click", value: 1, at: new Date(now + 60_000).toISOString() });
    if (i % 50_000 === 0) await ledger.sync();
  }
  const { pending, problem } = await ledger.sync();
  if (pending !== COUNT) throw problem ?? new Error(`${pending} decisions wait`);
  const server = (await sizeOf()) - before;
  const filled = process.memoryUsage().rss;
  now = start + (HOURS + 11) * 3_600_000;
  const began = performance.now();
  const { pending: left, problem: why } = await ledger.sync();
  const seconds = (performance.now() - began) / 1000;
  const { rewards, sums } = ledger.bandits.reward;
  const wins = sums.reduce((sum, [won]) => sum + (won ?? 0), 0);
  if (left !== 0 || rewards !== COUNT || wins !== COUNT / 20)
    throw why ?? new Error(`${left} are left, ${rewards} learned, ${wins} of them won`);
  await ledger.close();
  return { server, process: filled, seconds };
}

type Settled = Awaited<ReturnType<typeof settled>>;

const group = "stores";
const rows = (name: string, { server, process, seconds }: Settled): BenchRow[] => [
  {
    ...{ group, unit: "B", atMost: 200 },
    name: `memory of a pending decision, ${name}`,
    value: server / COUNT,
    note: `of ${MILLIONS} M, ids of decide, a context of two fields, a reward of every twentieth`,
  },
  {
    ...{ group, unit: "MB" },
    name: `the process that holds ${MILLIONS} M pending of ${name}`,
    value: process / 1e6,
    note: "resident, all shards in one process",
  },
  {
    ...{ group, unit: "s", atMost: 5 * MILLIONS },
    name: `${MILLIONS} M pending settled through ${name}`,
    value: seconds,
    note: "one process, eight shards; their windows close at once",
  },
];

async function redisRows(): Promise<BenchRow[]> {
  if (!hasServer("redis")) return [];
  const server = await startServer("redis");
  const client = new Redis(server.port, "127.0.0.1");
  try {
    const sizeOf = async () => Number(/used_memory:(\d+)/.exec(await client.info("memory"))?.[1]);
    return rows("Redis", await settled(redisStore(client), sizeOf));
  } finally {
    client.disconnect();
    await server.stop();
  }
}

async function postgresRows(): Promise<BenchRow[]> {
  if (!hasServer("postgres")) return [];
  const server = await startServer("postgres");
  const pool = new pg.Pool({ host: "127.0.0.1", port: server.port, user: "essai", database: "postgres" });
  try {
    const sizeOf = async () => {
      const { rows: found } = await pool.query("SELECT pg_database_size('postgres') AS size");
      return Number(found[0]?.size);
    };
    return rows("PostgreSQL", await settled(postgresStore(pool), sizeOf));
  } finally {
    await pool.end();
    await server.stop();
  }
}

/** A ledger that is shared through a server. */
export async function bench(): Promise<BenchRow[]> {
  return [...(await redisRows()), ...(await postgresRows())];
}
