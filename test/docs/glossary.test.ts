import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commands } from "../../src/cli/commands/index.js";
import { publicNames } from "../boundaries/public-surface.js";
import { top } from "../boundaries/source-files.js";
import { pages } from "./code-blocks.js";

const textOf = (page: string) => readFileSync(join(top, page), "utf8");
const rowsOf = (page: string) =>
  textOf(page)
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("|---"))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

const terms = rowsOf("docs/glossary.md").filter(([term]) => term !== "term");
const guides = pages.filter((page) => page !== "docs/glossary.md" && page !== "CONTRIBUTING.md");
const prose = guides.map(textOf).join("\n").toLowerCase();

describe("docs/glossary.md", () => {
  it("explains each term once, in a sentence, and says it in French", () => {
    expect(terms.length).toBeGreaterThan(40);
    const names = terms.map(([term]) => term);
    expect(new Set(names).size).toBe(names.length);
    for (const [term, french, meaning] of terms) {
      expect(french, term).toMatch(/^\p{L}/u);
      expect(meaning, term).toMatch(/^["A-Z].*[.)]$/);
    }
  });

  it("holds only terms that the guides use", () => {
    const unused = terms.map(([term]) => term!).filter((term) => !new RegExp(`\\b${term}`, "i").test(prose));
    expect(unused).toEqual([]);
  });

  // The words of the formats that people read: keys and kinds that a reader meets without having chosen them.
  it.each([
    [
      "a definition",
      ["audience", "coverage", "layer", "holdout", "prerequisite", "override", "plan", "metric"],
    ],
    ["a decision", ["action", "propensity", "context", "reward", "policy"]],
    [
      "a report",
      ["difference", "lift", "interval", "p-value", "correction", "family", "finding", "guardrail"],
    ],
  ])("explains the words of %s", (_, words) => {
    const known = terms.map(([term]) => term);
    expect(words.filter((word) => !known.includes(word))).toEqual([]);
  });

  it("is where README and the list of pages send their readers", () => {
    expect(textOf("README.md")).toContain("(docs/glossary.md)");
    expect(textOf("docs/README.md")).toContain("(glossary.md)");
  });
});

describe("docs/README.md", () => {
  const tasks = rowsOf("docs/README.md").filter(([task]) => !task!.startsWith("I want"));
  const namesIn = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1]!);

  it("names only functions and commands that are there", () => {
    const known = new Set(publicNames.filter(({ value }) => value).map(({ name }) => name));
    const unknown = tasks.flatMap(([, , functions, names]) => [
      ...namesIn(functions!).filter((name) => !known.has(name)),
      ...namesIn(names!).filter((name) => !Object.hasOwn(commands, name)),
    ]);
    expect(unknown).toEqual([]);
  });

  it("has a task for every command and every guide", () => {
    const text = tasks.flat().join(" ");
    expect(Object.keys(commands).filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
    const page = textOf("docs/README.md");
    const missing = guides
      .filter((each) => each.startsWith("docs/") && each !== "docs/README.md")
      .filter((each) => !page.includes(`(${each.slice("docs/".length)})`));
    expect(missing).toEqual([]);
  });
});
