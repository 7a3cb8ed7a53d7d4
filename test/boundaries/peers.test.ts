import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { top } from "./source-files.js";

const { peerDependencies, devDependencies } = JSON.parse(
  readFileSync(join(top, "package.json"), "utf8"),
) as Record<"peerDependencies" | "devDependencies", Record<string, string>>;

describe("optional peers", () => {
  it.each(Object.entries(peerDependencies))("%s %s admits the release that is tested", (name, range) => {
    const tested = devDependencies[name];
    // Only "*" admits a peer whose every release is a prerelease by semver: a range names one version's prereleases.
    if (tested?.includes("-")) expect(range).toBe("*");
    else expect(range).toMatch(/^>=\d+\.\d+\.\d+$/);
  });
});
