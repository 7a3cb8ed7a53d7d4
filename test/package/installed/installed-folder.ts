import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { inject } from "vitest";
import { top } from "../../boundaries/source-files.js";
import { pinnedFile } from "./prepare.js";

const {
  peerDependencies,
  devDependencies,
}: Record<string, Record<string, string>> = JSON.parse(readFileSync(join(top, "package.json"), "utf8"));

/** The optional peers, each at the release that is tested, e.g. `linkedom@0.18.12`. */
export const peers: readonly string[] = Object.keys(peerDependencies ?? {}).map(
  (name) => `${name}@${devDependencies?.[name]}`,
);

/** How a manager adds packages to a folder, and how it runs the `essai` command there. */
export interface Manager {
  readonly add: (folder: string, packages: readonly string[]) => void;
  readonly run: (folder: string, args: readonly string[], node?: string) => string;
}

/** Runs a program in a folder, with a Node of choice first on the path, and without what this run's npm put there. */
export function runIn(
  folder: string,
  [program = "", ...args]: readonly string[],
  node: string = process.execPath,
): string {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([key]) => !/^npm_|^NODE_ENV|^CI$/.test(key)),
  );
  return execFileSync(program, args, {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1 << 26,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...env,
      PATH: `${dirname(node)}${delimiter}${process.env.PATH}`,
      // Yarn keeps a package by name and version: an earlier build of the same version would be installed.
      YARN_CACHE_FOLDER: join(folder, ".yarn-cache"),
      ...{ VITEST: "", YARN_ENABLE_TELEMETRY: "0", YARN_ENABLE_IMMUTABLE_INSTALLS: "0" },
    },
  });
}

const npm: Manager = {
  add: (folder, packages) =>
    void runIn(folder, ["npm", "install", "--no-audit", "--no-fund", "--loglevel=error", ...packages]),
  run: (folder, args, node) => runIn(folder, ["npx", "--no-install", "essai", ...args], node),
};

/** A manager whose program is a script of a pinned package. */
const scripted = (script: string, add: readonly string[], run: readonly string[]): Manager => ({
  add: (folder, packages) => void runIn(folder, [process.execPath, pinnedFile(script), ...add, ...packages]),
  run: (folder, args, node = process.execPath) =>
    runIn(folder, [node, pinnedFile(script), ...run, "essai", ...args], node),
});

/** The package managers, by the name they go by. */
export const managers: Readonly<Record<string, Manager>> = {
  npm,
  pnpm: scripted("pnpm/bin/pnpm.cjs", ["add", "--silent"], ["exec"]),
  "yarn classic": scripted("yarn/bin/yarn.js", ["add", "--silent", "--non-interactive"], ["--silent", "run"]),
  "yarn with plug'n'play": scripted("@yarnpkg/cli-dist/bin/yarn.js", ["add"], ["run"]),
};

/** @returns an empty project in a folder of its own */
export function emptyProject(): string {
  const folder = mkdtempSync(join(tmpdir(), "essai-installed-"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  // An empty lockfile says that the folder is a project of its own, whatever lies above it.
  writeFileSync(join(folder, "yarn.lock"), "");
  const tarball = inject("tarball");
  if (tarball === undefined) throw new Error("nothing was packed");
  cpSync(tarball, join(folder, "essai.tgz"));
  return folder;
}
