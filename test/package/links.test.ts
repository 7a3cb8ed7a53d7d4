import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { top } from "../boundaries/source-files.js";

/** Files of the package as npm would pack it. */
function packedFiles(): readonly string[] {
  const output = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: top,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [packed]: { files: { path: string }[] }[] = JSON.parse(output);
  return packed?.files.map(({ path }) => path) ?? [];
}

/** Relative links of a page, and the pages and pictures of its HTML. */
const linksOf = (text: string): string[] =>
  [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)|(?:href|src|srcset)="([^"#]+)/g)]
    .map((match) => match[1] ?? match[2] ?? "")
    .filter((target) => !/^[a-z]+:/.test(target));

const broken = (page: string, text: string, files: readonly string[]): string[] =>
  linksOf(text)
    .map((target) => posix.normalize(posix.join(posix.dirname(page), target)).replace(/\/$/, ""))
    .filter((path) => !files.some((file) => file === path || file.startsWith(`${path}/`)))
    .map((path) => `${page} → ${path}`);

describe("pages in the package", () => {
  let files: readonly string[] = [];
  beforeAll(() => {
    files = packedFiles();
  });

  it("README, guides and their examples are packed; sources and tests are not", () => {
    expect(files).toEqual(
      expect.arrayContaining(["README.md", "docs/bandits.md", "LICENSE", "CHANGELOG.md"]),
    );
    expect(files.filter((file) => /^(src|test)\/.*\.(ts|mjs)$/.test(file))).toEqual([]);
  });

  it("link only to what is packed with them", () => {
    const pages = files.filter((file) => file.endsWith(".md"));
    expect(pages.length).toBeGreaterThan(10);
    expect(pages.flatMap((page) => broken(page, readFileSync(join(top, page), "utf8"), files))).toEqual([]);
  });

  it("a dead link would be seen", () => {
    expect(broken("docs/a.md", "[b](../src/b.ts) [c](https://example.com) ![d](d.png#x)", files)).toEqual([
      "docs/a.md → src/b.ts",
      "docs/a.md → docs/d.png",
    ]);
  });
});
