import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type LogOptions, openLedger } from "../../src/bandits/node/index.js";
import { randomSource } from "../../src/random/index.js";
import { killRounds } from "./kills/kill-rounds.mjs";

const OPTIONS = { windowHours: 1, kinds: { reward: {}, click: { combine: "max" } } } as const;
const time = (minutes: number) => new Date(Date.UTC(2026, 10, 21) + minutes * 60_000);
let base: string;
let folder: string;
let errors: string[];
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "essai-ledger-"));
  folder = join(base, "ledger");
  errors = [];
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const open = (log: LogOptions = {}, at = folder) =>
  openLedger(at, OPTIONS, { onError: (error) => errors.push(String(error)), ...log });
type Opened = ReturnType<typeof open>;
/** Lets a ledger's folder go as a process does that is killed: its files stay as they are. */
const kill = (at = folder) => rmSync(join(at, "lock"));
const files = (at = folder) => readdirSync(at).filter((name) => name.endsWith(".ledger"));

/** All that a ledger holds and has learned. */
const held = (ledger: Opened) => ({
  state: ledger.state,
  counts: ledger.counts,
  pending: ledger.pending,
  waiting: ledger.waiting,
  aside: ledger.quarantined(),
});
/** What it holds, and what it will still hand out. */
const future = (ledger: Opened) => {
  const before = held(ledger);
  const { outcomes } = ledger.settle(time(1e6), () => "end");
  return { before, outcomes };
};

const decision = (id: string, minutes: number, context: null | { age: number } = null) => ({
  id,
  action: { variant: "a" },
  at: time(minutes).toISOString(),
  context,
  stateHash: "s",
});
const reward = (decisionId: string, id: string, minutes: number, value = 1) => ({
  decisionId,
  id,
  value,
  at: time(minutes).toISOString(),
});
/** Learns by adding up, and refuses what is more than 2. */
function learn(ledger: Opened, minutes: number) {
  const { sum = 0, ids = [] } = (ledger.state ?? {}) as { sum?: number; ids?: string[] };
  return ledger.settle(time(minutes), ({ reward: due = [] }) => ({
    sum: due.reduce((all, each) => all + each.reward, sum),
    ids: [...ids, ...due.map(({ decisionId }) => decisionId)],
  }));
}
const acts: readonly ((ledger: Opened) => unknown)[] = [
  (l) => l.decision(decision("x", 0, { age: 3 })),
  (l) => l.reward(reward("x", "r", 5)),
  (l) => l.reward({ ...reward("x", "r", 5, 2), revision: 1 }),
  (l) => l.reward(reward("y", "early", 6)),
  (l) => l.withdraw("y", "back"),
  (l) => l.decision(decision("y", 4)),
  (l) => l.decision(decision("ü", 30)),
  (l) => l.withdraw("x", "other"),
  (l) => l.reward(reward("x", "late", 99)),
  (l) => learn(l, 62),
  (l) => l.decision(decision("z", 80)),
  (l) => learn(l, 95),
  (l) => l.prune(time(61)),
  (l) => l.reward(reward("z", "r", 85, 7)),
];

describe("a ledger on disk", () => {
  it("is the same when it is opened again, after any of its changes", () => {
    const ledger = open({ syncEvery: 0 });
    for (const act of acts) {
      act(ledger);
      const copy = join(base, "copy");
      mkdirSync(copy);
      for (const name of files()) copyFileSync(join(folder, name), join(copy, name));
      const again = open({}, copy);
      expect(held(again)).toEqual(held(ledger));
      expect(again.recovery.damaged).toEqual([]);
      again.close();
      rmSync(copy, { recursive: true });
    }
    expect(held(ledger)).toMatchObject({ state: { sum: 3, ids: ["x", "y", "ü"] }, pending: 1, waiting: 0 });
    kill();
    expect(future(open()).outcomes.reward).toMatchObject([{ decisionId: "z", reward: 7 }]);
    expect(errors).toEqual([]);
  });

  it("cut off at any byte, it holds all that was whole before, and tells of what was not", () => {
    const ledger = open({ syncEvery: 0 });
    const after = [held(ledger)];
    const sizes = [statSync(join(folder, files()[0]!)).size];
    for (const act of acts) {
      act(ledger);
      after.push(held(ledger));
      sizes.push(statSync(join(folder, files()[0]!)).size);
    }
    kill();
    const [name] = files();
    const whole = readFileSync(join(folder, name!));
    const empty = { state: undefined, pending: 0, waiting: 0, aside: [] };
    // Every byte of the first lines and around the ends of lines; in between every 12th. `npm run soak` takes all of them.
    const step = Number(process.env.ESSAI_BYTE_STEP ?? 12);
    for (let bytes = 0; bytes <= whole.length; bytes++) {
      if (bytes % step > 0 && !sizes.some((size) => Math.abs(size - bytes) < 2)) continue;
      const copy = join(base, "copy");
      mkdirSync(copy);
      writeFileSync(join(copy, name!), whole.subarray(0, bytes));
      const again = open({}, copy);
      const last = sizes.findLastIndex((size) => size <= bytes);
      expect(held(again), `${bytes} bytes`).toMatchObject(last < 0 ? empty : after[last]!);
      // Within an act that made several lines the earlier ones count.
      const ended = bytes === 0 || whole[bytes - 1] === 10;
      expect(again.recovery.damaged.map(({ torn }) => torn)).toEqual(ended ? [] : [true]);
      expect(errors.splice(0).length).toBe(ended ? 0 : 1);
      again.close();
      const third = open({}, copy);
      expect([held(third), third.recovery.damaged]).toEqual([held(again), []]);
      third.close();
      rmSync(copy, { recursive: true });
    }
  });

  it("with any byte changed, it tells of the line and hands nothing out twice", () => {
    const ledger = open();
    for (const act of acts) act(ledger);
    kill();
    const [name] = files();
    const whole = readFileSync(join(folder, name!));
    const random = randomSource("damage");
    for (let i = 0; i < 40; i++) {
      const copy = join(base, "copy");
      mkdirSync(copy);
      const harmed = Buffer.from(whole);
      const place = Math.floor(random.next() * harmed.length);
      harmed[place] = harmed[place]! ^ (1 << Math.floor(random.next() * 8));
      writeFileSync(join(copy, name!), harmed);
      const again = open({}, copy);
      expect(again.recovery.damaged.length).toBeGreaterThan(0);
      learn(again, 1e6);
      const { ids } = again.state as { ids: string[] };
      expect(new Set(ids).size).toBe(ids.length);
      again.close();
      rmSync(copy, { recursive: true });
    }
    expect(errors.every((text) => /line \d+: cut off or changed$/.test(text))).toBe(true);
  });

  it("a settlement that became unreadable is not made again, if what it learned is there", () => {
    const first = open();
    first.decision(decision("x", 0));
    learn(first, 99);
    kill();
    const [name] = files();
    const path = join(folder, name!);
    const second = open();
    kill();
    writeFileSync(path, readFileSync(path, "utf8").replace('["settle"', '["sottle"'));
    const third = open();
    expect([third.state, third.pending]).toEqual([second.state, 0]);
    expect(learn(third, 999).outcomes.reward).toEqual([]);
  });

  it("lets files go whose decisions are pruned, early ones too, and is the same without them", () => {
    const ledger = open();
    const context = { age: 1, text: "x".repeat(400_000) };
    for (let i = 0; i < 100; i++) {
      if (i % 10 === 0) ledger.reward(reward(`d${i + 5}`, "early", i));
      ledger.decision({ ...decision(`d${i}`, i), context });
      learn(ledger, i);
      if (i % 20 === 19) {
        ledger.prune(time(i));
        const copy = join(base, "copy");
        cpSync(folder, copy, { recursive: true });
        kill(copy);
        const again = open({}, copy);
        expect(held(again)).toEqual(held(ledger));
        again.close();
        rmSync(copy, { recursive: true });
      }
    }
    expect(files().length).toBeGreaterThan(1);
    expect(files()[0]).not.toBe("000000000001.ledger");
    const { ids } = ledger.state as { ids: string[] };
    learn(ledger, 1e6);
    ledger.prune(time(1e6));
    // The one that holds what was settled, until it is over, and the one after it.
    expect(files().length).toBeLessThanOrEqual(2);
    expect(ids.length).toBeGreaterThan(30);
    kill();
    const last = open();
    expect([last.pending, (last.state as { ids: string[] }).ids.length]).toEqual([0, 100]);
  });

  it("what the disk refuses has not happened", () => {
    const ledger = open();
    ledger.decision(decision("x", 0));
    const before = held(ledger);
    ledger.close();
    for (const act of acts.slice(1, 5))
      expect(() => act(ledger)).toThrow(expect.objectContaining({ code: "ledger_closed" }));
    expect(() => learn(ledger, 99)).toThrow(expect.objectContaining({ code: "ledger_closed" }));
    expect(held(ledger)).toEqual(before);
    const again = open();
    for (const learned of [undefined, () => 1, Symbol("x")])
      expect(() => again.settle(time(99), () => learned)).toThrow(
        expect.objectContaining({ code: learned ? "wrong_type" : "missing_value", path: ["learned"] }),
      );
    expect(held(again)).toEqual(before);
  });

  it("a record that says nothing new is not written again", () => {
    const ledger = open();
    const size = () => files().reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
    ledger.decision(decision("x", 0));
    ledger.reward(reward("x", "r", 1));
    ledger.withdraw("x", "w");
    ledger.reward(reward("early", "r", 1));
    const before = size();
    ledger.decision(decision("x", 0));
    ledger.reward(reward("x", "r", 1));
    ledger.withdraw("x", "w");
    ledger.reward(reward("early", "r", 1));
    expect(size()).toBe(before);
    ledger.reward({ ...reward("x", "r", 1), revision: 1 });
    expect(size()).toBeGreaterThan(before);
    ledger.close();
  });

  it("refuses a folder that cannot be made", () => {
    const file = join(base, "file");
    writeFileSync(file, "");
    for (const received of [file, join(file, "ledger"), "/proc/nowhere/x"])
      expect(() => open({}, received)).toThrow(
        expect.objectContaining({ code: "unwritable_folder", path: ["folder"], received }),
      );
  });

  it("makes the folders above its own", () => {
    const deep = join(base, "one", "two");
    open({}, deep).close();
    expect(files(deep)).toEqual(["000000000001.ledger"]);
  });

  it("refuses a folder of another ledger, of another process, and what it does not read", () => {
    const ledger = open();
    ledger.decision(decision("x", 0));
    expect(() => open()).toThrow(expect.objectContaining({ code: "folder_in_use" }));
    ledger.close();
    for (const [options, path] of [
      [{ ...OPTIONS, windowHours: 2 }, ["options", "windowHours"]],
      [{ windowHours: 1 }, ["options", "kinds"]],
    ] as const)
      expect(() => openLedger(folder, options)).toThrow(
        expect.objectContaining({ code: "other_ledger", path }),
      );
    expect(() => openLedger(folder, OPTIONS, { syncevery: 1 } as never)).toThrow(
      expect.objectContaining({ code: "unknown_key", path: ["log", "syncevery"] }),
    );
    const more = openLedger(folder, { ...OPTIONS, kinds: { ...OPTIONS.kinds, sale: {} } });
    expect(more.pending).toBe(1);
    more.close();
  });

  it("killed again and again, it learns every reward once", async () => {
    const chance = randomSource("kills");
    const { killed, whole } = await killRounds({ kills: 2, many: 150, chance: () => chance.next() });
    expect([killed.rewards, killed.sums, killed.pending]).toEqual([whole.rewards, whole.sums, whole.pending]);
    expect(whole.rewards).toBeGreaterThan(300);
    expect(whole.counts).toMatchObject({ quarantined: expect.any(Number) });
  });
});
