#!/usr/bin/env node
import { detailedProblem, unwritable_output } from "../errors/index.js";
import { processIo } from "./io.js";
import { run } from "./run.js";

// A reader that closes early (`| head`) has what it wanted.
process.stdout.on("error", (cause: NodeJS.ErrnoException) => {
  if (cause.code === "EPIPE") process.exit(0);
  const told = detailedProblem({ unwritable_output }, ["command line"], undefined, { detail: cause.code });
  process.stderr.write(`essai: ${told.message}\n`, () => process.exit(1));
});
// Nobody reads what went wrong; the exit code still says it.
process.stderr.on("error", () => {});
const interrupt = new AbortController();
process.once("SIGINT", () => {
  interrupt.abort();
  process.once("SIGINT", () => process.exit(130));
});
process.exitCode = await run(process.argv.slice(2), processIo(interrupt.signal));
