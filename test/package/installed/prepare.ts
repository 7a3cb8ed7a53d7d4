import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { top } from "../../boundaries/source-files.js";

declare module "vitest" {
  interface ProvidedContext {
    /** The packed package, or undefined where the suites that install it are left out. */
    readonly tarball: string | undefined;
  }
}

/** Suites that install the package and load it elsewhere run where this says so; there, what is missing is a failure. */
export const required = process.env.ESSAI_REQUIRE_RUNTIMES === "1";

/** Ends the titles of suites that may be left out. */
export const leftOut = required ? "" : " (left out: npm run test:package runs it)";

const pinned = join(top, "test/package/installed/runtimes.json");

/** Where the package managers and runtimes lie: outside the project's own dependencies, 600 MB of them. */
export const runtimes = join(top, ".runtimes");

/** @returns the path of a pinned program, e.g. `deno` */
export const program = (name: string): string => join(runtimes, "node_modules/.bin", name);

/** @returns the path of a file of a pinned package, e.g. `pnpm/bin/pnpm.cjs` */
export const pinnedFile = (path: string): string => join(runtimes, "node_modules", path);

function installRuntimes(): void {
  const manifest = join(runtimes, "package.json");
  const wanted = readFileSync(pinned, "utf8");
  if (existsSync(manifest) && readFileSync(manifest, "utf8") === wanted && existsSync(program("workerd")))
    return;
  mkdirSync(runtimes, { recursive: true });
  cpSync(pinned, manifest);
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"], {
    cwd: runtimes,
    stdio: ["ignore", "ignore", "inherit"],
  });
}

/** What npm packs, built in a copy so that suites reading `dist` meanwhile are not disturbed. */
function pack(folder: string): string {
  const copy = join(folder, "copy");
  for (const path of [
    "src",
    "docs",
    ".ci",
    "package.json",
    "tsup.config.ts",
    "tsconfig.json",
    "tsconfig.build.json",
  ])
    cpSync(join(top, path), join(copy, path), { recursive: true });
  for (const path of ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE"])
    cpSync(join(top, path), join(copy, path));
  symlinkSync(join(top, "node_modules"), join(copy, "node_modules"));
  const output = execFileSync("npm", ["pack", "--json", "--pack-destination", folder], {
    cwd: copy,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [packed]: { filename: string }[] = JSON.parse(output.slice(output.indexOf("[\n")));
  return join(folder, packed?.filename ?? "nothing was packed");
}

/** Vitest's global setup of these suites. */
export function setup(project: TestProject): (() => void) | undefined {
  if (!required) {
    project.provide("tarball", undefined);
    return undefined;
  }
  installRuntimes();
  const folder = mkdtempSync(join(tmpdir(), "essai-packed-"));
  project.provide("tarball", pack(folder));
  return () => rmSync(folder, { recursive: true, force: true });
}
