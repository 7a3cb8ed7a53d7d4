import { type Campaign, type CampaignOptions, type PlantedEffect, simulateCampaign } from "essai/simulation";
import { describe, expect, it } from "vitest";
import { assign } from "../../src/assignment/assign.js";
import { ExperimentError } from "../../src/errors/index.js";
import { sampleRatioMismatch } from "../../src/stats/index.js";

const rowsOf = (campaign: Campaign) => {
  const chunks = [...campaign.chunks()];
  return {
    exposures: chunks.flatMap((each) => each.exposures),
    events: chunks.flatMap((each) => each.events),
  };
};

interface Unit {
  readonly variant: string;
  readonly cell: Record<string, string>;
  readonly values: Record<string, number>;
}

/** Every exposed unit with its outcomes, read the plain way: events at or after the first exposure. */
function unitsOf(campaign: Campaign, counts: (event: string, exposure: string) => boolean): Unit[] {
  const { exposures, events } = rowsOf(campaign);
  const first = new Map<string, (typeof exposures)[number]>();
  for (const exposure of exposures) {
    const before = first.get(exposure.unitId);
    if (!before || exposure.at < before.at) first.set(exposure.unitId, exposure);
  }
  const units = new Map<string, Unit>();
  for (const [unitId, { variant, channel, segment }] of first)
    units.set(unitId, {
      variant,
      cell: { channel, segment },
      values: { cta_click: 0, purchase: 0, revenue: 0, support_contact: 0 },
    });
  for (const { unitId, event, at, value } of events) {
    const values = units.get(unitId)!.values;
    if (!counts(at, first.get(unitId)!.at)) continue;
    if (event in values) values[event] = 1;
    if (event === "purchase") values.revenue! += value!;
  }
  return [...units.values()];
}

/** How far one planted value is from what its units show, in standard errors. */
function distance(units: readonly Unit[], effect: PlantedEffect, side: 0 | 1): number {
  const values = units
    .filter((unit) => unit.variant === effect.contrast[side])
    .filter((unit) =>
      Object.entries(effect.cell).every(([dimension, level]) => unit.cell[dimension] === level),
    )
    .map((unit) => unit.values[effect.metric]!);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const m2 = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return (mean - effect.values[side]) / Math.sqrt(m2 / (values.length - 1) / values.length);
}

const campaign = simulateCampaign({ seed: "test", users: 40_000 });
const units = unitsOf(campaign, (event, exposure) => event >= exposure);
const macro = campaign.planted.effects.filter(({ cell }) => Object.keys(cell).length === 0);

describe("simulateCampaign", () => {
  it("plants a lift, one cell that fails, and a metric on which nothing differs", () => {
    const { effects, failing, unaffected } = campaign.planted;
    expect(failing).toEqual({ channel: "sms", segment: "brand_loyal" });
    const lift = (metric: string, cell: object) =>
      effects.find((each) => each.metric === metric && JSON.stringify(each.cell) === JSON.stringify(cell))!
        .lift;
    expect(lift("cta_click", failing)).toBeCloseTo(-0.25, 12);
    expect(lift("cta_click", { channel: "email" })).toBeCloseTo(0.1, 12);
    expect(lift("cta_click", { channel: "sms" })).toBeLessThan(0.1);
    expect(lift("purchase", { channel: "sms", segment: "brand_loyal" })).toBeLessThan(-0.1);
    expect(unaffected).toEqual(["support_contact"]);
    for (const effect of effects.filter(({ metric }) => metric === "support_contact"))
      expect(effect.difference).toBe(0);
    expect(effects).toHaveLength(4 * (1 + 3 + 3 + 9));
  });

  it("keeps its truth additive: macro is the share-weighted mean of the cells", () => {
    const shares: Record<string, number> = { deal_hunter: 0.4, brand_loyal: 0.25, just_browsing: 0.35 };
    for (const { metric, values } of macro) {
      const cells = campaign.planted.effects.filter(
        (each) => each.metric === metric && Object.keys(each.cell).length === 2,
      );
      for (const side of [0, 1] as const) {
        const sum = cells.reduce(
          (all, each) => all + (shares[each.cell.segment!]! / 3) * each.values[side],
          0,
        );
        expect(sum).toBeCloseTo(values[side], 12);
      }
    }
  });

  it("shows in its rows what was planted, in every cell", () => {
    for (const effect of campaign.planted.effects)
      for (const side of [0, 1] as const)
        expect(Math.abs(distance(units, effect, side)), JSON.stringify(effect)).toBeLessThan(4.5);
  });

  it("tells a reader who counts events before the exposure that he is wrong", () => {
    const wrong = unitsOf(campaign, () => true);
    const purchase = macro.find(({ metric }) => metric === "purchase")!;
    expect(distance(wrong, purchase, 0)).toBeGreaterThan(20);
  });

  it("is assigned by the library itself, in the planned shares", () => {
    const { definition } = campaign;
    const { exposures } = rowsOf(simulateCampaign({ seed: "test", users: 500 }));
    for (const { unitId, variant, propensity, experiment } of exposures) {
      const assignment = assign(definition, { userId: unitId });
      expect(variant).toBe(assignment.variant);
      expect(propensity).toBe(0.5);
      expect(experiment).toBe("call_to_action");
    }
    const seen = definition.variants.map(({ key }) => units.filter(({ variant }) => variant === key).length);
    expect(sampleRatioMismatch(seen, [0.5, 0.5]).pValue).toBeGreaterThan(0.001);
  });

  it("stays in its two weeks, with history before them and repeated exposures within", () => {
    const { exposures, events } = rowsOf(simulateCampaign({ seed: 1, users: 2_000 }));
    const ids = new Set(exposures.map(({ id }) => id));
    expect(ids.size).toBe(2_000);
    expect(exposures.length).toBeGreaterThan(2_500);
    const at = (rows: readonly { at: string }[]) => rows.map((row) => row.at).sort();
    expect(at(exposures)[0]! >= "2026-03-02").toBe(true);
    expect(at(exposures).at(-1)! < "2026-03-16").toBe(true);
    expect(at(events)[0]! < "2026-02-20").toBe(true);
    expect(at(events).at(-1)! < "2026-03-16").toBe(true);
  });

  it("gives the same rows for the same seed, the first of them for fewer users, others for another seed", () => {
    const rows = (options: CampaignOptions) => rowsOf(simulateCampaign(options));
    const few = rows({ seed: 7, users: 300 });
    const again = simulateCampaign({ seed: 7, users: 300 });
    expect(rowsOf(again)).toEqual(few);
    expect(rowsOf(again)).toEqual(few);
    expect(rows({ seed: 7, users: 600 }).events.slice(0, few.events.length)).toEqual(few.events);
    expect(rows({ seed: 8, users: 300 })).not.toEqual(few);
  });

  it("takes other channels and days", () => {
    const other = simulateCampaign({ seed: 1, users: 500, days: 4, channels: ["post", "web"] });
    expect(other.planted.failing.channel).toBe("web");
    const { exposures } = rowsOf(other);
    expect(new Set(exposures.map(({ channel }) => channel))).toEqual(new Set(["post", "web"]));
    expect(exposures.every(({ at }) => at < "2026-03-06")).toBe(true);
  });

  it("refuses what is not a campaign, all problems at once", () => {
    const problems = (options: object) => {
      try {
        simulateCampaign({ seed: 1, ...options });
        return [];
      } catch (error) {
        return (error as ExperimentError).problems.map(({ code, path }) => [code, ...path].join(" "));
      }
    };
    expect(problems({ users: 0, days: 0, channels: [], chanels: ["sms"], start: 5 })).toEqual([
      "unknown_key chanels",
      "out_of_range users",
      "out_of_range days",
      "missing_value channels 0",
      "wrong_type start",
    ]);
    expect(problems({ users: 1.5, days: Number.NaN, channels: ["sms", ""] })).toEqual([
      "out_of_range users",
      "not_finite days",
      "missing_value channels 1",
    ]);
    expect(problems({ channels: ["sms", "web", "sms"], start: "2026-02-30" })).toEqual([
      "duplicate_key channels 2",
      "invalid_instant start",
    ]);
    expect(problems({ channels: "sms" })).toEqual(["wrong_type channels"]);
    expect(() => simulateCampaign({ seed: 1, users: -1 })).toThrow(ExperimentError);
  });
});
