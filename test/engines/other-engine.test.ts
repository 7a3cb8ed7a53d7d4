import { afterAll, describe, expect, it } from "vitest";
import { duckdb } from "../../src/engines/duckdb/index.js";
import { memorySize } from "../../src/engines/duckdb/memory-size.js";
import { fileEngines, openFileEngine } from "../../src/engines/files/index.js";
import { fromFile } from "../../src/engines/index.js";
import { essai, temporaryFolder } from "../cli/terminal.js";
import { Fixtures } from "./support/fixtures.js";
import { metric, request } from "./support/messy.js";

const files = new Fixtures();
afterAll(() => files.remove());
const folder = temporaryFolder();

describe("options of engines are obeyed or refused", () => {
  const given = { path: ":memory:", threads: 2, memoryLimit: "1GB", allowExtensions: true, buckets: 2 };

  it.each(Object.entries(given))("%s by the parser", async (name, value) => {
    const told = { code: "other_engine", path: ["options", name], other: "csv", known: ["duckdb"] };
    const options = { engine: "csv", [name]: value } as const;
    expect(() => fromFile("a.csv", { variant: "arm" }, options)).toThrow(expect.objectContaining(told));
    await expect(openFileEngine("csv", { [name]: value })).rejects.toMatchObject(told);
  });

  it("DuckDB obeys them over events, too", async () => {
    const file = files.file("e.csv", "u,t,v,n\n1,2026-01-01,a,x\n2,2026-01-01,b,x\n");
    const mapping = {
      exposures: { unit: "u", at: "t", variant: "v" },
      events: { unit: "u", at: "t", event: "n" },
    };
    const asked = request([metric("x", "conversion", { event: "x" })], [], ["a", "b"]);
    const options = { engine: "duckdb", threads: 2, memoryLimit: "1GB", allowExtensions: false } as const;
    const { cells } = await fromFile({ exposures: file, events: file }, mapping, options).read(asked);
    expect(cells.map(({ units }) => units)).toEqual([1, 1]);
  });

  it("every option has an engine that takes it", () => {
    expect(fileEngines.duckdb.takes).toEqual(Object.keys(given));
  });

  it("the command line names its own option", async () => {
    const file = folder.write("t.csv", "arm,y\na,1\nb,0\n");
    const replay = ["replay", file, "--arm", "arm", "--reward", "y", "--propensity", "shares"];
    const tried = async (...more: string[]) => (await essai([...replay, ...more])).err;
    expect(await tried("--engine", "csv", "--memory", "lots")).toBe(
      'essai: --memory: is not an option of the engine that reads here ("csv") (received "lots"); leave it out, or read with the engine duckdb\n',
    );
    expect(await tried("--engine", "csv", "--threads", "2")).toMatch(/^essai: --threads: is not an option/);
    expect(await tried("--engine", "csv", "--allow-extensions")).toMatch(
      /^essai: --allow-extensions: is not an option/,
    );
    expect(await tried("--threads", "0")).toMatch(/^essai: --threads: must be a whole number and at least 1/);
    expect(await tried("--memory", "lots")).toBe(
      'essai: --memory: is not a size of memory of at least 512MB (received "lots"); write a number and a unit, such as "2GB"\n',
    );
  });
});

describe("sizes of memory", () => {
  it.each([
    ["2GB", 2e9],
    ["512 MB", 512e6],
    ["1.5GiB", 1_610_612_736],
    ["1tb", 1e12],
    ["lots", undefined],
    ["2", undefined],
    ["80%", undefined],
    ["-1GB", undefined],
    ["0GB", undefined],
    ["1e3MB", undefined],
  ])("%s", (text, bytes) => {
    expect(memorySize(text)).toBe(bytes);
  });

  it("DuckDB is not asked what it would make of another", async () => {
    await expect(duckdb({ memoryLimit: "lots" })).rejects.toMatchObject({
      code: "not_a_size",
      path: ["options", "memoryLimit"],
    });
  });
});
