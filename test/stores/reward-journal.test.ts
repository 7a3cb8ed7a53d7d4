import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createBandit, type Outcome, policies } from "essai/bandits";
import { type BanditStore, memoryStore, shareBandit } from "essai/stores";
import { rewardJournal } from "essai/stores/file";
import { afterEach, beforeEach, expect, test } from "vitest";
import { definitionOf } from "../bandits/definition.js";
import { errorsOf } from "../errors/errors-of.js";

const empty = createBandit(definitionOf(3), policies);
const win: Outcome = { variant: "a", reward: 1 };
const away = () => Promise.reject(new Error("no network"));
const down: BanditStore = { read: away, replace: away };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "essai-journal-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = (store: BanditStore, onError?: (error: unknown) => void) =>
  shareBandit(empty, store, {
    source: "worker",
    every: 0,
    journal: rewardJournal(folder, onError ? { onError } : {}),
  });
const files = () => readdirSync(folder).filter((name) => name.endsWith(".journal"));
/** What a killed process leaves: its files, and its lock, which is nobody's. */
function killed(): void {
  const kept = files().map((name) => [name, readFileSync(join(folder, name))] as const);
  rmSync(folder, { recursive: true });
  folder = mkdtempSync(join(tmpdir(), "essai-journal-"));
  for (const [name, bytes] of kept) writeFileSync(join(folder, name), bytes);
}

test("what a killed process learned, before, during and after an exchange, counts once", async () => {
  const store = memoryStore();
  let one = open(store);
  one.learn([win]);
  killed();
  one = open(store);
  expect(one.bandit.rewards).toBe(1);
  one.learn([win]);
  await one.sync();
  one.learn([win, { variant: "b", reward: 0 }]);
  killed();
  // The delta arrives, and the process is killed before it hears of it.
  one = open({
    read: store.read,
    async replace(...args) {
      await store.replace(...args);
      throw new Error("cut off");
    },
  });
  await one.sync();
  killed();
  one = open(store);
  expect(await one.close()).toMatchObject({ waiting: 0, failures: 0 });
  expect(one.bandit.sums).toEqual([
    [3, 0],
    [0, 1],
    [0, 0],
  ]);
});

test("it does not grow while the store is down for long, and files that are over go", async () => {
  let one = open(down);
  const context = "x".repeat(20_000);
  for (let i = 0; i < 200; i++) {
    one.learn([{ ...win, context }]);
    if (i % 20 === 0) await one.sync();
  }
  await one.sync();
  const bytes = files().reduce((sum, name) => sum + readFileSync(join(folder, name)).length, 0);
  expect(bytes).toBeLessThan(2_500_000);
  killed();
  one = open(memoryStore());
  expect((await one.close()).merged).toBe(200);
});

test("a line that was cut off is left out silently, a changed one is told", async () => {
  const told: unknown[] = [];
  let one = open(down);
  one.learn([win]);
  one.learn([win]);
  killed();
  const path = join(folder, files()[0] ?? "");
  appendFileSync(path, '01234567 ["learned",[{"rew');
  const lines = readFileSync(path, "utf8").split("\n");
  lines[1] = lines[1]?.replace('"reward":1', '"reward":0') ?? "";
  writeFileSync(path, lines.join("\n"));
  one = open(memoryStore(), (error) => told.push(error));
  expect(one.stats().waiting).toBe(1);
  await expect.poll(() => told.map(String)).toEqual([expect.stringContaining("line 2: changed")]);
});

test("a folder is one process's, and what a newer version left is refused and kept", async () => {
  const one = open(down);
  expect(errorsOf(() => rewardJournal(folder))).toMatchObject([{ code: "folder_in_use" }]);
  await one.close();
  const path = join(folder, files()[0] ?? "");
  const text = readFileSync(path, "utf8");
  expect(text).toContain('"format":"essai.reward-journal/1"');
  const { LineWriter } = await import("../../src/disk/index.js");
  const writer = new LineWriter(path);
  writer.append(JSON.stringify(["unmerged", { format: "essai.reward-journal/2" }]));
  writer.close();
  expect(errorsOf(() => rewardJournal(folder))).toMatchObject([
    { code: "unsupported_format", path: ["journal", "format"] },
  ]);
  expect(readFileSync(path, "utf8")).toContain(text);
});
