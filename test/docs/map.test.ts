import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { reachableFrom } from "../boundaries/graph.js";
import { importsOf, parsedFiles, top } from "../boundaries/source-files.js";

const page = readFileSync(join(top, "src/README.md"), "utf8");
const rooms = readdirSync(join(top, "src"), { withFileTypes: true })
  .filter((each) => each.isDirectory())
  .map(({ name }) => name)
  .sort();
const edges = parsedFiles()
  .flatMap(importsOf)
  .filter(({ external }) => !external);

/** The journeys: headings that are followed by a numbered list, with the file that begins each step. */
const journeys = page
  .split(/^## /m)
  .slice(1)
  .map((section) => ({
    title: section.slice(0, section.indexOf("\n")),
    steps: [...section.matchAll(/^\d+\. `([^`]+)`/gm)].map((match) => `src/${match[1]}`),
    numbered: [...section.matchAll(/^\d+\. /gm)].length,
  }))
  .filter(({ numbered }) => numbered > 0);

const reached = new Map<string, Set<string>>();
const uses = (from: string, to: string) => {
  const known = reached.get(from) ?? reachableFrom([from], edges);
  reached.set(from, known);
  return known.has(to);
};

/** Neighbours that have nothing to do with each other: neither uses the other, and no earlier step uses both. */
function loose(steps: readonly string[]): string[] {
  return steps.slice(1).flatMap((step, i) => {
    const before = steps[i]!;
    const together = steps.slice(0, i).some((earlier) => uses(earlier, before) && uses(earlier, step));
    return uses(before, step) || uses(step, before) || together ? [] : [`${before} and ${step}`];
  });
}

describe("src/README.md", () => {
  it("lists every room of src once, and no other", () => {
    const listed = [...page.matchAll(/^\| `([a-z]+)` \|/gm)].map((match) => match[1]!);
    expect(listed.toSorted()).toEqual(rooms);
  });

  it("lists rooms from the ground up: none uses one that stands below it", () => {
    const listed = [...page.matchAll(/^\| `([a-z]+)` \|/gm)].map((match) => match[1]!);
    const against = edges.filter(({ from, to, typeOnly }) => {
      if (typeOnly) return false;
      const [source, target] = [from, to].map((file) => listed.indexOf(file.split("/")[1]!));
      return source! >= 0 && target! > source!;
    });
    expect(edges.length).toBeGreaterThan(500);
    expect(against.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it("names only files that are there", () => {
    const named = [...page.matchAll(/`([a-z0-9/-]+\.ts)`/g)].map((match) => match[1]!);
    expect(
      named.filter((file) => !existsSync(join(top, "src", file)) && !existsSync(join(top, file))),
    ).toEqual([]);
  });

  it("tells three journeys, every step a file", () => {
    expect(journeys.map(({ title }) => title)).toEqual([
      "From a CSV row to a finding",
      "From an occasion to the report",
      "From a definition to an assignment",
    ]);
    expect(journeys.map(({ steps }) => steps.length)).toEqual(journeys.map(({ numbered }) => numbered));
  });

  it.each(journeys)("$title: each step uses the next, or is used by it", ({ steps }) => {
    expect(loose(steps)).toEqual([]);
  });

  it("would notice a step that belongs elsewhere", () => {
    expect(loose(["src/hash/murmur3.ts", "src/linear/cholesky.ts"])).toHaveLength(1);
  });
});
