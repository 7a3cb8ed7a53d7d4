import { setImmediate, setTimeout } from "node:timers/promises";
import { decide } from "essai/bandits";
import { type LedgerStore, memoryStore } from "essai/stores";
import { ledgerJournal } from "essai/stores/file";
import { expect, test } from "vitest";
import { heldBy, LedgerWorld, learned, lost, won } from "../../src/testing/ledger-world.js";
import { temporaryFolder } from "../cli/terminal.js";

const folders = temporaryFolder();

/** A store that nobody reaches while it is away. */
function distant(store: LedgerStore) {
  const line = { away: false };
  const reached = async <T>(ask: () => Promise<T>): Promise<T> => {
    if (line.away) throw new Error("nobody answers");
    return ask();
  };
  const front: LedgerStore = {
    read: (...asked) => reached(() => store.read(...asked)),
    replace: (...asked) => reached(() => store.replace(...asked)),
    append: (...asked) => reached(() => store.append(...asked)),
    entries: (...asked) => reached(() => store.entries(...asked)),
    trim: (...asked) => reached(() => store.trim(...asked)),
  };
  return { line, front };
}

test("while the store is away decisions go on, rewards wait, counted and bounded, and arrive once, from the journal too", async () => {
  const store = memoryStore();
  const { line, front } = distant(store);
  const world = new LedgerWorld();
  const folder = folders.path("journal");
  const before = world.process(front, "before", { journal: ledgerJournal(folder), mostWaiting: 10 });
  await before.sync();
  line.away = true;
  for (let i = 0; i < 5; i++) before.decision(world.decision(`d${i}`, i < 3 ? "b" : "c"));
  for (let i = 0; i < 5; i++) before.reward(world.click(`d${i}`, 1));
  const { queued, problem } = await before.sync();
  expect([queued, String(problem)]).toEqual([10, expect.stringContaining("nobody answers")]);
  expect(() => before.decision(world.decision("d5", "b"))).toThrow(
    expect.objectContaining({ code: "ledger_full", expected: { atMost: 10 } }),
  );
  expect((await before.close()).queued).toBe(10);

  // Its successor has the same folder, while the store is still away, and hours later.
  world.pass(3);
  const after = world.process(front, "after", { journal: ledgerJournal(folder), mostWaiting: 20 });
  expect((await after.sync()).queued).toBe(10);
  after.decision(world.decision("d5", "b"));
  line.away = false;
  await after.sync();
  world.pass(60);
  const { queued: left, pending } = await after.sync();
  expect([left, pending]).toEqual([0, 0]);
  await after.close();

  // A third one finds nothing to give any more.
  const third = world.process(front, "third", { journal: ledgerJournal(folder) });
  expect((await third.sync()).queued).toBe(0);
  await third.close();
  const outcomes = [won("b"), won("b"), won("b"), won("c"), won("c"), lost("b")];
  const { rewards, sums } = await heldBy(store);
  expect([rewards, sums]).toEqual(learned(outcomes));
});

test("a store that takes its time slows no decision: each is made from what is here, and waits", async () => {
  const store = memoryStore();
  let slow = false;
  let answers = 0;
  const late = async <T>(ask: () => Promise<T>): Promise<T> => {
    if (slow) await setTimeout(300);
    const answer = await ask();
    answers++;
    return answer;
  };
  const front: LedgerStore = {
    read: (...asked) => late(() => store.read(...asked)),
    replace: (...asked) => late(() => store.replace(...asked)),
    append: (...asked) => late(() => store.append(...asked)),
    entries: (...asked) => late(() => store.entries(...asked)),
    trim: (...asked) => late(() => store.trim(...asked)),
  };
  const world = new LedgerWorld();
  const one = world.process(front, "one");
  await one.sync();
  slow = true;
  const before = answers;
  const exchange = one.sync();
  // In turns of their own, so that an exchange on its way could take one.
  for (let i = 0; i < 50; i++) {
    const { id, propensity } = decide(one.bandits.reward, {
      unitId: `u${i}`,
      occasion: "1",
      now: new Date(world.now),
    });
    expect(propensity).toBeGreaterThan(0);
    one.decision(world.decision(id, "b"));
    one.reward(world.click(id));
    await setImmediate();
  }
  expect([one.stats().queued, answers - before]).toEqual([100, 0]);
  slow = false;
  await exchange;
  await one.sync();
  world.pass(60);
  await one.sync();
  const { rewards, sums } = await heldBy(store);
  expect([rewards, sums]).toEqual(learned(Array.from({ length: 50 }, () => won("b"))));
  await one.close();
});

test("where one shard fails at once and another is slow, nothing that is recorded meanwhile is taken for given", async () => {
  const store = memoryStore();
  const world = new LedgerWorld();
  let fails = true;
  const front: LedgerStore = {
    ...store,
    async append(log, text) {
      if (log.endsWith(" 0") && fails) {
        fails = false;
        throw new Error("cut off");
      }
      const number = await store.append(log, text);
      if (log.endsWith(" 1")) await setTimeout(20);
      return number;
    },
  };
  const one = world.process(front, "one");
  await one.sync();
  let made = 0;
  const record = () => one.decision(world.decision(`d${made++}`, "b"));
  for (let i = 0; i < 20; i++) record();
  expect((await one.sync()).problem).toBeDefined();
  const exchanges = one.sync().then(() => one.sync());
  for (let i = 0; i < 60; i++) {
    record();
    await setTimeout(1);
  }
  await exchanges;
  world.pass(60);
  for (let i = 0; i < 3; i++) await one.sync();
  await one.close();
  const { rewards, sums } = await heldBy(store);
  expect([rewards, sums]).toEqual(learned(Array.from({ length: made }, () => lost("b"))));
});
