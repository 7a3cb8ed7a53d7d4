import {
  addArm,
  type BanditDelta,
  type BanditState,
  caps,
  createBandit,
  normal,
  type Outcome,
  policies,
  takeDelta,
  update,
  withSource,
} from "../bandits/index.js";
import { defineExperiment } from "../definition/index.js";
import { type BanditStore, shareBandit } from "../stores/index.js";
import { ensure, ensureClose, ensureSame } from "./ensure.js";
import { modelTrials, trialOutcomes, trialState } from "./model-trials.js";

interface SharedCase {
  readonly name: string;
  run(place: { open(): BanditStore }): Promise<void>;
}

const definition = defineExperiment({
  key: "spring",
  unit: "userId",
  control: "a",
  variants: { a: null, b: null, c: null },
  policy: "thompson",
});
const spring: BanditState = createBandit(definition, policies);
const win: Outcome = { variant: "a", reward: 1 };
const loss: Outcome = { variant: "b", reward: 0 };

/** A process that exchanges only when it is told to. */
const process = (store: BanditStore, source?: string, bandit = spring) =>
  shareBandit(bandit, store, { every: 0, ...(source !== undefined && { source }) });

/** The code of what was refused, by a promise that rejects or that tells of a problem. */
async function codeOf(asked: Promise<unknown>): Promise<unknown> {
  try {
    return Object(Object(await asked).problem).code;
  } catch (error) {
    return Object(error).code;
  }
}

/** What the store holds, as a process that learned nothing sees it. */
async function heldBy(store: BanditStore, bandit = spring): Promise<BanditState> {
  const reader = process(store, undefined, bandit);
  await reader.sync();
  return reader.bandit;
}

/** The deltas of a source that learns these outcomes, one each. */
function deltasOf(source: string, ...outcomes: Outcome[]): BanditDelta[] {
  let state = withSource(spring, source);
  return outcomes.flatMap((outcome) => {
    const taken = takeDelta(update(state, [outcome]));
    state = taken.state;
    return taken.delta ?? [];
  });
}

/** A store that breaks down once, before or after it did what it was asked. */
function breaking(store: BanditStore, at: number, when: "before" | "after"): BanditStore {
  let asked = 0;
  const broken = async <T>(ask: () => Promise<T>): Promise<T> => {
    const breaks = asked++ === at;
    if (breaks && when === "before") throw new Error("cut off before");
    const answer = await ask();
    if (breaks) throw new Error("cut off after");
    return answer;
  };
  return {
    read: (...args) => broken(() => store.read(...args)),
    replace: (...args) => broken(() => store.replace(...args)),
  };
}

const ofAnyModel = Object.entries(modelTrials).map(
  ([name, trial]): SharedCase => ({
    name: `three processes learn together what one would have learned, with ${name} rewards`,
    async run({ open }) {
      const empty = trialState(trial, policies.thompson());
      const outcomes = trialOutcomes(trial, 60, "shared");
      const all = ["x", "y", "z"].map((source) => process(open(), source, empty));
      for (let from = 0; from < outcomes.length; from += 10) {
        const one = all[(from / 10) % all.length];
        one?.learn(outcomes.slice(from, from + 10));
        await one?.sync();
      }
      const held = await heldBy(open(), empty);
      const whole = update(empty, outcomes);
      ensureSame("rewards", held.rewards, whole.rewards);
      ensureClose("sums", held.sums, whole.sums);
    },
  }),
);

/** What a bandit that is shared through a store must do. */
export const sharedCases: readonly SharedCase[] = [
  ...ofAnyModel,
  {
    name: "what one process learned, the others decide with after their next exchange",
    async run({ open }) {
      const [one, other] = [process(open(), "one"), process(open(), "other")];
      one.learn([win, win]);
      other.learn([loss]);
      ensureSame("learned at once here", one.stats().waiting, 2);
      await one.sync();
      await other.sync();
      await one.sync();
      for (const each of [one, other]) {
        ensureSame("rewards", each.bandit.rewards, 3);
        ensureSame("sums", each.bandit.sums, update(spring, [win, win, loss]).sums);
      }
      const { bandit } = one;
      await one.sync();
      ensure(one.bandit === bandit, "an exchange that brings nothing made another state");
    },
  },
  ...(["before", "after"] as const).map(
    (when): SharedCase => ({
      name: `a process that the store leaves alone ${when} any step learns every reward once`,
      async run({ open }) {
        for (let at = 0; at < 8; at++) {
          const source = `${when} ${at}`;
          const one = process(breaking(open(), at, when), source);
          for (const outcome of [win, loss, win]) {
            one.learn([outcome]);
            await one.sync();
          }
          await one.close();
          const { waiting, merged } = one.stats();
          ensureSame(`cut off ${when} step ${at}`, [waiting, merged], [0, 3]);
          const { rewards, sums } = await heldBy(open());
          ensureSame("rewards", rewards, 3 * (at + 1));
          ensureSame("sums", sums, [
            [2 * (at + 1), 0],
            [0, at + 1],
            [0, 0],
          ]);
        }
      },
    }),
  ),
  {
    name: "a delta that is delivered again, at once or by another process, counts once",
    async run({ open }) {
      const [first, second] = deltasOf("east", win, loss);
      if (!first || !second) throw new Error("two deltas were made");
      const hubs = [process(open()), process(open()), process(open())];
      await Promise.all(hubs.map((hub) => hub.merge(first)));
      await Promise.all(hubs.map((hub) => hub.merge(second)));
      await hubs[0]?.merge(first);
      ensureSame("rewards", (await heldBy(open())).rewards, 2);
    },
  },
  {
    name: "a gap, a number used twice and another bandit's delta are refused, and nothing of them is learned",
    async run({ open }) {
      const [first, second, third] = deltasOf("east", win, loss, win);
      if (!first || !second || !third) throw new Error("three deltas were made");
      const hub = process(open());
      ensureSame("a gap at first", await codeOf(hub.merge(second)), "missing_delta");
      await hub.merge(first);
      ensureSame("a gap", await codeOf(hub.merge(third)), "missing_delta");
      const [again] = deltasOf("east", loss);
      if (!again) throw new Error("a delta was made");
      ensureSame("a number used twice", await codeOf(hub.merge(again)), "conflicting_delta");
      const other = { ...second, experiment: "autumn" };
      ensureSame("another bandit's", await codeOf(hub.merge(other)), "bandits_differ");
      ensureSame("sums", (await heldBy(open())).sums, update(spring, [win]).sums);
    },
  },
  {
    name: "of two processes under one name the second is refused, and keeps what it learned",
    async run({ open }) {
      const [one, twin] = [process(open(), "one"), process(open(), "one")];
      one.learn([win]);
      twin.learn([win]);
      ensureSame("the first", await codeOf(one.sync()), undefined);
      ensureSame("the second", await codeOf(twin.sync()), "taken_source");
      ensureSame("what it learned", [twin.stats().waiting, twin.bandit.rewards], [1, 1]);
      ensureSame("rewards", (await heldBy(open())).rewards, 1);
    },
  },
  {
    name: "a store that comes back without its last changes is given them again",
    async run({ open }) {
      const store = open();
      const one = process(store, "one");
      await one.sync();
      const early = await store.read("spring", "one");
      if (!early) throw new Error("nothing was written");
      for (const outcome of [win, loss, win]) {
        one.learn([outcome]);
        await one.sync();
      }
      const late = await store.read("spring", "one");
      const { record, mark } = early;
      const back = { record, mark, source: "one", revision: early.revision, replaces: late?.revision };
      await store.replace("spring", back);
      ensureSame("lost", (await heldBy(open())).rewards, 0);
      await one.sync();
      ensureSame("sums", (await heldBy(open())).sums, update(spring, [win, loss, win]).sums);
    },
  },
  {
    name: "a store that fell back and went on as often is another: what it learned then is not undone",
    async run({ open }) {
      const store = open();
      const [one, other] = [process(store, "one"), process(open(), "other")];
      await one.sync();
      await other.sync();
      const early = await store.read("spring", "one");
      one.learn([win]);
      await one.sync();
      const late = await store.read("spring", "one");
      if (!early || !late) throw new Error("nothing was written");
      // While another change of the late revision is on its way, the store falls back, and another process comes first.
      let fallen = false;
      const slow: BanditStore = {
        read: store.read,
        async replace(...change) {
          if (!fallen) {
            fallen = true;
            const { record, mark, revision } = early;
            await store.replace("spring", { record, mark, source: "one", revision, replaces: late.revision });
            other.learn([loss]);
            await other.sync();
          }
          return store.replace(...change);
        },
      };
      const hub = process(slow);
      const [delta] = deltasOf("east", win);
      if (!delta) throw new Error("a delta was made");
      await hub.merge(delta);
      await one.sync();
      const { rewards, sums } = await heldBy(open());
      ensureSame("rewards", [rewards, sums], [3, update(spring, [win, win, loss]).sums]);
    },
  },
  {
    name: "what a newer version, another bandit or nobody wrote is refused by name, and left as it is",
    async run({ open }) {
      const store = open();
      await process(store, "one").sync();
      const good = JSON.parse((await store.read("spring", "one"))?.record ?? "{}");
      const wrong = {
        unsupported_format: { ...good, format: "essai.shared-bandit/2" },
        bandits_differ: { ...good, arms: ["a", "c", "b"] },
        other_model: { ...good, model: "0000000000000000" },
        wrong_length: { ...good, sums: [[1, 0]] },
        missing_value: { ...good, sums: undefined },
        unknown_key: { ...good, more: 1 },
        out_of_range: { ...good, rewards: -1 },
      };
      for (const [code, record] of [...Object.entries(wrong), ["invalid_json", "{"]] as const) {
        const text = typeof record === "string" ? record : JSON.stringify(record);
        const replaces = (await store.read("spring", "one"))?.revision;
        await store.replace("spring", { record: text, revision: `1:${code}`, replaces });
        const late = process(open(), `late ${code}`);
        late.learn([win]);
        ensureSame(code, await codeOf(late.sync()), code);
        ensureSame("what was learned waits", [late.stats().waiting, late.bandit.rewards], [1, 1]);
        ensureSame("as it was", (await store.read("spring", "one"))?.record, text);
      }
      const other = createBandit(definition, policies, { model: normal() });
      const replaces = (await store.read("spring", "one"))?.revision;
      await store.replace("spring", { record: JSON.stringify(good), revision: "1:good", replaces });
      ensureSame("two of one name", await codeOf(process(open(), "x", other).sync()), "other_model");
    },
  },
  {
    name: "arms come with the processes that know them; the others go on from what they read, and lose nothing",
    async run({ open }) {
      const wider = addArm(spring, { key: "d" });
      const [old, late] = [process(open(), "old"), process(open(), "late", wider)];
      old.learn([win]);
      await old.sync();
      late.learn([{ variant: "d", reward: 1 }]);
      await late.sync();
      ensureSame("sums", late.bandit.sums, update(wider, [win, { variant: "d", reward: 1 }]).sums);
      old.learn([loss]);
      ensureSame("the old one", await codeOf(old.sync()), "arms_ahead");
      ensureSame("what it knows", [old.stats().waiting, old.bandit.rewards], [1, 2]);
    },
  },
  {
    name: "configuration is apart from what is learned, and no change of it undoes another",
    async run({ open }) {
      const [one, other] = [process(open(), "one"), process(open(), "other")];
      one.learn([win]);
      const first = { version: 0, paused: ["b"], constraints: [caps({ shares: { a: 0.5 } })] };
      ensureSame("version", (await one.configure(first)).version, 1);
      ensureSame(
        "a change of what is gone",
        await codeOf(other.configure({ version: 0 })),
        "stale_configuration",
      );
      ensureSame(
        "an arm that is not there",
        await codeOf(other.configure({ version: 1, paused: ["z"] })),
        "unknown_action",
      );
      await Promise.all([one.sync(), other.sync()]);
      await other.sync();
      for (const { bandit } of [one, other]) {
        ensureSame("statuses", statuses(bandit), ["live", "paused", "live"]);
        ensureSame("constraints", bandit.setup.constraints, [caps({ shares: { a: 0.5 } })]);
        ensureSame("rewards", bandit.rewards, 1);
      }
      await other.configure({ version: 1, paused: [] });
      await one.sync();
      ensureSame("statuses", statuses(one.bandit), ["live", "live", "live"]);
      ensureSame("constraints", one.bandit.setup.constraints.length, 1);
    },
  },
  {
    name: "many processes that exchange at once learn every reward once",
    async run({ open }) {
      const all = Array.from({ length: 5 }, (_, i) => process(open(), `worker ${i}`));
      await Promise.all(
        all.map(async (each) => {
          for (let i = 0; i < 4; i++) {
            each.learn([win, loss]);
            await each.sync();
          }
        }),
      );
      ensureSame(
        "waiting",
        all.map((each) => each.stats().waiting),
        [0, 0, 0, 0, 0],
      );
      ensureSame("rewards", (await heldBy(open())).rewards, 40);
    },
  },
];

const statuses = ({ setup }: BanditState) => setup.arms.map(({ status }) => status);
