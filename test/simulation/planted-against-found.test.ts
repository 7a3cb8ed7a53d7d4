import { analyze, fromRows } from "essai/analysis";
import { plantedAgainstFound, simulateCampaign } from "essai/simulation";
import { describe, expect, it } from "vitest";

const campaign = simulateCampaign({ seed: "found", users: 40_000 });
const chunks = [...campaign.chunks()];
const rows = {
  exposures: chunks.flatMap(({ exposures }) => exposures),
  events: chunks.flatMap(({ events }) => events),
};
const report = await analyze({
  experiment: campaign.definition,
  source: fromRows(rows as never, campaign.data),
  dimensions: ["channel", "segment"],
});
const compared = plantedAgainstFound(report, campaign.planted);

describe("a campaign, analyzed by the library", () => {
  it("arrives as it was assigned: everyone once, in the planned shares, nothing left out but what came before", () => {
    expect(report.arms.reduce((sum, { units }) => sum + units, 0)).toBe(40_000);
    expect(report.checks.every(({ status }) => status === "passed")).toBe(true);
  });

  it("is held against the truth row by row, macro first", () => {
    expect(compared).toHaveLength(4 * (1 + 3 + 3 + 9));
    expect(compared.slice(0, 4).map(({ cell, metric }) => [cell, metric])).toEqual([
      [{}, "cta_click"],
      [{}, "purchase"],
      [{}, "revenue"],
      [{}, "support_contact"],
    ]);
  });

  it("finds what was planted, and where it fails", () => {
    const outside = compared.filter(({ inside }) => inside !== true);
    expect(outside.length / compared.length).toBeLessThanOrEqual(0.15);
    for (const { planted, found } of compared) {
      if (found.status !== "ok") throw new Error(found.reason);
      expect(Math.abs(found.value - planted)).toBeLessThan(4.5 * found.standardError);
    }
    const failing = compared.find(
      ({ metric, cell }) =>
        metric === "cta_click" && cell.channel === "sms" && cell.segment === "brand_loyal",
    )!;
    expect(failing.planted).toBeCloseTo(-0.25, 12);
    expect(failing.found.status === "ok" && failing.found.interval[1] < 0).toBe(true);
  });

  it("does not pass for another truth", () => {
    const effects = campaign.planted.effects.map((effect) => ({ ...effect, lift: -effect.lift }));
    const wrong = plantedAgainstFound(report, { ...campaign.planted, effects });
    expect(wrong[0]!.inside).toBe(false);
  });
});
