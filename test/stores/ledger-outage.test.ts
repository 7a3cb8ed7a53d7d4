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
