// Decides, and records decisions, clicks and withdrawals, until it is killed or has made as many decisions as it should. A
// number is written once all of its records are taken: after that moment none of them may be lost.
import { openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { setImmediate, setTimeout } from "node:timers/promises";
import { decide, probabilities } from "essai/bandits";
import { openStore } from "./open-store.mjs";
import { isClicked, isWithdrawn, sharedLedger } from "./shared-ledger.mjs";

const [kind, place, folder, workers, number, total] = process.argv.slice(2);
const variant = `w${number}`;
const progress = join(folder, `${variant}.recorded`);
const reached = openSync(progress, "a");
const { store, end } = openStore(kind, place);
const ledger = sharedLedger(store, Number(workers), variant, folder);
while ((await ledger.sync()).failures > 0) await setTimeout(20);

const lines = readFileSync(progress, "utf8").split("\n");
// The last line may be half written: its records are recorded again.
let made = Number(lines.at(-2) ?? 0);
let wrong = 0;
let syncing = false;
const timer = setInterval(async () => {
  if (syncing) return;
  syncing = true;
  await ledger.sync();
  syncing = false;
}, 20);
// By a clock that is behind, so that none is late, however long a worker takes to start again.
const clickOf = (i) => ({
  ...{
    decisionId: `${variant} ${i}`,
    id: "click",
    value: 1,
    at: new Date(Date.now() - 60_000).toISOString(),
  },
});
// Clicks come a little later, some before their decision, and some are withdrawn once they were learned.
const LATER = 40;
const WITHDRAWN = 900;
while (made < Number(total) + WITHDRAWN) {
  if (made < Number(total)) {
    const bandit = ledger.bandits.reward;
    const decision = decide(bandit, { unitId: `${variant} ${made}`, occasion: "1", now: new Date() });
    const at = bandit.setup.arms.findIndex(({ key }) => key === decision.action.variant);
    if (decision.propensity !== probabilities(bandit)[at]) wrong++;
    // Its arm says whose decision it was.
    if (made % 5 === 0 && isClicked(made)) ledger.reward(clickOf(made));
    ledger.decision({ ...decision, id: `${variant} ${made}`, action: { variant } });
  }
  const clicked = made - LATER;
  if (clicked >= 0 && clicked < Number(total) && clicked % 5 > 0 && isClicked(clicked))
    ledger.reward(clickOf(clicked));
  const withdrawn = made - WITHDRAWN;
  if (withdrawn >= 0 && isWithdrawn(withdrawn)) ledger.withdraw(`${variant} ${withdrawn}`, "click");
  made++;
  writeSync(reached, `${made}\n`);
  if (made % 4 === 0) await setImmediate();
  if (made % 32 === 0) await setTimeout(2);
}
clearInterval(timer);
for (;;) {
  const { queued } = await ledger.sync();
  if (queued === 0) break;
  await setTimeout(20);
}
await ledger.close();
await end();
if (wrong > 0) throw new Error(`${wrong} propensities were not those of the state`);
