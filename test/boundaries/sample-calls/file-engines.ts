import { join } from "node:path";
import { top } from "../source-files.js";
import type { SampleCalls } from "./sample-call.js";

export const duckdbCalls: SampleCalls = {
  duckdb: () => [{ path: ":memory:", threads: 1, memoryLimit: "512MB" }],
};

export const csvCalls: SampleCalls = {
  fromCsv: () => [
    {
      file: join(top, "docs/examples/hillstrom/hillstrom.csv"),
      variant: { column: "arm", values: { x: "a" }, unknown: "ignore" },
      unit: "id",
      version: "v",
      dimensions: { channel: "ch" },
    },
  ],
};
