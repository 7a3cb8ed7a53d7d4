import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { publicNames } from "./public-surface.js";
import { top } from "./source-files.js";

const order = (a: string, b: string) => (a < b ? -1 : 1);
const entries = [...new Set(publicNames.map(({ entry }) => entry))];
const list = entries
  .map((entry) => {
    const own = publicNames.filter((each) => each.entry === entry);
    const names = own.map(({ name, value }) => (value ? name : `type ${name}`)).sort(order);
    const values = own.filter(({ value }) => value).length;
    return `${entry} (${values}, and ${own.length - values} types)\n${names.map((name) => `  ${name}\n`).join("")}`;
  })
  .join("\n");

describe("public exports", () => {
  // A name that is published is a promise: `npm run docs:exports` writes the list, and the change is seen in review.
  it("are those of test/boundaries/exports.txt", async () => {
    const file = join(top, "test/boundaries/exports.txt");
    expect(existsSync(file), "the list of public exports is gone").toBe(true);
    await expect(list).toMatchFileSnapshot(file);
  });

  it("mean one thing by one name, whichever entry offers it", () => {
    const meanings = new Map<string, Set<unknown>>();
    for (const { name, symbol } of publicNames)
      meanings.set(name, (meanings.get(name) ?? new Set()).add(symbol));
    expect([...meanings].filter(([, set]) => set.size > 1).map(([name]) => name)).toEqual([]);
  });
});
