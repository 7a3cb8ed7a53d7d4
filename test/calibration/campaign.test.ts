import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { campaignWorlds } from "./campaign-worlds.mjs";
import { judgeReports } from "./reports.mjs";
import { timeWorlds } from "./time-worlds.mjs";

const page = readFileSync(new URL("../../docs/calibration-campaign.md", import.meta.url), "utf8");

describe("calibration of what reports say of a campaign", () => {
  it("holds its bars in a short slice, with a fixed seed", async () => {
    const others = campaignWorlds.filter((world) => !timeWorlds.includes(world));
    for (const world of others.filter((_, at) => at % 4 === 0))
      for (const { name, held } of await judgeReports(world, "slice", 30))
        expect([world.key, name, held]).not.toEqual([world.key, name, false]);
  });

  it("holds its bars over days since exposure in a short slice", async () => {
    for (const world of timeWorlds.filter((_, at) => at % 5 === 0))
      for (const { name, held } of await judgeReports(world, "slice", 10))
        expect([world.key, name, held]).not.toEqual([world.key, name, false]);
  });

  it("has a page with every world's row", () => {
    for (const { key, statements } of campaignWorlds) {
      expect(page).toContain(`| ${key} |`);
      for (const name of Object.keys(statements)) expect(page).toContain(`| ${name} |`);
    }
    expect(page).toMatch(/\n\d+ bars, 0 missed\.\n/);
  });
});
