import { cpSync, rmSync } from "node:fs";
import { type BanditState, createBandit, type Outcome, policies } from "essai/bandits";
import { type LedgerStore, memoryStore, type SharedLedger, shareBandit } from "essai/stores";
import { fileStore, rewardJournal } from "essai/stores/file";
import { postgresStore } from "essai/stores/postgres";
import { redisStore } from "essai/stores/redis";
import { Redis } from "ioredis";
import pg from "pg";
import { expect, test } from "vitest";
import { exchanged, heldBy, LedgerWorld, learned, lost, won } from "../../src/testing/ledger-world.js";
import { definitionOf } from "../bandits/definition.js";
import { temporaryFolder } from "../cli/terminal.js";
import { withServer } from "./servers/with-server.js";

const folders = temporaryFolder();

/** A store in memory that comes back as it was before its last changes. */
function rewindable() {
  let store = memoryStore();
  let changes: ((to: LedgerStore) => Promise<unknown>)[] = [];
  const changed = async <T>(change: (to: LedgerStore) => Promise<T>, counts: (answer: T) => boolean) => {
    const answer = await change(store);
    if (counts(answer)) changes.push(change);
    return answer;
  };
  const front: LedgerStore = {
    read: (...asked) => store.read(...asked),
    entries: (...asked) => store.entries(...asked),
    replace: (...asked) => changed((to) => to.replace(...asked), Boolean),
    append: (...asked) =>
      changed(
        (to) => to.append(...asked),
        () => true,
      ),
    trim: (...asked) =>
      changed(
        (to) => to.trim(...asked),
        () => true,
      ),
  };
  const fallBack = async (by: number) => {
    changes = changes.slice(0, Math.max(0, changes.length - by));
    store = memoryStore();
    for (const change of changes) await change(store);
  };
  return { front, fallBack, changes: () => changes.length };
}

/** Two processes that decide, are rewarded and settle for some hours, early and in the end. */
function campaign(store: LedgerStore) {
  const world = new LedgerWorld();
  const told: unknown[] = [];
  const truth: Outcome[] = [];
  let made = 0;
  const options = { onError: (error: unknown) => told.push(error) };
  const [one, other] = [world.process(store, "one", options), world.process(store, "other", options)];
  /** One decides, the other hears of the clicks; of every third decision there is one. */
  const hours = async (count: number) => {
    for (let hour = 0; hour < count; hour++) {
      for (let i = 0; i < 3; i++) {
        const id = `d${made++}`;
        const variant = i === 1 ? "b" : "c";
        (made % 2 ? one : other).decision(world.decision(id, variant));
        if (i === 0) other.reward(world.click(id));
        if (i === 1) one.reward(world.click(id));
        if (i === 1) other.withdraw(id, "click");
        truth.push(i === 0 ? won(variant) : lost(variant));
      }
      await one.sync();
      await other.sync();
      world.pass(1);
    }
  };
  const over = async () => {
    world.pass(60);
    await exchanged(one, other);
  };
  return { world, one, other, told, truth, hours, over };
}

/** How silence counts before windows have closed is looked at again now and then; what was won is not. */
const wins = ({ sums }: BanditState) => sums.map(([won]) => won);

const lostBy = (...processes: readonly SharedLedger[]) =>
  processes.reduce((sum, each) => sum + each.stats().lost, 0);

test("by however many changes a store falls back, processes that live bring everything back, once", async () => {
  let all = 1;
  for (let by = 1; by <= all; by++) {
    const store = rewindable();
    const { one, other, truth, told, hours, over } = campaign(store.front);
    await exchanged(one, other);
    await hours(3);
    await exchanged(one, other);
    const before = wins(await heldBy(store.front));
    all = store.changes();
    await store.fallBack(by);
    await exchanged(one, other);
    expect(wins(await heldBy(store.front)), `${by} of ${all} changes`).toEqual(before);
    await hours(2);
    await over();
    const after = await heldBy(store.front);
    expect([after.rewards, after.sums], `${by} of ${all} changes`).toEqual(learned(truth));
    expect([one.stats().pending + other.stats().pending, lostBy(one, other)]).toEqual([0, 0]);
    const again = one.stats().restored + other.stats().restored;
    expect(told.filter((error) => Object(error).code === "store_fell_back").length > 0).toBe(again > 0);
    if (by === all) expect(again).toBeGreaterThanOrEqual(9);
  }
  expect(all).toBeGreaterThan(30);
}, 30_000);

test("what a process that is gone had recorded is brought back by the one that settles it", async () => {
  const store = rewindable();
  const { one, other, truth, hours, over } = campaign(store.front);
  await exchanged(one, other);
  await hours(4);
  await other.close();
  await exchanged(one);
  const before = wins(await heldBy(store.front));
  // Long after: what it gave is not kept any more, what it has read is.
  for (let i = 0; i < 20; i++) await one.sync();
  await store.fallBack(store.changes());
  await exchanged(one);
  expect(wins(await heldBy(store.front))).toEqual(before);
  expect(one.stats().restored).toBeGreaterThanOrEqual(12);
  await over();
  const after = await heldBy(store.front);
  expect([after.rewards, after.sums]).toEqual(learned(truth));
});

test("while the store is away nobody forgets what it may come back without", async () => {
  const store = rewindable();
  let away = false;
  const front: LedgerStore = {
    ...store.front,
    async read(...asked) {
      if (away) throw new Error("nobody answers");
      return store.front.read(...asked);
    },
  };
  const { one, other, truth, hours, over } = campaign(front);
  await exchanged(one, other);
  await hours(4);
  for (let i = 0; i < 20; i++) await exchanged(one, other);
  away = true;
  await exchanged(one, other);
  expect([one.stats().shards, other.stats().shards]).toEqual([0, 0]);
  away = false;
  await store.fallBack(store.changes());
  await exchanged(one, other);
  await over();
  const after = await heldBy(store.front);
  expect([after.rewards, after.sums]).toEqual(learned(truth));
});

test("what nobody holds any more is told, with its number, and the rest goes on", async () => {
  const store = rewindable();
  const world = new LedgerWorld();
  const told: unknown[] = [];
  const settler = world.process(store.front, "settler", { shards: 1 });
  await settler.sync();
  const writer = world.process(store.front, "writer", { shards: 1, onError: (error) => told.push(error) });
  const settled = store.changes();
  for (let i = 0; i < 7; i++) writer.decision(world.decision(`early ${i}`, "b"));
  for (let i = 0; i < 20; i++) await exchanged(settler, writer);
  for (let i = 0; i < 4; i++) writer.decision(world.decision(`late ${i}`, "c"));
  await exchanged(settler, writer);
  // The settler dies with the store, which comes back as it was before the first decision.
  await store.fallBack(store.changes() - settled);
  await writer.sync();
  expect(writer.stats()).toMatchObject({ restored: 4, lost: 7, queued: 0 });
  const code = "store_fell_back";
  expect(told).toMatchObject([{ code, received: 4, expected: { length: 11 }, other: "writer" }]);
  world.pass(60);
  await writer.sync();
  writer.decision(world.decision("then", "a"));
  await writer.sync();
  world.pass(60);
  await writer.sync();
  const { rewards, sums } = await heldBy(store.front);
  expect([rewards, sums]).toEqual(learned([...Array.from({ length: 4 }, () => lost("c")), lost("a")]));
  expect(writer.stats().lost).toBe(7);
});

const three = createBandit(definitionOf(3), policies);
const sumsIn = async (store: LedgerStore) => {
  const reader = shareBandit(three, store, { every: 0 });
  await reader.sync();
  return [reader.bandit.rewards, reader.bandit.sums];
};

test("by however many deltas a store falls back: what is held counts once, the number of the others is told", async () => {
  for (const by of [1, 40, 63, 64, 65, 100]) {
    const store = rewindable();
    const told: unknown[] = [];
    const one = shareBandit(three, store.front, {
      ...{ source: "one", every: 0, onError: (error) => told.push(error) },
    });
    const other = shareBandit(three, store.front, { source: "other", every: 0 });
    other.learn([{ variant: "c", reward: 1 }]);
    await other.sync();
    await one.sync();
    for (let i = 0; i < 100; i++) {
      one.learn([
        { variant: "a", reward: 1 },
        { variant: "b", reward: 0 },
      ]);
      await one.sync();
    }
    await store.fallBack(by);
    await other.sync();
    one.learn([{ variant: "c", reward: 0 }]);
    await one.sync();
    one.learn([{ variant: "c", reward: 0 }]);
    await one.sync();
    const gone = Math.max(0, by - 64);
    const held = 100 - gone;
    expect(one.stats(), `${by} deltas`).toMatchObject({
      ...{ waiting: 0, merged: 2 * held + 2, restored: 2 * (by - gone), lost: 2 * gone, failures: 0 },
    });
    expect(await sumsIn(store.front), `${by} deltas`).toEqual([
      2 * held + 3,
      [
        [held, 0],
        [0, held],
        [1, 2],
      ],
    ]);
    const code = "store_fell_back";
    expect(told).toMatchObject([
      { code, received: 2 * (by - gone), expected: { length: 2 * by }, other: "one" },
    ]);
  }
});

test("a process that starts again from its journal goes on in a store that has fallen back behind it", async () => {
  const store = rewindable();
  const told: unknown[] = [];
  const open = () =>
    shareBandit(three, store.front, {
      ...{ source: "one", every: 0, journal: rewardJournal(folders.path("journal")) },
      onError: (error) => told.push(error),
    });
  const before = open();
  for (let i = 0; i < 5; i++) {
    before.learn([{ variant: "a", reward: 1 }]);
    await before.sync();
  }
  await before.close();
  await store.fallBack(3);
  const after = open();
  after.learn([{ variant: "b", reward: 1 }]);
  expect(await after.close()).toMatchObject({ waiting: 0, merged: 1, lost: 3, failures: 0 });
  expect(told).toMatchObject([{ code: "store_fell_back", received: 0, expected: { length: 3 } }]);
  expect((await sumsIn(store.front))[0]).toBe(3);
});

/** From one moment on everything is lost: the store comes back as it was then, and nothing that counts is missing. */
async function comesBack(open: () => LedgerStore, keep: () => Promise<void>, putBack: () => Promise<void>) {
  const { one, other, truth, hours, over } = campaign(open());
  await exchanged(one, other);
  await hours(2);
  await keep();
  await hours(3);
  await exchanged(one, other);
  const before = wins(await heldBy(open()));
  await putBack();
  // A connection that was cut off shows at the first exchange.
  for (let i = 0; i < 2; i++) await exchanged(one, other);
  expect(wins(await heldBy(open()))).toEqual(before);
  await hours(1);
  await over();
  const after = await heldBy(open());
  expect([after.rewards, after.sums]).toEqual(learned(truth));
  expect(one.stats().restored + other.stats().restored).toBeGreaterThanOrEqual(9);
  expect(lostBy(one, other)).toBe(0);
  await Promise.all([one.close(), other.close()]);
}

test("a folder that is put back from a copy is given again what it lacks, once", async () => {
  const [folder, copy] = [folders.path("store"), folders.path("copy")];
  const store = fileStore(folder);
  await comesBack(
    () => store,
    async () => cpSync(folder, copy, { recursive: true }),
    async () => {
      rmSync(folder, { recursive: true });
      cpSync(copy, folder, { recursive: true });
    },
  );
});

withServer("redis", (server) => {
  test("a server that starts again from an older copy is given again what it lacks, once", async () => {
    const client = new Redis(server().port, "127.0.0.1");
    client.on("error", () => undefined);
    const store = redisStore(client);
    await comesBack(() => store, server().copy, server().putBack);
    client.disconnect();
  });
});

withServer("postgres", (server) => {
  test("a server that starts again from an older copy is given again what it lacks, once", async () => {
    const to = { host: "127.0.0.1", port: server().port, user: "essai", database: "postgres" };
    const pool = new pg.Pool(to);
    pool.on("error", () => undefined);
    const store = postgresStore(pool);
    await comesBack(() => store, server().copy, server().putBack);
    await pool.end();
  });
});
