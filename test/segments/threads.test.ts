import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { randomSource } from "../../src/random/index.js";
import { discoverSegments, type SegmentsRequest } from "../../src/segments/index.js";
import { discoverInThreads } from "../../src/segments/node/index.js";

// Threads start from built files; vitest's global setup built them.
const built = new URL("../../dist/node/segments/node/index.js", import.meta.url);
const { discoverInThreads: inThreads } = (await import(built.href)) as {
  discoverInThreads: typeof discoverInThreads;
};

/** Two treatments; one works for members, and a little for those of Nice. */
function world(seed = "world"): SegmentsRequest {
  const random = randomSource(seed);
  const people = Array.from({ length: 2400 }, () => ({
    ...{ member: random.next() < 0.4, city: random.next() < 0.5 ? "Nice" : "Lyon", age: 80 * random.next() },
    arm: ["none", "mail", "card"][Math.floor(3 * random.next())] ?? "none",
  }));
  return {
    variant: people.map(({ arm }) => arm),
    outcome: people.map(
      ({ arm, member }) => (arm === "mail" && member ? 1.5 : 0) + random.next() + random.next(),
    ),
    attributes: {
      member: people.map(({ member }) => member),
      city: people.map(({ city }) => city),
      age: people.map(({ age }) => age),
    },
    ...{ control: "none", random, repeats: 2 },
  };
}

describe("a search in threads", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "essai-search-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (name: string) => join(folder, name);
  const linesOf = (path: string) => readFileSync(path, "utf8").trimEnd().split("\n").length;

  it("finds what `discoverSegments` finds, digit by digit, and tells how far it is", async () => {
    const expected = JSON.stringify(discoverSegments(world()));
    expect(expected).toContain('"attribute":"member"');
    for (const search of [discoverInThreads, inThreads]) {
      const told: number[] = [];
      const found = await search(world(), { threads: 2, onProgress: (done) => told.push(done) });
      expect(JSON.stringify(found)).toBe(expected);
      expect(told).toEqual(told.toSorted((a, b) => a - b));
      expect([told[0], told.at(-1)]).toEqual([0, 1]);
      expect(new Set(told).size).toBeGreaterThan(12);
    }
  });

  it("stops when it is aborted, and goes on from its file without searching again", async () => {
    for (const [name, search] of [
      ["here", discoverInThreads],
      ["threads", inThreads],
    ] as const) {
      const [state, stop] = [file(`${name}.jsonl`), new AbortController()];
      const onProgress = (done: number) => done > 0.35 && stop.abort(new Error("enough"));
      const stopped = search(world(), { threads: 2, state, onProgress, signal: stop.signal });
      await expect(stopped).rejects.toThrow("enough");
      const before = linesOf(state);
      expect(before).toBeGreaterThan(2);
      const found = await search(world(), { threads: 2, state });
      expect(JSON.stringify(found)).toBe(JSON.stringify(discoverSegments(world())));
      const after = linesOf(state);
      // Six splits in three rounds at least, and a line for what the file is of.
      expect(after).toBeGreaterThanOrEqual(1 + 3 * 6);
      await search(world(), { threads: 2, state });
      expect(linesOf(state)).toBe(after);
    }
  });

  it("takes a line that was cut off as one that is not there", async () => {
    const state = file("cut.jsonl");
    await discoverInThreads(world(), { state });
    const whole = readFileSync(state, "utf8");
    writeFileSync(state, whole.slice(0, -20));
    const found = await discoverInThreads(world(), { state });
    expect(JSON.stringify(found)).toBe(JSON.stringify(discoverSegments(world())));
  });

  it("refuses a file that keeps a search of other data, options or seed, or no search at all", async () => {
    const state = file("other.jsonl");
    await discoverInThreads(world(), { state });
    const refused = { code: "other_search", path: ["state"] };
    await expect(discoverInThreads(world("other"), { state })).rejects.toMatchObject(refused);
    await expect(discoverInThreads({ ...world(), depth: 2 }, { state })).rejects.toMatchObject(refused);
    await expect(discoverInThreads({ ...world(), repeats: 1 }, { state })).rejects.toMatchObject(refused);
    writeFileSync(state, "name,value\n1,2\n");
    await expect(discoverInThreads(world(), { state })).rejects.toMatchObject(refused);
    expect(readFileSync(state, "utf8")).toBe("name,value\n1,2\n");
  });

  it("is built with the file that its threads start from", () => {
    expect(existsSync(new URL("search-worker.js", built))).toBe(true);
  });
});
