import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { commands } from "../../src/cli/commands/index.js";
import { top } from "../boundaries/source-files.js";
import { pages } from "./code-blocks.js";

const textOf = (page: string) => readFileSync(join(top, page), "utf8");

describe("README and docs", () => {
  it("link only to what is there", () => {
    const broken = pages.flatMap((page) =>
      [...textOf(page).matchAll(/\]\(([^)#\s]+)(#[^)]*)?\)/g)]
        .map((match) => match[1]!)
        .filter((target) => !/^[a-z]+:/.test(target) && !existsSync(join(top, dirname(page), target)))
        .map((target) => `${page} → ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it("README names every public entry and every command", () => {
    const readme = textOf("README.md");
    const { exports } = JSON.parse(textOf("package.json")) as { exports: Record<string, unknown> };
    const entries = Object.keys(exports)
      .filter((entry) => entry !== "./package.json")
      .map((entry) => `\`essai${entry.slice(1)}\``);
    const names = Object.keys(commands).map((command) => `\`${command}\``);
    expect([...entries, ...names].filter((name) => !readme.includes(name))).toEqual([]);
  });

  it("README leads to every page", () => {
    const readme = textOf("README.md");
    expect(pages.filter((page) => page !== "README.md" && !readme.includes(`(${page})`))).toEqual([]);
  });
});
