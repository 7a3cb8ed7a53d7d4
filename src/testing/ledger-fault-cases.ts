import { type BanditState, createBandit, normal, policies } from "../bandits/index.js";
import type { LedgerStore } from "../stores/index.js";
import { ensureSame } from "./ensure.js";
import {
  breakingLedger,
  ensureLearned,
  type LedgerCase,
  LedgerWorld,
  lost,
  springTest,
  won,
} from "./ledger-world.js";

/** What a ledger must do when processes are cut off, go on for too long, or find what others left. */
export const ledgerFaultCases: readonly LedgerCase[] = [
  ...(["before a change", "after a change", "at a question"] as const).map(
    (when): LedgerCase => ({
      name: `a process that the store leaves alone ${when} loses nothing and settles nothing twice`,
      async run({ open }) {
        for (let step = 0, over = false; !over; step++) {
          const world = new LedgerWorld();
          const { front, asked } = breakingLedger(open(), step, when);
          const bandit = createBandit({ ...springTest, key: `spring ${when} ${step}` }, policies);
          const one = world.process(front, "one", { shards: 1, bandit });
          const id = (i: number) => `d${i}`;
          for (let i = 0; i < 3; i++) one.decision(world.decision(id(i), "b"));
          one.reward(world.click(id(0), 1));
          await one.sync();
          world.pass(49);
          await one.sync();
          one.withdraw(id(0), "click");
          one.reward(world.click(id(1), -48));
          await one.sync();
          await one.close();
          over = asked() <= step;
          // Whatever is left, the next process does.
          world.pass(1);
          const next = world.process(open(), "next", { shards: 1, bandit });
          await next.sync();
          world.pass(1);
          await next.sync();
          await next.close();
          const truth = [lost("b"), won("b"), lost("b")];
          await ensureLearned(`cut off ${when}, ${step}`, open(), truth, bandit);
        }
      },
    }),
  ),
  {
    name: "a process whose lease has expired while it still runs settles nothing any more",
    async run({ open }) {
      const world = new LedgerWorld();
      const store = open();
      let hold: (() => void) | undefined;
      const slow: LedgerStore = {
        ...store,
        async replace(name, change) {
          // The first settlement is on its way for as long as another process likes.
          if (hold === undefined && change.record.includes('"deltas":[{'))
            await new Promise<void>((resolve) => {
              hold = resolve;
            });
          return store.replace(name, change);
        },
      };
      const one = world.process(slow, "one", { shards: 1, timeout: 60_000, early: false });
      for (let i = 0; i < 4; i++) one.decision(world.decision(`d${i}`, "c"));
      one.reward(world.click("d0", 1));
      await one.sync();
      world.pass(49);
      const stopped = one.sync();
      const other = world.process(open(), "other", { shards: 1 });
      while (hold === undefined) await new Promise((resolve) => setTimeout(resolve, 1));
      for (let i = 0; i < 3; i++) {
        await other.sync();
        world.pass(0.001);
      }
      const all = [won("c"), lost("c"), lost("c"), lost("c")];
      ensureSame("shards", other.stats().shards, 1);
      await ensureLearned("the other", open(), all);
      hold();
      await stopped;
      ensureSame("the first", Object(one.stats().problem).code, "store_unavailable");
      await one.sync();
      await ensureLearned("once", open(), all);
    },
  },
  {
    name: "a store that comes back without its last changes is given them again, and settles on what it has",
    async run({ open }) {
      const world = new LedgerWorld();
      const store = open();
      const one = world.process(falling(store), "one", { shards: 1 });
      for (let i = 0; i < 3; i++) one.decision(world.decision(`d${i}`, "a"));
      one.reward(world.click("d0", 1));
      await one.sync();
      world.pass(49);
      for (let i = 0; i < 3; i++) await one.sync();
      await ensureLearned("learned", open(), [won("a"), lost("a"), lost("a")]);
    },
  },
  {
    name: "another number of shards, a process of the same name and what a newer version wrote are refused by name",
    async run({ open }) {
      const world = new LedgerWorld();
      const store = open();
      const one = world.process(store, "one");
      one.decision(world.decision("d0", "a"));
      one.reward(world.click("d0"));
      await one.sync();
      const codeOf = async (options: Parameters<LedgerWorld["process"]>[2], source = "other") => {
        const other = world.process(open(), source, options);
        other.decision(world.decision("d1", "a"));
        const { problem, queued } = await other.sync();
        return [Object(problem).code, queued];
      };
      ensureSame("shards", (await codeOf({ shards: 3 }))[0], "other_ledger");
      const twin = world.process(open(), "one");
      world.pass(0.01);
      await twin.sync();
      ensureSame("its twin", Object((await one.sync()).problem).code, "taken_source");
      const other: BanditState = createBandit(springTest, policies, { model: normal() });
      ensureSame("two of one name", (await codeOf({ bandit: other }))[0], "other_model");
      for (const name of ["spring ledger 0", "spring ledger 1", "spring ledger leases"]) {
        const held = await store.read(name, "");
        const record = (held?.record ?? "").replace(/essai\.ledger-(\w+)\/1/, "essai.ledger-$1/2");
        await store.replace(name, { record, revision: "9:new", replaces: held?.revision });
        const late = world.process(open(), "late");
        world.pass(1);
        await late.sync();
        world.pass(1);
        ensureSame(name, Object((await late.sync()).problem).code, "unsupported_format");
        ensureSame("as it was", (await store.read(name, ""))?.record, record);
        if (held) await store.replace(name, { ...held, replaces: "9:new" });
      }
    },
  },
];

/** A store that loses what it was told after the first exchange, once. */
function falling(store: LedgerStore): LedgerStore {
  let lost = false;
  return {
    ...store,
    // An entry that was confirmed is not there any more.
    async entries(log, after, most) {
      const found = await store.entries(log, after, most);
      if (lost || found.length === 0 || after > 0) return found;
      lost = true;
      return [];
    },
  };
}
