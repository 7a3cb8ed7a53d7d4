import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type BanditState,
  caps,
  constraints,
  createBandit,
  policies,
  takeDelta,
  update,
  withSource,
} from "../../../src/bandits/index.js";
import { defineExperiment } from "../../../src/index.js";
import { memoryStore, shareBandit, shareLedger } from "../../../src/stores/index.js";
import { made } from "./made.js";
import type { SampleCalls } from "./sample-call.js";

const definition = defineExperiment({
  key: "cta",
  unit: "userId",
  variants: { control: "Buy", b: "Buy now" },
  policy: "thompson",
});
const bandit: BanditState = made(createBandit(definition, policies));
const win = { variant: "b", reward: 1 };
const delta = () => takeDelta(update(withSource(bandit, "east"), [win])).delta;

const journal = () => ({
  left: undefined,
  full: false,
  learned: () => undefined,
  keep: () => Promise.resolve(),
  close: () => undefined,
});

const ledgerJournal = () => ({
  left: [],
  full: false,
  note: () => undefined,
  keep: () => Promise.resolve(),
  close: () => undefined,
});

export const stores: SampleCalls = {
  shareBandit: () => [
    bandit,
    memoryStore(),
    { source: "east", journal: journal(), every: 0, timeout: 9_000, constraints, onError: () => undefined },
  ],
  shareLedger: () => [
    { reward: bandit },
    memoryStore(),
    {
      ...{
        source: "east",
        clock: () => 0,
        windowHours: 48,
        missing: 0,
        combine: "max",
        early: true,
        keepHours: 24,
      },
      ...{
        kinds: { reward: { windowHours: 1, missing: null, combine: "sum", early: false } },
        shards: 2,
        lease: 1_000,
      },
      ...{ mostWaiting: 10, journal: ledgerJournal(), every: 0, timeout: 9_000, constraints },
      onError: () => undefined,
    },
  ],
  "SharedLedger.decision": () => [{ id: "d", action: { variant: "b" }, at: "2026-11-16", context: null }],
  "SharedLedger.reward": () => [
    { decisionId: "d", id: "r", value: 1, at: "2026-11-16", kind: "reward", revision: 1 },
  ],
  "SharedLedger.withdraw": () => ["d", "r"],
  "SharedLedger.release": () => ["d"],
  "SharedBandit.learn": () => [[win]],
  "SharedBandit.merge": () => [delta()],
  "SharedBandit.configure": () => [
    { version: 0, paused: ["b"], constraints: [caps({ shares: { b: 0.5 } })] },
  ],
};

export const storeObjects = {
  SharedLedger: () =>
    shareLedger({ reward: bandit }, memoryStore(), {
      ...{ source: "west", clock: () => 0, windowHours: 48, every: 0 },
    }),
  SharedBandit: () => shareBandit(bandit, memoryStore(), { source: "west", every: 0 }),
};

let folders = 0;
/** Each its own: a folder belongs to one journal at a time. */
const folder = () => join(tmpdir(), `essai-refusals-${process.pid}`, `store-${folders++}`);

export const fileStores: SampleCalls = {
  fileStore: () => [folder(), { patience: 10 }],
  ledgerJournal: () => [folder(), { onError: () => undefined }],
  rewardJournal: () => [folder(), { onError: () => undefined }],
};

export const postgresStores: SampleCalls = {
  postgresStore: () => [{ query: () => Promise.resolve({ rows: [] }) }, { prefix: "mine." }],
};

export const redisStores: SampleCalls = {
  redisStore: () => [{ sendCommand: () => Promise.resolve([]) }, { prefix: "mine:" }],
};
