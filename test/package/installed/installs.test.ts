import { cpSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, inject, it, vi } from "vitest";
import { top } from "../../boundaries/source-files.js";
import { codeBlocks } from "../../docs/code-blocks.js";
import { emptyProject, managers, peers, runIn } from "./installed-folder.js";
import { leftOut, program, required } from "./prepare.js";

const nodes = { "this Node": process.execPath, "Node 24": program("node") };
// Whole installations, beside the other suites on two cores.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const folders: string[] = [];
const project = () => {
  const folder = emptyProject();
  folders.push(folder);
  return folder;
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe.runIf(required)(`the packed package${leftOut}`, () => {
  it("stays below 2.0 MB", () => {
    // A third each are the files for bundlers and the bundles for Node, a seventh each types with their docstrings, and docs.
    expect(statSync(inject("tarball") ?? "").size).toBeLessThan(2_000_000);
  });
});

describe.runIf(required)(`the packed package beside every optional peer${leftOut}`, () => {
  it.each(Object.entries(managers))("by %s: installs, and analyzes", (_, { add, run }) => {
    const folder = project();
    add(folder, ["./essai.tgz", ...peers]);
    for (const file of ["cells.json", "experiment.json"])
      cpSync(join(top, "docs/examples/hillstrom", file), join(folder, file));
    for (const node of Object.values(nodes)) {
      const report = run(
        folder,
        ["analyze", "cells.json", "-e", "experiment.json", "--html", "r.html"],
        node,
      );
      expect(report).toContain("10.62%");
      expect(readFileSync(join(folder, "r.html"), "utf8")).toContain("<svg");
    }
  });

  it.each(peers)("by npm beside %s alone", (peer) => {
    const folder = project();
    managers.npm?.add(folder, ["./essai.tgz", peer]);
    expect(runIn(folder, ["npm", "ls", "--all"])).toContain("essai@");
  });
});

describe.runIf(required)(`README, from a folder that the package is installed in${leftOut}`, () => {
  const blocks = codeBlocks("README.md").filter(({ language }) => language === "ts");
  const commands = codeBlocks("README.md")
    .filter(({ language }) => language === "sh")
    .flatMap(({ code }) => code.split("\n"))
    .filter((line) => line.startsWith("npx essai "));
  let folder = "";

  beforeAll(() => {
    folder = project();
    managers.npm?.add(folder, ["./essai.tgz", ...peers, "@types/node@20"]);
    // What the command lines read are the examples that ship.
    cpSync(join(folder, "node_modules/essai/docs/examples"), folder, { recursive: true });
    for (const [i, { code }] of blocks.entries()) writeFileSync(join(folder, `block-${i}.ts`), code);
  });

  it("has blocks", () => expect(blocks.length).toBeGreaterThan(0));

  it("its blocks compile against the packed types", () => {
    const options: ts.CompilerOptions = {
      ...{ strict: true, noEmit: true, skipLibCheck: false, types: ["node"] },
      ...{ target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext },
    };
    const files = blocks.map((_, i) => join(folder, `block-${i}.ts`));
    const host = ts.createCompilerHost(options);
    const found = ts.getPreEmitDiagnostics(
      ts.createProgram(files, options, { ...host, getCurrentDirectory: () => folder }),
    );
    expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "))).toEqual([]);
  });

  // docs/compatibility.md names them.
  it.each([
    ["5.4, the oldest supported", "5.4"],
    ["the newest", "latest"],
  ])("every entry and its blocks compile with TypeScript %s", (_, version) => {
    managers.npm?.add(folder, [`typescript-tried@npm:typescript@${version}`]);
    const { exports } = JSON.parse(readFileSync(join(top, "package.json"), "utf8"));
    const entries = Object.keys(exports).filter((entry) => entry !== "./package.json");
    const all = entries.map((entry, i) => `export * as entry${i} from "essai${entry.slice(1)}";`).join("\n");
    writeFileSync(join(folder, "entries.ts"), all);
    const flags =
      "--noEmit --strict --exactOptionalPropertyTypes --skipLibCheck false --target es2022 --module nodenext --types node";
    const files = ["entries.ts", ...blocks.map((_, i) => `block-${i}.ts`)];
    runIn(folder, [process.execPath, "node_modules/typescript-tried/bin/tsc", ...flags.split(" "), ...files]);
  });

  it("its blocks run on this Node, compiled", () => {
    for (const [i, { code }] of blocks.entries()) {
      const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
      const file = join(folder, `block-${i}.mjs`);
      writeFileSync(file, ts.transpileModule(code, { compilerOptions }).outputText);
      runIn(folder, [process.execPath, file]);
    }
  });

  it("its blocks run on Node 24, as they are", () => {
    for (const i of blocks.keys()) runIn(folder, [nodes["Node 24"], `block-${i}.ts`], nodes["Node 24"]);
  });

  it.each(Object.entries(nodes))("npx essai demo runs on %s", (_, node) => {
    const shown = managers.npm?.run(folder, ["demo"], node);
    expect(shown).toContain("64,000 customers");
    expect(shown).toContain("A made-up campaign with known truth");
  });

  it("its command lines run", () => {
    for (const line of commands) runIn(folder, line.replace("npx ", "npx --no-install ").split(/\s+/));
  });
});
