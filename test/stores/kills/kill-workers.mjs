// Kills workers that share a bandit, and the server that they share it through, with −9 again and again.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { shareBandit } from "essai/stores";
import { startServer } from "../servers/server.mjs";
import { openStore } from "./open-store.mjs";
import { isClicked, isWithdrawn, sharedLedger } from "./shared-ledger.mjs";
import { rewardOf, sharedMail } from "./shared-mail.mjs";

const fileOf = (name) => fileURLToPath(new URL(name, import.meta.url));

/** What is left when all workers are done: the sums that the store holds, and those that were to be learned. */
const sharedBandit = {
  worker: fileOf("worker.mjs"),
  async learned(store, workers) {
    const reader = shareBandit(sharedMail(workers), store, { every: 0 });
    const { problem } = await reader.sync();
    if (problem) throw problem;
    return reader.bandit;
  },
  wins: (total) => Array.from({ length: total }, (_, i) => rewardOf(i)).reduce((sum, each) => sum + each, 0),
};
const ofLedger = {
  worker: fileOf("ledger-worker.mjs"),
  async learned(store, workers) {
    const ledger = sharedLedger(store, workers, "last");
    const end = Date.now() + 60_000;
    // Leases of killed workers have to expire, and windows to close.
    for (;;) {
      const { shards, pending, problem } = await ledger.sync();
      if (shards === 4 && pending === 0 && !problem) break;
      if (Date.now() > end) throw problem ?? new Error(`${pending} decisions wait, in ${shards} shards`);
      await setTimeout(50);
    }
    const { conflicting, unmatched, late, pruned, quarantined } = (await ledger.close()) ?? {};
    if (conflicting + unmatched + late + pruned + quarantined > 0)
      throw new Error(JSON.stringify({ conflicting, unmatched, late, pruned, quarantined }));
    return ledger.bandits.reward;
  },
  wins: (total) =>
    Array.from({ length: total }, (_, i) => Number(isClicked(i) && !isWithdrawn(i))).reduce(
      (sum, each) => sum + each,
      0,
    ),
};

/**
 * @param kind         "file", "postgres" or "redis"
 * @param workers      how many processes
 * @param total        rewards of each
 * @param kills        of workers
 * @param serverKills  of the server
 * @param pause        milliseconds between two kills, on average
 * @param chance       numbers in [0, 1)
 * @param ledger       whether decisions wait for their clicks in a shared ledger; otherwise rewards are learned at once
 * @returns the sums that the store holds, those that were to be learned, and how long it took, in seconds
 */
export async function killWorkers(options) {
  const { kind, workers, total, kills, serverKills = 0, pause = 300, chance, ledger = false } = options;
  const through = ledger ? ofLedger : sharedBandit;
  const folder = mkdtempSync(join(tmpdir(), "essai-share-kills-"));
  const server = kind === "file" ? undefined : await startServer(kind);
  const place = server ? server.port : join(folder, "store");
  if (!server) mkdirSync(place);
  const errors = [];
  const running = new Map();
  const finished = new Set();
  const run = (number) => {
    const args = [through.worker, kind, place, folder, workers, number, total].map(String);
    const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
    let text = "";
    child.stderr.on("data", (bytes) => (text += bytes));
    const over = new Promise((resolve) =>
      child.on("close", (code, signal) => {
        running.delete(number);
        if (code === 0) finished.add(number);
        else if (signal !== "SIGKILL") errors.push(text || `ended with ${code}`);
        resolve();
      }),
    );
    running.set(number, { child, over });
  };
  const start = performance.now();
  let [workerKills, serversKilled] = [0, 0];
  try {
    for (let number = 0; number < workers; number++) run(number);
    while (finished.size < workers && errors.length === 0) {
      await setTimeout(2 * pause * chance());
      if (serversKilled < serverKills && chance() < serverKills / (kills + serverKills)) {
        await server.kill();
        serversKilled++;
        await setTimeout(pause * chance());
        await server.start();
      } else if (workerKills < kills) {
        const alive = [...running.keys()];
        const number = alive[Math.floor(alive.length * chance())];
        const it = running.get(number);
        if (it) {
          it.child.kill("SIGKILL");
          await it.over;
          workerKills++;
          if (!finished.has(number)) run(number);
        }
      }
    }
    const seconds = (performance.now() - start) / 1000;
    const { store, end } = openStore(kind, place);
    if (errors.length > 0) throw new Error(errors.join("\n"));
    const bandit = await through.learned(store, workers);
    await end();
    const wins = through.wins(total);
    const expected = Array.from({ length: workers }, () => [wins, total - wins]);
    if (bandit.rewards !== workers * total) throw new Error(`${bandit.rewards} rewards are learned`);
    return { sums: bandit.sums, expected, workerKills, serverKills: serversKilled, seconds };
  } finally {
    for (const { child, over } of [...running.values()]) {
      child.kill("SIGKILL");
      await over;
    }
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
