// Plays a stream of decisions, rewards and settlements into a ledger on disk until it is killed, or the stream is over. How
// far it came is written once a step has returned: after that moment it may not be lost.
import { openSync, readFileSync, writeSync } from "node:fs";
import { defineExperiment } from "essai";
import { bernoulli, createBandit, restoreBandit, thompson, update } from "essai/bandits";
import { openLedger } from "essai/bandits/node";
import { playStep, WINDOW } from "./stream.mjs";

const [folder, progress, from, to] = process.argv.slice(2);
const variants = { a: null, b: null };
const mail = defineExperiment({ key: "mail", unit: "userId", control: "a", variants, policy: "thompson" });

const ledger = openLedger(folder, { windowHours: WINDOW });
let bandit = ledger.state
  ? restoreBandit(ledger.state, { thompson, bernoulli }, mail)
  : createBandit(mail, { thompson });
const settle = (now) => {
  bandit = ledger.settle(now, ({ reward }) => update(bandit, reward)).learned;
};
const reached = openSync(progress, "a");
for (let step = Number(from); step < Number(to); step++) {
  playStep(ledger, step, settle);
  writeSync(reached, `${step}\n`);
}
const { counts, recovery, pending } = ledger;
ledger.close();
const { rewards, sums } = JSON.parse(JSON.stringify(bandit));
console.log(
  JSON.stringify({ rewards, sums, counts, recovery, pending, progress: readFileSync(progress).length }),
);
