// The sender's long tests: `node test/soak/sender.mjs [KILLS] [SECONDS]`, by default 25 kills and 20 seconds at 5,000/s.
import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { assign, defineExperiment } from "essai";
import { createExposureLog, createSender, postTo } from "essai/exposures";
import { spillQueue } from "essai/exposures/node";
import { killRounds } from "../exposures/kills/kill-rounds.mjs";

const [kills = 25, seconds = 20] = process.argv.slice(2).map(Number);
const RATE = 5_000;

let failed = false;
const say = (good, text) => {
  failed ||= !good;
  console.log(`${good ? "passed" : "FAILED"}: ${text}`);
};

/** Sends so many exposures per second with the sender's defaults. */
async function throughput(name, url, queue) {
  const dropped = {};
  const sender = createSender({
    transport: postTo(url),
    ...(queue ? { queue } : {}),
    onDrop: (exposures, reason) => {
      dropped[reason] = (dropped[reason] ?? 0) + exposures.length;
    },
  });
  const log = createExposureLog({ write: sender.send, clock: Date.now });
  const cta = defineExperiment({ key: name, unit: "userId", variants: { control: 0, b: 1 } });
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  let [sent, most, late] = [0, 0, 0];
  for (const total = RATE * seconds; sent < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - start) / 1_000) * RATE));
    late = Math.max(late, due - sent);
    for (; sent < due; sent++) log.expose(assign(cta, { userId: `user-${sent}` }));
    most = Math.max(most, sender.stats().queued);
    await setTimeout(5);
  }
  const rate = Math.round(sent / ((performance.now() - start) / 1_000));
  const stats = await sender.close(30_000);
  const { user, system } = process.cpuUsage(cpu);
  const { stored } = await (await fetch(url)).json();
  const busy = Math.round((user + system) / 1e4 / ((performance.now() - start) / 1_000));
  say(
    stats.dropped === 0 && stats.sent === sent,
    `${name}: ${sent} exposures at ${rate}/s, ${stats.dropped} dropped ${JSON.stringify(dropped)}, ${stats.retried} retried, ` +
      `at most ${most} waiting, ${busy} % of a core, longest burst ${late}`,
  );
  return Number(stored);
}

const receiver = spawn(process.execPath, [fileURLToPath(new URL("receiver.mjs", import.meta.url))]);
receiver.stderr.pipe(process.stderr);
const folder = mkdtempSync(join(tmpdir(), "essai-soak-"));
try {
  const port = await new Promise((resolve) => receiver.stdout.once("data", (text) => resolve(Number(text))));
  const url = `http://127.0.0.1:${port}/`;
  const inMemory = await throughput("memory", url);
  say(inMemory === RATE * seconds, `${inMemory} rows stored`);
  const both = await throughput("spill", url, spillQueue(join(folder, "spill")));
  say(both - inMemory === RATE * seconds, `${both - inMemory} more rows stored`);
} finally {
  receiver.kill();
  rmSync(folder, { recursive: true, force: true });
}

const seed = randomInt(2 ** 31);
let state = seed;
const chance = () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
};
const { taken, arrived, last } = await killRounds({ kills, many: 4_000, chance });
const lost = taken.filter((id) => !arrived.has(id));
const times = [...arrived.values()].reduce((sum, each) => sum + each, 0);
say(
  lost.length === 0 && last.dropped === 0 && last.queued === 0,
  `${kills} kills (seed ${seed}): ${taken.length} taken, ${arrived.size} arrived, ${lost.length} lost, ` +
    `${times - arrived.size} arrived again with the same id`,
);
process.exitCode = failed ? 1 : 0;
