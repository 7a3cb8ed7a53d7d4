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
import { rewardOf, sharedMail } from "./shared-mail.mjs";

const worker = fileURLToPath(new URL("worker.mjs", import.meta.url));

/**
 * @param kind         "file", "postgres" or "redis"
 * @param workers      how many processes
 * @param total        rewards of each
 * @param kills        of workers
 * @param serverKills  of the server
 * @param pause        milliseconds between two kills, on average
 * @param chance       numbers in [0, 1)
 * @returns the sums that the store holds, those that were to be learned, and how long it took, in seconds
 */
export async function killWorkers({ kind, workers, total, kills, serverKills = 0, pause = 300, chance }) {
  const folder = mkdtempSync(join(tmpdir(), "essai-share-kills-"));
  const server = kind === "file" ? undefined : await startServer(kind);
  const place = server ? server.port : join(folder, "store");
  if (!server) mkdirSync(place);
  const errors = [];
  const running = new Map();
  const finished = new Set();
  const run = (number) => {
    const args = [worker, kind, place, folder, workers, number, total].map(String);
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
    const reader = shareBandit(sharedMail(workers), store, { every: 0 });
    const { problem } = await reader.sync();
    if (problem) errors.push(String(problem));
    await end();
    if (errors.length > 0) throw new Error(errors.join("\n"));
    const wins = Array.from({ length: total }, (_, i) => rewardOf(i)).reduce((sum, each) => sum + each, 0);
    const expected = Array.from({ length: workers }, () => [wins, total - wins]);
    return { sums: reader.bandit.sums, expected, workerKills, serverKills: serversKilled, seconds };
  } finally {
    for (const { child, over } of [...running.values()]) {
      child.kill("SIGKILL");
      await over;
    }
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
