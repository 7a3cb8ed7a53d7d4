import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { top } from "../boundaries/source-files.js";

/** A fenced block of README or docs. */
export interface CodeBlock {
  readonly page: string;
  /** Line of the opening fence. */
  readonly line: number;
  readonly language: string;
  readonly code: string;
}

/** README and every guide, relative to the top. */
export const pages = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  ...readdirSync(join(top, "docs"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => `docs/${file}`)
    .sort(),
];

/** Every fenced code block of a page. */
export function codeBlocks(page: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: { line: number; language: string; lines: string[] } | undefined;
  for (const [i, line] of readFileSync(join(top, page), "utf8").split("\n").entries()) {
    const fence = /^```(\S*)/.exec(line);
    if (fence && !open) open = { line: i + 1, language: fence[1]!, lines: [] };
    else if (fence && open) {
      blocks.push({ page, line: open.line, language: open.language, code: `${open.lines.join("\n")}\n` });
      open = undefined;
    } else open?.lines.push(line);
  }
  return blocks;
}
