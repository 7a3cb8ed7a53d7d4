import { type BanditState, createBandit, normal, policies } from "../bandits/index.js";
import { shareLedger } from "../stores/index.js";
import { ensure, ensureSame } from "./ensure.js";
import {
  ensureLearned,
  exchanged,
  type LedgerCase,
  LedgerWorld,
  lost,
  spring,
  springTest,
  won,
} from "./ledger-world.js";

/** What a ledger that is shared through a store must do. */
export const ledgerCases: readonly LedgerCase[] = [
  {
    name: "decisions of one process and rewards of another are learned once their window has closed, each once",
    async run({ open }) {
      const world = new LedgerWorld();
      const [one, other] = [
        world.process(open(), "one", { early: false }),
        world.process(open(), "other", { early: false }),
      ];
      for (let i = 0; i < 6; i++) {
        one.decision(world.decision(`d${i}`, "a"));
        one.decision(world.decision(`d${i}`, "a"));
      }
      other.reward(world.click("d0", 1));
      other.reward(world.click("d0", 1));
      other.reward(world.click("d1", 49));
      await exchanged(one, other);
      ensureSame("pending", one.stats().pending + other.stats().pending, 6);
      await ensureLearned("before", open(), []);
      world.pass(48.1);
      await exchanged(one, other);
      await ensureLearned("after", open(), [won("a"), ...Array.from({ length: 5 }, () => lost("a"))]);
      ensureSame("late", one.stats().late + other.stats().late, 1);
      ensureSame("pending", one.stats().pending + other.stats().pending, 0);
      ensureSame("read by itself", one.bandits.reward.rewards, 6);
    },
  },
  {
    name: "a reward teaches at once, silence the more the longer it lasts, and in the end it is as without haste",
    async run({ open }) {
      const world = new LedgerWorld();
      const one = world.process(open(), "one");
      for (let i = 0; i < 200; i++) one.decision(world.decision(`d${i}`, i % 2 === 0 ? "a" : "b"));
      for (let i = 0; i < 20; i++) one.reward(world.click(`d${i * 2}`, 0.05));
      world.pass(0.1);
      await one.sync();
      ensureSame("the clicks", one.bandits.reward.sums[0]?.[0], 20);
      world.pass(24);
      await one.sync();
      const half = one.bandits.reward.sums[0]?.[1] ?? 0;
      ensure(half > 20 && half < 60, `after half of the window silence counts ${half} of 80`);
      world.pass(24);
      await one.sync();
      ensureSame(
        "in the end",
        [one.bandits.reward.rewards, one.bandits.reward.sums],
        [
          200,
          [
            [20, 80],
            [0, 100],
            [0, 0],
          ],
        ],
      );
      // Now it knows that clicks come within minutes: silence tells most of it after an hour.
      for (let i = 0; i < 100; i++) one.decision(world.decision(`e${i}`, "b"));
      await one.sync();
      world.pass(2);
      await one.sync();
      const silent = (one.bandits.reward.sums[1]?.[1] ?? 0) - 100;
      ensure(silent > 50, `two hours of silence count ${silent} of 100`);
    },
  },
  {
    name: "rewards and withdrawals that come before their decision wait for it, in whichever process",
    async run({ open }) {
      const world = new LedgerWorld();
      const [one, other] = [world.process(open(), "one"), world.process(open(), "other")];
      other.reward(world.click("d0", 1));
      other.reward(world.click("d1", 1));
      other.withdraw("d1", "click");
      await exchanged(one, other);
      ensureSame("waiting", one.stats().waiting + other.stats().waiting, 3);
      for (const id of ["d0", "d1"]) one.decision(world.decision(id, "b"));
      await exchanged(one, other);
      world.pass(49);
      await exchanged(one, other);
      await ensureLearned("learned", open(), [won("b"), lost("b")]);
      ensureSame("waiting", one.stats().waiting + other.stats().waiting, 0);
    },
  },
  {
    name: "what cannot be learned is set aside by its decision's id, until it is put right",
    async run({ open }) {
      const world = new LedgerWorld();
      const one = world.process(open(), "one", { combine: "sum" });
      for (const id of ["d0", "d1"]) one.decision(world.decision(id, "a"));
      one.reward(world.click("d0", 1));
      one.reward({ ...world.click("d0", 1), id: "again" });
      await one.sync();
      world.pass(49);
      await one.sync();
      ensureSame(
        "set aside",
        one.quarantined().map(({ decisionId, kind, code }) => [decisionId, kind, code]),
        [["d0", "reward", "reward_unsupported"]],
      );
      await ensureLearned("the rest", open(), [lost("a")]);
      await one.close();
      const other = world.process(open(), "other", { combine: "sum" });
      await other.sync();
      ensureSame("after a change of hands", other.stats().quarantined, 1);
      other.withdraw("d0", "again");
      await other.sync();
      ensureSame("put right", other.stats().quarantined, 0);
      await ensureLearned("all", open(), [won("a"), lost("a")]);
    },
  },
  {
    name: "processes share the shards out, also when some come and go, and none is settled by two",
    async run({ open }) {
      const world = new LedgerWorld();
      const all = Array.from({ length: 3 }, (_, i) => world.process(open(), `worker ${i}`, { shards: 6 }));
      for (let round = 0; round < 3; round++) for (const each of all) await each.sync();
      ensureSame(
        "shared out",
        all.map((each) => each.stats().shards),
        [2, 2, 2],
      );
      for (let i = 0; i < 60; i++) all[i % 3]?.decision(world.decision(`d${i}`, "a"));
      for (const each of all) await each.sync();
      await all[0]?.close();
      world.pass(49);
      for (let round = 0; round < 3; round++) for (const each of all.slice(1)) await each.sync();
      ensureSame(
        "shared out again",
        all.slice(1).map((each) => each.stats().shards),
        [3, 3],
      );
      await ensureLearned(
        "learned",
        open(),
        Array.from({ length: 60 }, () => lost("a")),
      );
    },
  },
  {
    name: "clocks that disagree by hours lose nothing: what was settled too soon is put right",
    async run({ open }) {
      const world = new LedgerWorld();
      const slow = world.process(open(), "slow", { behind: 5, shards: 1 });
      const fast = world.process(open(), "fast", { behind: -5, shards: 1 });
      // By the slow clock; its rewards come by the true one, and may be older than their decision by the fast one.
      slow.decision(world.decision("d0", "a", -5));
      fast.decision(world.decision("d1", "a", 5));
      fast.reward(world.click("d1", 0));
      for (const each of [fast, slow, fast]) await each.sync();
      world.pass(44);
      // The fast one takes the window of d0 to be over; its reward has happened in time.
      for (const each of [fast, slow]) await each.sync();
      slow.reward(world.click("d0", -3));
      for (const each of [slow, fast, slow]) await each.sync();
      world.pass(20);
      for (const each of [fast, slow, fast]) await each.sync();
      await ensureLearned("learned", open(), [won("a"), won("a")]);
    },
  },
  {
    name: "what was settled long ago is forgotten, its part of the log goes, and deliveries of it change nothing",
    async run({ open }) {
      const world = new LedgerWorld();
      const one = world.process(open(), "one", { shards: 1, windowHours: 1, keepHours: 1 });
      const decision = world.decision("d0", "a");
      one.decision(decision);
      one.reward(world.click("d0", 0.5));
      await one.sync();
      for (let i = 0; i < 3; i++) {
        world.pass(1.2);
        one.decision(world.decision(`e${i}`, "b"));
        await one.sync();
      }
      const [first] = await open().entries("spring ledger 0", 0, 1);
      ensure(first !== undefined && first.number > 1, `the log begins with entry ${first?.number}`);
      one.decision(decision);
      one.withdraw("d0", "click");
      await one.sync();
      ensureSame("not taken for a new one", one.stats().pruned, 1);
      world.pass(9);
      await one.sync();
      await one.sync();
      ensureSame("no problem", one.stats().problem, undefined);
      ensureSame("given up", one.stats().unmatched, 1);
      await ensureLearned("as it was", open(), [won("a"), ...Array.from({ length: 3 }, () => lost("b"))]);
      const next = world.process(open(), "next", { shards: 1, windowHours: 1, keepHours: 1 });
      await one.close();
      await next.sync();
      ensureSame("the next process", [next.stats().pending, next.stats().failures], [0, 0]);
    },
  },
  {
    name: "each kind of reward has a window and a bandit of its own",
    async run({ open }) {
      const world = new LedgerWorld();
      const revenue: BanditState = createBandit(springTest, policies, { model: normal() });
      const one = shareLedger({ click: spring, revenue }, open(), {
        ...{ source: "one", clock: () => world.now, every: 0, windowHours: 240, early: false },
        kinds: { click: { windowHours: 1, combine: "max" } },
      });
      for (const id of ["d0", "d1"]) one.decision(world.decision(id, "b"));
      one.reward({ ...world.click("d0", 0.5), kind: "click" });
      one.reward({ ...world.click("d1", 2), kind: "click" });
      one.reward({ decisionId: "d0", id: "order", kind: "revenue", value: 30, at: world.at(100) });
      await one.sync();
      world.pass(2);
      await one.sync();
      ensureSame("clicks", one.bandits.click.sums[1], [1, 1]);
      ensureSame("no revenue yet", one.bandits.revenue.rewards, 0);
      world.pass(240);
      await one.sync();
      ensureSame("revenue", one.bandits.revenue.sums[1]?.slice(0, 2), [2, 15]);
      ensureSame("late", one.stats().late, 1);
    },
  },
];
