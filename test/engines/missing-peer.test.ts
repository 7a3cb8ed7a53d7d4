import { afterAll, describe, expect, it, vi } from "vitest";
import { Fixtures } from "./support/fixtures.js";
import { metric, request } from "./support/messy.js";

// Test files share their modules: fresh ones see the mock, and are gone afterwards.
vi.resetModules();
vi.doMock("@duckdb/node-api", () => {
  throw new Error("Cannot find package '@duckdb/node-api'");
});
const { duckdb } = await import("../../src/engines/duckdb/index.js");
const { fromFile } = await import("../../src/engines/index.js");
afterAll(() => {
  vi.doUnmock("@duckdb/node-api");
  vi.resetModules();
});

const files = new Fixtures();
afterAll(() => files.remove());
const asked = request([metric("y", "mean")], [], ["a", "b"]);

describe("without the optional DuckDB", () => {
  it("asking for it says what to install", async () => {
    await expect(duckdb()).rejects.toMatchObject({ code: "missing_peer", path: ["@duckdb/node-api"] });
    await expect(duckdb()).rejects.toThrow(/npm install @duckdb\/node-api/);
    const file = files.file("a.csv", "arm,y\na,1\nb,2\n");
    await expect(fromFile(file, { variant: "arm" }, { engine: "duckdb" }).read(asked)).rejects.toMatchObject({
      code: "missing_peer",
    });
  });

  it("CSV is read by the parser", async () => {
    const file = files.file("b.csv", "arm,y\na,1\nb,2\n");
    const { cells } = await fromFile(file, { variant: "arm" }).read(asked);
    expect(cells.map(({ moments }) => moments[0]!.mean[0])).toEqual([1, 2]);
  });

  it("Parquet says what to install", async () => {
    const file = files.file("c.parquet", "PAR1");
    await expect(fromFile(file, { variant: "arm" }).read(asked)).rejects.toMatchObject({
      code: "needs_duckdb",
    });
  });
});
