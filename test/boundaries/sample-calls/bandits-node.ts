import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLedger } from "../../../src/bandits/node/index.js";
import { bandits } from "./bandits.js";
import type { SampleCalls } from "./sample-call.js";

let folders = 0;
/** Each its own: a folder belongs to one ledger at a time. */
const folder = () => join(tmpdir(), `essai-refusals-${process.pid}`, `ledger-${folders++}`);
const of = (name: string) => bandits[`RewardLedger.${name}`]?.() ?? [];

export const banditsNode: SampleCalls = {
  openLedger: () => [
    folder(),
    {
      windowHours: 24,
      missing: 0,
      combine: "sum",
      kinds: { reward: { missing: null, combine: "max" }, revenue: { missing: 0, combine: "last" } },
      mostEarly: 10,
    },
    { syncEvery: 1_000, onError: () => undefined },
  ],
  "LoggedLedger.decision": () => of("decision"),
  "LoggedLedger.reward": () => of("reward"),
  "LoggedLedger.withdraw": () => of("withdraw"),
  "LoggedLedger.release": () => of("release"),
  "LoggedLedger.settle": () => [new Date(9e8), () => null],
  "LoggedLedger.prune": () => of("prune"),
};

export const banditNodeObjects = { LoggedLedger: () => openLedger(folder(), { windowHours: 24 }) };
