// Decides and learns until it is killed, or has learned as many rewards as it should. A number is written once its reward
// was learned: after that moment it may not be lost, and the next process may not learn it again.
import { openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { setImmediate, setTimeout } from "node:timers/promises";
import { decide, probabilities } from "essai/bandits";
import { shareBandit } from "essai/stores";
import { rewardJournal } from "essai/stores/file";
import { openStore } from "./open-store.mjs";
import { rewardOf, sharedMail } from "./shared-mail.mjs";

const [kind, place, folder, workers, number, total] = process.argv.slice(2);
const variant = `w${number}`;
const progress = join(folder, `${variant}.learned`);
const reached = openSync(progress, "a");
const { store, end } = openStore(kind, place);
const shared = shareBandit(sharedMail(Number(workers)), store, {
  source: variant,
  journal: rewardJournal(join(folder, variant)),
  every: 0,
  timeout: 3_000,
});
while ((await shared.sync()).failures > 0) await setTimeout(20);

// What the store has of this worker, and what its journal has.
let learned = shared.bandit.sums[Number(number)].reduce((sum, each) => sum + each, 0);
const lines = readFileSync(progress, "utf8").split("\n");
// The last line may be half written.
const told = Number(lines.at(-2) ?? 0);
if (learned < told || learned > told + 1)
  throw new Error(`${variant} had told of ${told} rewards, and ${learned} are learned`);

let wrong = 0;
const timer = setInterval(() => void shared.sync(), 10);
while (learned < Number(total)) {
  const { bandit } = shared;
  const decision = decide(bandit, { unitId: `${variant} ${learned}`, occasion: "1", now: new Date(0) });
  const at = bandit.setup.arms.findIndex(({ key }) => key === decision.action.variant);
  if (decision.propensity !== probabilities(bandit)[at]) wrong++;
  shared.learn([{ variant, reward: rewardOf(learned) }]);
  learned++;
  writeSync(reached, `${learned}\n`);
  if (learned % 4 === 0) await setImmediate();
  if (learned % 64 === 0) await setTimeout(1);
}
clearInterval(timer);
for (;;) {
  const { waiting } = await shared.sync();
  if (waiting === 0) break;
  await setTimeout(20);
}
await shared.close();
await end();
if (wrong > 0) throw new Error(`${wrong} propensities were not those of the state`);
