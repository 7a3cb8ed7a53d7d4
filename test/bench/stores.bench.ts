import { setImmediate } from "node:timers/promises";
import { PGlite } from "@electric-sql/pglite";
import { defineExperiment } from "essai";
import { createBandit, decide, type Outcome, takeDelta, thompson, update, withSource } from "essai/bandits";
import { type BanditStore, memoryStore, shareBandit } from "essai/stores";
import { postgresStore } from "essai/stores/postgres";
import { redisStore } from "essai/stores/redis";
import { Redis } from "ioredis";
import pg from "pg";
import { hasServer, startServer } from "../stores/servers/server.mjs";
import type { BenchRow } from "./harness.js";

const BATCH = 1_000;
const ROUNDS = 200;

const definition = defineExperiment({
  key: "bench",
  unit: "userId",
  control: "a",
  variants: Object.fromEntries("abcdefghij".split("").map((arm) => [arm, null])),
  policy: "thompson",
});
const bandit = createBandit(definition, { thompson });
const batch: Outcome[] = Array.from({ length: BATCH }, (_, i) => ({
  variant: "abcdefghij"[i % 10] ?? "a",
  reward: i % 3 === 0 ? 1 : 0,
}));

/** Rewards a second that a hub merges into a store by deltas of a thousand, one after the other: wall time. */
async function mergedPerSecond(store: BanditStore): Promise<number> {
  let state = withSource(bandit, "bench");
  const deltas = Array.from({ length: ROUNDS }, () => {
    const taken = takeDelta(update(state, batch));
    state = taken.state;
    if (!taken.delta) throw new Error("a thousand rewards make a delta");
    return taken.delta;
  });
  const hub = shareBandit(bandit, store, { every: 0 });
  const start = performance.now();
  for (const delta of deltas) await hub.merge(delta);
  const seconds = (performance.now() - start) / 1000;
  await hub.sync();
  if (hub.bandit.rewards !== ROUNDS * BATCH) throw new Error(`${hub.bandit.rewards} rewards arrived`);
  return (ROUNDS * BATCH) / seconds;
}

const DECISIONS = 400_000;
const CHUNK = 1_000;
/** What a busy worker decides in a second. */
const EXCHANGE = 100_000;

/** Decisions a CPU-second of a worker that, if `live`, learns and exchanges as another one does, every 100,000 decisions. */
async function decisionsPerSecond(live: boolean): Promise<number> {
  const store = memoryStore();
  const [worker, other] = ["worker", "other"].map((source) =>
    shareBandit(bandit, store, { source, every: 0 }),
  );
  if (!worker || !other) throw new Error("two workers share it");
  worker.learn(batch);
  await worker.sync();
  const now = new Date(0);
  const cpu = process.cpuUsage();
  let played = 0;
  for (let i = 0; i < DECISIONS; i++) {
    played += decide(worker.bandit, { unitId: `user-${i}`, occasion: "1", now }).propensity;
    if (i % CHUNK > 0) continue;
    if (live) {
      worker.learn(batch.slice(0, 10));
      other.learn(batch.slice(0, 10));
      if (i % EXCHANGE === 0) void other.sync().then(() => worker.sync());
    }
    await setImmediate();
  }
  const { user, system } = process.cpuUsage(cpu);
  await Promise.all([worker.close(), other.close()]);
  if (!(played > 0)) throw new Error("nothing was played");
  return DECISIONS / ((user + system) / 1e6);
}

async function kept(): Promise<number> {
  const ratios: number[] = [];
  for (let i = 0; i < 7; i++)
    ratios.push((await decisionsPerSecond(true)) / (await decisionsPerSecond(false)));
  return ratios.sort((a, b) => a - b)[3] ?? 0;
}

async function redisRow(): Promise<BenchRow[]> {
  if (!hasServer("redis")) return [];
  const server = await startServer("redis");
  const client = new Redis(server.port, "127.0.0.1");
  try {
    const value = await mergedPerSecond(redisStore(client));
    const note = "Redis 7 on the loopback, append-only file, deltas of 1,000 rewards";
    return [
      { group: "stores", name: "rewards merged through Redis", value, unit: "/ s", atLeast: 1e6, note },
    ];
  } finally {
    client.disconnect();
    await server.stop();
  }
}

async function postgresRow(): Promise<BenchRow[]> {
  if (!hasServer("postgres")) return [];
  const server = await startServer("postgres");
  const pool = new pg.Pool({ host: "127.0.0.1", port: server.port, user: "essai", database: "postgres" });
  try {
    const value = await mergedPerSecond(postgresStore(pool));
    const note = "PostgreSQL on the loopback, commits forced onto the disk, deltas of 1,000 rewards";
    return [
      { group: "stores", name: "rewards merged through PostgreSQL", value, unit: "/ s", atLeast: 2e5, note },
    ];
  } finally {
    await pool.end();
    await server.stop();
  }
}

/** Sharing a bandit of ten arms. */
export async function bench(): Promise<BenchRow[]> {
  const pglite = await PGlite.create();
  return [
    ...(await redisRow()),
    ...(await postgresRow()),
    {
      group: "stores",
      name: "rewards merged through PGlite",
      value: await mergedPerSecond(postgresStore(pglite)),
      unit: "/ s",
      note: "in this process, in memory",
    },
    {
      group: "stores",
      name: "decisions while rewards are shared, against alone",
      value: await kept(),
      unit: "×",
      atLeast: 0.9,
      note: "two workers, an exchange of each per 100,000 decisions, a reward per hundred",
    },
  ];
}
