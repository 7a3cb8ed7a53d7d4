import { setTimeout } from "node:timers/promises";
import { constraint, createBandit, decide, type Outcome, policies } from "essai/bandits";
import { type BanditStore, memoryStore, type ShareOptions, shareBandit } from "essai/stores";
import { expect, test } from "vitest";
import { definitionOf } from "../bandits/definition.js";
import { errorsOf } from "../errors/errors-of.js";

const empty = createBandit(definitionOf(3), policies);
const win: Outcome = { variant: "a", reward: 1 };
const share = (store: BanditStore, options: ShareOptions = {}) =>
  shareBandit(empty, store, { source: "one", every: 0, ...options });

/** A store that does as it is told: it answers, rejects, or says nothing. */
function switched() {
  const store = memoryStore();
  const as = { mode: "up" as "up" | "down" | "silent", asked: 0 };
  const through = async <T>(ask: () => Promise<T>): Promise<T> => {
    as.asked++;
    if (as.mode === "down") throw new Error("connection refused");
    if (as.mode === "silent") await new Promise(() => undefined);
    return ask();
  };
  const front: BanditStore = {
    read: (...args) => through(() => store.read(...args)),
    replace: (...args) => through(() => store.replace(...args)),
  };
  return { store, front, as };
}

test("while the store is down decisions go on, rewards count here, and all of them arrive later", async () => {
  const { store, front, as } = switched();
  const told: unknown[] = [];
  const one = share(front, { onError: (error) => told.push(error) });
  one.learn([win]);
  await one.sync();
  as.mode = "down";
  for (let i = 0; i < 3; i++) {
    one.learn([win, { variant: "b", reward: 0 }]);
    expect(await one.sync()).toMatchObject({ failures: i + 1, merged: 1, waiting: 2 * i + 2 });
  }
  expect(told).toHaveLength(3);
  expect(told[0]).toMatchObject({ code: "store_unavailable", path: ["store"], detail: "connection refused" });
  expect(one.bandit.sums).toEqual([
    [4, 0],
    [0, 3],
    [0, 0],
  ]);
  const now = new Date(0);
  expect(decide(one.bandit, { unitId: "u", occasion: "1", now }).propensity).toBeGreaterThan(0);
  as.mode = "up";
  // What was on its way when the store went, and what came since.
  await one.sync();
  expect(await one.sync()).toMatchObject({ waiting: 0, merged: 7, revision: 4, failures: 0 });
  const other = share(store, { source: "other" });
  await other.sync();
  expect(other.bandit.sums).toEqual(one.bandit.sums);
});

test("a store that says nothing is given up after the timeout, and what it did is found later", async () => {
  const { front, as } = switched();
  const one = share(front, { timeout: 20 });
  await one.sync();
  as.mode = "silent";
  one.learn([win]);
  expect(await one.sync()).toMatchObject({ waiting: 1, problem: { detail: "nothing within 20 ms" } });
  as.mode = "up";
  expect(await one.sync()).toMatchObject({ waiting: 0, merged: 1, failures: 0 });
});

test("it exchanges by itself, less often while the store fails, and stops when it is closed", async () => {
  const { front, as } = switched();
  const one = share(front, { every: 5 });
  one.learn([win]);
  await expect.poll(() => one.stats().merged).toBe(1);
  as.mode = "down";
  await expect.poll(() => one.stats().failures).toBeGreaterThan(2);
  as.mode = "up";
  await expect.poll(() => one.stats().failures).toBe(0);
  await one.close();
  const { asked } = as;
  await setTimeout(30);
  expect(as.asked).toBe(asked);
  expect(errorsOf(() => one.learn([win]))).toMatchObject([{ code: "share_closed", path: ["bandit"] }]);
});

test("what it was shared with is where the shared bandit begins, once", async () => {
  const store = memoryStore();
  const known = {
    ...empty,
    rewards: 2,
    sums: [
      [1, 1],
      [0, 0],
      [0, 0],
    ],
  };
  const first = shareBandit(known, store, { source: "first", every: 0 });
  const second = shareBandit(known, store, { source: "second", every: 0 });
  for (const each of [first, second]) {
    each.learn([win]);
    await each.sync();
  }
  expect([second.bandit.rewards, second.bandit.sums[0]]).toEqual([4, [3, 1]]);
});

test("outcomes that cannot be learned are refused at once, with those that came along", () => {
  const one = share(memoryStore());
  expect(errorsOf(() => one.learn([win, { variant: "z", reward: 1 }]))).toMatchObject([
    { code: "unknown_action", path: ["outcomes", 1, "variant"] },
  ]);
  expect(one.stats()).toMatchObject({ waiting: 0, merged: 0 });
  const nameless = shareBandit(empty, memoryStore(), { every: 0 });
  expect(errorsOf(() => nameless.learn([win]))).toMatchObject([{ code: "no_source", path: ["source"] }]);
});

test("a listener that throws stops nothing", async () => {
  const { front, as } = switched();
  const one = share(front, {
    onError() {
      throw new Error("mine");
    },
  });
  as.mode = "down";
  await one.sync();
  as.mode = "up";
  expect(await one.sync()).toMatchObject({ failures: 0 });
});

test("a configuration that a process does not understand leaves the last one, and learning goes on", async () => {
  const store = memoryStore();
  const mine = constraint({ name: "mine", settings: {}, bounds: () => ({}) });
  const desk = share(store, { source: "desk", constraints: { mine: () => mine } });
  const one = share(store);
  await desk.configure({ version: 0, paused: ["c"], constraints: [mine] });
  one.learn([win]);
  expect(await one.sync()).toMatchObject({
    merged: 1,
    problem: { code: "unknown_part", path: ["constraints", 0] },
  });
  expect([one.bandit.rewards, one.bandit.setup.arms[2]?.status]).toEqual([1, "live"]);
});
