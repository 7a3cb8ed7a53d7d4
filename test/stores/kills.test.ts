import { expect, test } from "vitest";
import { randomSource } from "../../src/random/index.js";
import { killWorkers } from "./kills/kill-workers.mjs";
import { ifServer } from "./servers/with-server.js";

/** A worker itself fails where it finds more or less learned than its predecessor had told. */
async function learnsOnce(
  options: Pick<Parameters<typeof killWorkers>[0], "kind" | "kills" | "serverKills" | "ledger">,
) {
  const random = randomSource(`kills ${options.kind}`);
  const { sums, expected } = await killWorkers({
    ...{ workers: 2, total: 1_500, pause: 150, chance: () => random.next() },
    ...options,
  });
  expect(sums).toEqual(expected);
}

test("workers that are killed and started again learn every reward once, through a folder", async () => {
  await learnsOnce({ kind: "file", kills: 3 });
}, 60_000);

test("workers that are killed and started again settle every decision once, through a folder", async () => {
  await learnsOnce({ kind: "file", kills: 3, ledger: true });
}, 60_000);

for (const kind of ["postgres", "redis"] as const)
  ifServer(kind, () => {
    test("workers and a server that are killed and started again learn every reward once", async () => {
      await learnsOnce({ kind, kills: 4, serverKills: 2 });
    }, 120_000);

    test("workers and a server that are killed and started again settle every decision once", async () => {
      await learnsOnce({ kind, kills: 4, serverKills: 2, ledger: true });
    }, 120_000);
  });
