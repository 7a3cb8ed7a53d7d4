import { spawn } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Exposure } from "essai";
import { createSender, type ExposureQueue } from "essai/exposures";
import { type SpillOptions, spillQueue } from "essai/exposures/node";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inFrench } from "../../src/errors/fr/index.js";
import { killRounds } from "./kills/kill-rounds.mjs";
import { exposure } from "./make-sender.js";

let folder: string;
let errors: string[];
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "essai-spill-")), "spill");
  errors = [];
});
afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

const open = (options: SpillOptions = {}) =>
  spillQueue(folder, { onError: (error) => errors.push(String(error)), ...options });
/** Lets a queue's folder go as a process does that is killed: its files stay as they are. */
const kill = () => rmSync(join(folder, "lock"));
const fill = (queue: ExposureQueue, from: number, to: number) => {
  for (let i = from; i < to; i++) expect(queue.put(exposure(i))).toBe(true);
};
const ids = (exposures: readonly Exposure[]) => exposures.map(({ id }) => Number(id));
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const files = () => readdirSync(folder).filter((name) => name !== "lock");
const segments = () => files().filter((name) => name.endsWith(".exposures"));

/** Takes everything out, so many at a time. */
function drain(queue: ExposureQueue, step = 7): number[] {
  const out: number[] = [];
  for (let batch = queue.head(step); batch.length > 0; batch = queue.head(step)) {
    out.push(...ids(batch));
    expect(queue.remove(batch)).toBe(batch.length);
  }
  return out;
}

describe("spillQueue", () => {
  it("keeps the order, whatever fits into memory", () => {
    for (const capacity of [1, 3, 10, 100]) {
      const queue = open({ capacity });
      const out: number[] = [];
      for (let i = 0; i < 60; i++) {
        fill(queue, i, i + 1);
        if (i % 5 === 4) {
          const batch = queue.head(2);
          out.push(...ids(batch));
          queue.remove(batch);
        }
        expect(queue.size).toBe(i + 1 - out.length);
      }
      out.push(...drain(queue));
      expect([out, queue.size]).toEqual([numbers(0, 60), 0]);
      queue.close?.();
      expect(readdirSync(folder)).toEqual([]);
    }
    expect(errors).toEqual([]);
  });

  it("gives what a killed process has left, in order, and what is put after it", () => {
    const first = open({ capacity: 4 });
    fill(first, 0, 10);
    first.remove(first.head(3));
    kill();
    const second = open({ capacity: 4 });
    expect(second.size).toBe(7);
    fill(second, 10, 13);
    expect(ids(second.head(2))).toEqual([3, 4]);
    second.remove(second.head(2));
    kill();
    const third = open({ capacity: 4 });
    fill(third, 13, 15);
    expect(drain(third, 3)).toEqual(numbers(5, 15));
    third.close?.();
    expect([readdirSync(folder), errors]).toEqual([[], []]);
  });

  it("gives nothing again that was done, however often it is opened", () => {
    for (let i = 0; i < 5; i++) {
      const queue = open();
      expect(queue.size).toBe(i === 0 ? 0 : 1);
      fill(queue, i, i + 1);
      queue.remove(queue.head(queue.size - 1));
      expect(ids(queue.head(9))).toEqual([i].slice(0, queue.size));
      if (i === 0) queue.remove([]);
      kill();
    }
    expect(segments().length).toBeLessThanOrEqual(2);
  });

  it("a line that was cut off is not sent, and told; the others are", () => {
    const queue = open();
    fill(queue, 0, 5);
    kill();
    const [segment] = segments();
    const path = join(folder, segment!);
    const whole = statSync(path).size;
    for (const cut of [1, 20, 100]) {
      truncateSync(path, whole - cut);
      const next = open();
      expect(ids(next.head(9))).toEqual(numbers(0, 4));
      expect(errors.splice(0)).toEqual([`Error: ${path}, line 5: cut off or changed`]);
      fill(next, 5, 6);
      expect(ids(next.head(9))).toEqual([0, 1, 2, 3, 5]);
      next.remove(next.head(9).slice(4));
      kill();
      rmSync(join(folder, segments().at(-1)!));
      for (const name of files().filter((each) => each.endsWith(".done"))) rmSync(join(folder, name));
    }
  });

  it("a line that was changed is not sent, and told", () => {
    const queue = open();
    fill(queue, 0, 5);
    kill();
    const path = join(folder, segments()[0]!);
    writeFileSync(path, readFileSync(path, "utf8").replace('"unitId":"u2"', '"unitId":"u7"'));
    const next = open();
    expect(drain(next)).toEqual([0, 1, 3, 4]);
    expect(errors).toEqual([`Error: ${path}, line 3: cut off or changed`]);
  });

  it("how far it was done may be cut off too: then some are given again, none is lost", () => {
    const queue = open();
    fill(queue, 0, 5);
    queue.remove(queue.head(2));
    queue.remove(queue.head(1));
    kill();
    const path = join(folder, files().find((name) => name.endsWith(".done"))!);
    truncateSync(path, statSync(path).size - 1);
    const second = open();
    expect(ids(second.head(9))).toEqual([2, 3, 4]);
    second.remove(second.head(1));
    kill();
    appendFileSync(path, "ffffffff 5\n");
    expect(ids(open().head(9))[0]).toBeLessThanOrEqual(3);
  });

  it("deletes the files of what is done, also while others wait", () => {
    const queue = open({ maxBytes: 100_000 });
    fill(queue, 0, 500);
    expect(segments().length).toBe(3);
    queue.remove(queue.head(400));
    expect(segments().length).toBe(1);
    for (let i = 500; i < 2_000; i += 50) {
      fill(queue, i, i + 50);
      queue.remove(queue.head(50));
    }
    expect([segments().length <= 2, queue.atRisk!()]).toEqual([true, []]);
    expect(drain(queue)).toEqual(numbers(1_900, 2_000));
    kill();
    expect(open().size).toBe(0);
  });

  it("gives nothing again of a file that it had no time to delete", () => {
    const queue = open({ maxBytes: 4_000 });
    fill(queue, 0, 12);
    const path = join(folder, segments()[0]!);
    const text = readFileSync(path);
    queue.remove(queue.head(9));
    expect(existsSync(path)).toBe(false);
    kill();
    writeFileSync(path, text);
    const next = open();
    expect([next.size, drain(next), segments()]).toEqual([3, [9, 10, 11], []]);
  });

  it("takes no more bytes than it may: then memory only, then nothing", () => {
    const queue = open({ maxBytes: 500, capacity: 6 });
    const taken = numbers(0, 9).map((i) => queue.put(exposure(i)));
    const kept = 6 - queue.atRisk!().length;
    expect(kept).toBeGreaterThan(2);
    expect(ids(queue.atRisk!())).toEqual(numbers(kept, 6));
    expect(taken).toEqual(numbers(0, 9).map((i) => i < 6));
    queue.remove(queue.head(kept + 1));
    expect(ids(queue.head(9))).toEqual(numbers(kept + 1, 6));
    kill();
    expect(open().size).toBe(0);
  });

  it("what the disk refuses waits in memory, and is told", async () => {
    const queue = open({ capacity: 2 });
    rmSync(folder, { recursive: true });
    expect([0, 1, 2].map((i) => queue.put(exposure(i)))).toEqual([true, true, false]);
    expect(errors[0]).toMatch(/ENOENT/);
    expect(ids(queue.atRisk!())).toEqual([0, 1]);
    const lost: number[] = [];
    const sender = createSender({
      transport: () => Promise.reject(new Error("down")),
      queue,
      onDrop: (exposures, reason) => lost.push(...(reason === "closed" ? ids(exposures) : [])),
    });
    await sender.close(0);
    expect(lost).toEqual([0, 1]);
  });

  it("a sender that is closed at its deadline leaves what waits to the next one", async () => {
    let up = false;
    const arrived: number[] = [];
    const transport = async (batch: readonly Exposure[]) => {
      if (!up) throw new Error("down");
      arrived.push(...ids(batch));
    };
    const first = createSender({ transport, queue: open({ capacity: 5 }) });
    for (let i = 0; i < 20; i++) expect(first.send(exposure(i))).toBe(true);
    expect(await first.close(0)).toMatchObject({ queued: 20, dropped: 0 });
    up = true;
    const second = createSender({ transport, queue: open({ capacity: 5 }) });
    expect(second.stats().queued).toBe(20);
    second.send(exposure(20));
    expect(await second.close()).toMatchObject({ queued: 0, sent: 21 });
    expect([arrived, readdirSync(folder), errors]).toEqual([numbers(0, 21), [], []]);
  });

  it("forces what was taken onto the disk as often as it is told", async () => {
    for (const syncEvery of [0, 1]) {
      const queue = open({ syncEvery });
      fill(queue, 0, 20);
      await new Promise((resolve) => setTimeout(resolve, 5));
      queue.close?.();
      rmSync(folder, { recursive: true });
    }
    expect(errors).toEqual([]);
  });
});

describe("a spill queue's folder", () => {
  it("belongs to one queue at a time", async () => {
    const queue = open();
    expect(open).toThrow(
      expect.objectContaining({ code: "folder_in_use", path: ["folder"], other: process.pid }),
    );
    queue.close?.();
    const child = spawn(process.execPath, ["-e", "setInterval(() => undefined, 1000); console.log('up')"]);
    try {
      await new Promise((resolve) => child.stdout.once("data", resolve));
      const stat = readFileSync(`/proc/${child.pid}/stat`, "utf8").split(") ")[1]!.split(" ");
      const holder = `${child.pid} ${stat[19]}`;
      writeFileSync(join(folder, "lock"), holder);
      expect(open).toThrow(`is in use by process ${child.pid}`);
      // Its number, of a process that started at another time.
      writeFileSync(join(folder, "lock"), `${holder}0`);
      open().close?.();
      writeFileSync(join(folder, "lock"), holder);
    } finally {
      child.kill("SIGKILL");
      await new Promise((resolve) => child.once("close", resolve));
    }
    open().close?.();
    for (const holder of ["", "no process"]) {
      writeFileSync(join(folder, "lock"), holder);
      open().close?.();
    }
    expect(existsSync(join(folder, "lock"))).toBe(false);
  });

  it("that cannot be used is refused, in two languages", () => {
    const file = join(folder, "..", "file");
    writeFileSync(file, "");
    const refused = () => spillQueue(join(file, "spill"));
    expect(refused).toThrow(expect.objectContaining({ code: "unwritable_folder", path: ["folder"] }));
    expect(() => spillQueue("/proc/nowhere/x")).toThrow(
      expect.objectContaining({ code: "unwritable_folder", path: ["folder"] }),
    );
    try {
      refused();
    } catch (error) {
      expect((error as Error).cause).toBeInstanceOf(Error);
      expect(inFrench(error as never).message).toContain("ce dossier ne peut pas servir");
    }
  });

  it.each([
    ["", {}, ["folder"]],
    [5, {}, ["folder"]],
    ["x", { capacity: 0 }, ["options", "capacity"]],
    ["x", { syncEvry: 5 }, ["options", "syncEvry"]],
    ["x", { onError: 5 }, ["options", "onError"]],
  ])("%j with %j is refused", (where, options, path) => {
    expect(() => spillQueue(where as never, options as never)).toThrow(expect.objectContaining({ path }));
  });
});

describe("a process that is killed", () => {
  it("loses nothing that it has taken", { timeout: 60_000 }, async () => {
    let state = 7;
    const chance = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    const { taken, arrived, last, left } = await killRounds({ kills: 2, many: 600, chance });
    expect(taken.length).toBeGreaterThan(200);
    expect(taken.filter((id: string) => !arrived.has(id))).toEqual([]);
    expect(last).toMatchObject({ queued: 0, dropped: 0, setAside: 0, faults: [] });
    expect(left).toEqual([]);
  });
});
