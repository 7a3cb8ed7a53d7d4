// Sends exposures through a spill queue until it is killed, or everything has arrived. An id is written to the ledger once
// `send` has said that the exposure was taken: after that moment it may not be lost.
import { openSync, writeSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { createSender, postTo } from "essai/exposures";
import { spillQueue } from "essai/exposures/node";

const [url, folder, ledger, from, many] = process.argv.slice(2);
const faults = [];
const sender = createSender({
  transport: postTo(url),
  // So little memory that most exposures wait in the file only.
  queue: spillQueue(folder, { capacity: 300, onError: (error) => faults.push(String(error)) }),
  batchSize: 200,
  delay: 10,
  backoff: 20,
  timeout: 500,
});
const taken = openSync(ledger, "a");
for (let i = Number(from), end = i + Number(many); i < end; i++) {
  const id = String(i);
  const exposure = { id, experiment: "cta", definitionVersion: 1, unitId: `ünit-${i}`, variant: "b" };
  if (sender.send({ ...exposure, at: "2026-01-01T00:00:00.000Z", propensity: 0.5 }))
    writeSync(taken, `${id}\n`);
  if (i % 40 === 0) await setTimeout(2);
}
const stats = await sender.close(30_000);
console.log(JSON.stringify({ ...stats, faults }));
