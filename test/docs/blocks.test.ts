import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseCells, parseExperiment } from "essai/schema";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { top } from "../boundaries/source-files.js";
import { essai } from "../cli/terminal.js";
import { type CodeBlock, codeBlocks, pages } from "./code-blocks.js";

const blocks = pages.filter((page) => existsSync(join(top, page))).flatMap(codeBlocks);
const of = (...languages: string[]) => blocks.filter(({ language }) => languages.includes(language));
const title = ({ page, line }: CodeBlock) => `${page}:${line}`;

// Modules have to lie below the top for "essai" to resolve.
const written = join(top, "test/docs/.blocks");
const fileOf = (block: CodeBlock) => join(written, `${block.page.replace(/\W+/g, "-")}-${block.line}.ts`);

const modules = of("ts");
beforeAll(() => {
  mkdirSync(written, { recursive: true });
  for (const block of modules) writeFileSync(fileOf(block), block.code);
});
afterAll(() => rmSync(written, { recursive: true, force: true }));

describe("TypeScript blocks", () => {
  it("compile under the library's own strictness", () => {
    const { options } = ts.parseJsonConfigFileContent(
      ts.readConfigFile(join(top, "tsconfig.json"), ts.sys.readFile).config,
      ts.sys,
      top,
    );
    const program = ts.createProgram(modules.map(fileOf), {
      ...options,
      noUnusedLocals: false,
      noUnusedParameters: false,
    });
    // The blocks alone: `npm run check` looks at the sources.
    const sources = modules.map((block) => program.getSourceFile(fileOf(block)));
    const found = [
      ...program.getOptionsDiagnostics(),
      ...sources.flatMap((source) => [
        ...program.getSyntacticDiagnostics(source),
        ...program.getSemanticDiagnostics(source),
      ]),
    ];
    expect(sources).not.toContain(undefined);
    const problems = found.map((each) => {
      const place =
        each.file && each.start !== undefined
          ? each.file.getLineAndCharacterOfPosition(each.start)
          : undefined;
      return `${each.file?.fileName.slice(top.length + 1)}:${(place?.line ?? 0) + 1} ${ts.flattenDiagnosticMessageText(each.messageText, " ")}`;
    });
    expect(problems).toEqual([]);
  });

  it.each(modules.map((block) => [title(block), block] as const))("%s runs", async (_, block) => {
    await import(/* @vite-ignore */ fileOf(block));
  });
});

describe("JSON blocks", () => {
  it("parse, and those that are experiments or cells are sound ones", () => {
    const broken = of("json").flatMap((block) => {
      try {
        const json = JSON.parse(block.code);
        if (json.format === "essai.cells/1") parseCells(json);
        else if (json.variants ?? json.factors) parseExperiment(json);
        return [];
      } catch (error) {
        return [`${title(block)} ${error}`];
      }
    });
    expect(broken).toEqual([]);
  });
});

describe("shell blocks", () => {
  const { scripts, dependencies, peerDependencies, name } = JSON.parse(
    readFileSync(join(top, "package.json"), "utf8"),
  );
  const lines = of("sh").flatMap((block) =>
    block.code
      .split("\n")
      .filter((line) => line.trim() !== "" && !line.startsWith("#"))
      .map((line, i) => [`${title(block)} ${line}`, line, i] as const),
  );

  /** Runs a command line in a folder that holds the examples; in this process, as real ones are `test/cli`'s matter. */
  async function runs(words: readonly string[]): Promise<void> {
    const directory = mkdtempSync(join(tmpdir(), "essai-docs-"));
    const before = process.cwd();
    try {
      for (const name of readdirSync(join(top, "docs/examples")))
        symlinkSync(join(top, "docs/examples", name), join(directory, name));
      process.chdir(directory);
      // The demo's other part simulates 200,000 users; continuous integration runs it in full.
      const { code, err } = await essai(words[0] === "demo" ? [...words, "--users", "2000"] : words);
      expect(code, err).toBe(0);
    } finally {
      process.chdir(before);
      rmSync(directory, { recursive: true, force: true });
    }
  }

  it.each(lines)("%s", async (_, line) => {
    expect(line, "a shell line of the docs needs no shell").not.toMatch(/[|<>$`"'\\*]/);
    for (const command of line.split("&&").map((each) => each.trim())) {
      const words = command.split(/\s+/);
      if (words[0] === "npm") {
        const script = words[1] === "run" ? words[2] : words[1] === "test" ? "test" : undefined;
        if (script) expect(Object.keys(scripts)).toContain(script);
        else {
          expect(["ci", "install"]).toContain(words[1]);
          for (const wanted of words.slice(2).filter((word) => !word.startsWith("-")))
            expect([name, ...Object.keys(dependencies), ...Object.keys(peerDependencies)]).toContain(wanted);
        }
      } else {
        expect(words.slice(0, 2), "a shell line of the docs is npm or npx essai").toEqual(["npx", "essai"]);
        await runs(words.slice(2));
      }
    }
  });
});

describe("every block", () => {
  it("is of a language that is executed, or plain output", () => {
    const unknown = blocks.filter(({ language }) => !["ts", "json", "sh", "text", "csv"].includes(language));
    expect(unknown.map((block) => `${title(block)} ${block.language}`)).toEqual([]);
  });
});
