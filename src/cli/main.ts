#!/usr/bin/env node
import { processIo } from "./io.js";
import { run } from "./run.js";

// A reader that closes early (`| head`) has what it wanted.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});
const interrupt = new AbortController();
process.once("SIGINT", () => {
  interrupt.abort();
  process.once("SIGINT", () => process.exit(130));
});
process.exitCode = await run(process.argv.slice(2), processIo(interrupt.signal));
