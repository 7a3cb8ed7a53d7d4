// Floods and kills senders (sender.mjs), kills ledgers (ledger.mjs) and workers that share a bandit (stores.mjs), then runs every property with fresh seeds, again and again, for some minutes:
// `npm run soak -- 10`.
import { execFileSync, spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";

const minutes = Number(process.argv[2] ?? 5);
if (!(minutes > 0)) throw new RangeError(`minutes: ${process.argv[2]}`);
const files = execFileSync("grep", ["-rlE", '/properties.js"', "test", "--include=*.test.ts"], {
  encoding: "utf8",
})
  .trim()
  .split("\n");
const senders = spawnSync(process.execPath, ["test/soak/sender.mjs"], { stdio: "inherit" });
const ledgers = spawnSync(process.execPath, ["test/soak/ledger.mjs"], { stdio: "inherit" });
const stores = spawnSync(process.execPath, ["test/soak/stores.mjs"], { stdio: "inherit" });
const end = Date.now() + minutes * 60_000;
const failing = [];
let rounds = 0;
for (; Date.now() < end; rounds++) {
  const seed = randomInt(2 ** 31);
  const { status, stdout } = spawnSync(
    process.execPath,
    ["node_modules/vitest/vitest.mjs", "run", "--reporter=dot", ...files],
    { encoding: "utf8", env: { ...process.env, ESSAI_BUILT: "1", ESSAI_PROPERTY_SEED: `${seed}` } },
  );
  if (status) {
    failing.push(seed);
    console.log(`ESSAI_PROPERTY_SEED=${seed}\n${stdout}`);
  }
}
console.log(
  `${rounds - failing.length} passed, ${failing.length} failed${failing.length ? `: ${failing}` : ""}`,
);
process.exitCode = failing.length || senders.status || ledgers.status || stores.status ? 1 : 0;
