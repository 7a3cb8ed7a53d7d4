// Shared bandits under kills: `node test/soak/stores.mjs [WORKER_KILLS] [SERVER_KILLS]`, by default 100 and 10, through
// a folder, Redis and PostgreSQL. Servers that are not installed are named.
import { randomInt } from "node:crypto";
import { killWorkers } from "../stores/kills/kill-workers.mjs";
import { hasServer } from "../stores/servers/server.mjs";

const [kills, serverKills] = [Number(process.argv[2] ?? 100), Number(process.argv[3] ?? 10)];
const seed = randomInt(2 ** 31);
let state = seed;
const chance = () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
};
const [workers, total] = [3, 600 * kills];
for (const [kind, ledger] of ["file", "redis", "postgres"].flatMap((each) => [
  [each, false],
  [each, true],
])) {
  if (kind !== "file" && !hasServer(kind)) {
    console.log(`left out: ${kind} is not installed`);
    continue;
  }
  const options = {
    kind,
    workers,
    total,
    kills,
    serverKills: kind === "file" ? 0 : serverKills,
    chance,
    ledger,
  };
  const found = await killWorkers(options);
  const same = JSON.stringify(found.sums) === JSON.stringify(found.expected);
  const perHour = Math.round(((workers * total) / found.seconds) * 3_600);
  console.log(
    `${same ? "passed" : "FAILED"}: ${kind}${ledger ? ", with a ledger" : ""} (seed ${seed}), ${found.workerKills} kills of workers and ${found.serverKills} of ` +
      `the server in ${Math.round(found.seconds)} s: ${workers * total} decisions and rewards (${perHour} an hour), ` +
      `sums ${JSON.stringify(found.sums)}, expected ${JSON.stringify(found.expected)}`,
  );
  if (!same) process.exitCode = 1;
}
