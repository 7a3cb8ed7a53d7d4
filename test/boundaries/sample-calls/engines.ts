import { tmpdir } from "node:os";
import { join } from "node:path";
import { dialects } from "../../../src/engines/index.js";
import { top } from "../source-files.js";
import type { SampleCalls } from "./sample-call.js";

const engine = () => ({
  dialect: dialects.postgres,
  open: async () => ({ sql: "t", columns: [] }),
  query: async () => [],
  close: async () => undefined,
});
const table = { table: "t", variant: "arm", unit: "id", dimensions: { channel: "ch" } };
const events = () => ({
  exposures: { table: "seen", unit: "id", at: "t", variant: { column: "v", values: { x: "a" } } },
  events: { table: "done", unit: "id", at: "t", event: "name" },
  windowDays: 7,
});

const log = join(top, "docs/examples/spring/decisions.jsonl.gz");
const round = () => ({
  decision: {
    ...{ id: "offers:1:u:1", experiment: "offers", definitionVersion: 1, unitId: "u", occasion: "1" },
    ...{ at: "2026-01-01T00:00:00Z", action: { variant: "a" }, propensity: 0.5, context: null },
    ...{ policy: "thompson", stateHash: "x" },
  },
  reward: 1,
});

export const engines: SampleCalls = {
  readRounds: () => [
    log,
    { engine: "duckdb", threads: 1, memoryLimit: "1GB", allowExtensions: false },
    "file",
  ],
  writeRounds: () => [join(tmpdir(), "essai-sample.jsonl"), [round()]],
  fromTable: () => [engine(), table, { buckets: 2 }],
  fromEvents: () => [engine(), events(), { buckets: 2 }],
  fromFile: () => [
    join(top, "docs/examples/hillstrom/hillstrom.csv"),
    table,
    { engine: "duckdb", path: "x.db", threads: 1, memoryLimit: "1GB", buckets: 2 },
  ],
};
