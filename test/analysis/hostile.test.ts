import { ExperimentError } from "essai";
import { analyze, banditRun, fromCells, fromRows } from "essai/analysis";
import { fromEvents, fromFile, fromTable } from "essai/engines";
import { duckdb } from "essai/engines/duckdb";
import { parseCells, parseReport } from "essai/schema";
import { describe, expect, it } from "vitest";

const wide = { variant: "arm" };
const garbage: readonly unknown[] = [undefined, null, 7, "x", [], {}, () => 1, new Date(0), { format: "x" }];

async function codeOf(call: () => unknown): Promise<string> {
  try {
    await call();
  } catch (error) {
    if (error instanceof ExperimentError) return `${error.code} at ${error.path.join(".")}`;
    throw error;
  }
  return "accepted";
}

describe("what is not an input at all", () => {
  it.each(garbage)("%o is refused by a typed error everywhere", async (value) => {
    const calls: Record<string, () => unknown> = {
      analyze: () => analyze(value as never),
      "analyze, experiment": () => analyze({ experiment: value, source: fromRows([], wide) } as never),
      banditRun: () => banditRun(value as never),
      fromCells: () => fromCells(value),
      parseCells: () => parseCells(value),
      parseReport: () => parseReport(value),
      "fromRows, mapping": () => fromRows([], value as never),
      "fromFile, mapping": () => fromFile("a.csv", value as never),
      "fromTable, engine": () => fromTable(value as never, wide),
      "fromEvents, engine": () => fromEvents(value as never, wide as never),
    };
    for (const [name, call] of Object.entries(calls)) expect(await codeOf(call), name).not.toBe("accepted");
  });

  it("unknown options are refused with the nearest one", async () => {
    expect(await codeOf(() => fromFile("a.csv", wide, { treads: 2 } as never))).toBe(
      "unknown_key at options.treads",
    );
    expect(await codeOf(() => fromFile("a.csv", wide, { engine: "dukdb" } as never))).toBe(
      "unknown_name at options.engine",
    );
    expect(await codeOf(() => duckdb({ memory: "2GB" } as never))).toBe("unknown_key at options.memory");
    const engine = await duckdb();
    expect(await codeOf(() => duckdb({ threads: 0 }))).toBe("out_of_range at options.threads");
    expect(await codeOf(() => fromRows([], { variants: "arm" } as never))).toBe(
      "unknown_key at data.variants",
    );
    expect(await codeOf(() => fromFile(undefined, { ...wide, file: "a.csv", table: "b" }))).toBe(
      "conflicting_keys at data.table",
    );
    expect(await codeOf(() => fromEvents(engine as never, wide as never, { bucket: 2 } as never))).toBe(
      "unknown_key at data.variant",
    );
  });
});
