import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Vitest's global setup: suites that look at the built package (sizes, the command line) find it fresh, unless told it is. */
export function setup(): void {
  if (process.env.ESSAI_BUILT) return;
  const top = fileURLToPath(new URL("..", import.meta.url));
  execFileSync(process.execPath, ["node_modules/tsup/dist/cli-default.js"], { cwd: top, stdio: "inherit" });
}
