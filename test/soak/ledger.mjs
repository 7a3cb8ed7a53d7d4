// The ledger's long tests: `node test/soak/ledger.mjs [KILLS]`, by default 25 kills; then the log cut off at every byte.
import { spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { killRounds } from "../bandits/kills/kill-rounds.mjs";

const kills = Number(process.argv[2] ?? 25);
const seed = randomInt(2 ** 31);
let state = seed;
const chance = () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
};
const { killed, whole, at } = await killRounds({ kills, many: 400, chance });
const learned = ({ rewards, sums, pending }) => JSON.stringify({ rewards, sums, pending });
const same = learned(killed) === learned(whole);
console.log(
  `${same ? "passed" : "FAILED"}: ${kills} kills (seed ${seed}) after steps ${at.join(", ")}: ${killed.rewards} of ` +
    `${whole.rewards} rewards learned, ${learned(killed)} and ${learned(whole)}`,
);
const { status } = spawnSync(
  process.execPath,
  ["node_modules/vitest/vitest.mjs", "run", "--testTimeout=600000", "test/bandits/ledger-log.test.ts"],
  { stdio: "inherit", env: { ...process.env, ESSAI_BUILT: "1", ESSAI_BYTE_STEP: "1" } },
);
process.exitCode = same && status === 0 ? 0 : 1;
