import { createAssigner, createHoldouts, defineExperiment, ExperimentError, holdoutExperiment } from "essai";
import { analyze, fromRows } from "essai/analysis";
import { createExposureLog } from "essai/exposures";
import { describe, expect, it } from "vitest";

const test = defineExperiment({
  key: "cta",
  unit: "userId",
  variants: { control: 0, b: 1 },
  layer: { key: "home", ranges: [[0, 2 ** 32]] },
});
const other = defineExperiment({ key: "other", unit: "userId", variants: { control: 0, b: 1 } });
const all = { key: "all-year", share: 0.1, unit: "userId" };
const home = { key: "home-quarter", share: 0.25, unit: "userId", layer: "home" };
const catalogue = { experiments: [test, other], holdouts: [all, home] };
const users = Array.from({ length: 20_000 }, (_, i) => ({ userId: `u${i}` }));

describe("createHoldouts", () => {
  const holdouts = createHoldouts(catalogue);
  const assigner = createAssigner(catalogue);

  it("tells what the assigner does, for the whole catalogue and for a layer", () => {
    for (const user of users.slice(0, 3_000)) {
      const [global, layer] = holdouts(user);
      const reasons = assigner.assignAll(user).map(({ reason }) => reason);
      expect(reasons[1] === "holdout").toBe(global?.variant === "held_out");
      expect(reasons[0] === "holdout").toBe(global?.variant === "held_out" || layer?.variant === "held_out");
    }
  });

  it("holds out the planned shares, with their propensities, and leaves out units that a context does not name", () => {
    const held = users.filter((user) => holdouts(user)[0]?.variant === "held_out").length / users.length;
    expect(Math.abs(held - 0.1)).toBeLessThan(5 * Math.sqrt(0.09 / users.length));
    for (const each of users.slice(0, 100).flatMap((user) => holdouts(user))) {
      const share = each.experiment === "all-year" ? 0.1 : 0.25;
      expect(each).toMatchObject({
        enrolled: true,
        propensity: each.variant === "held_out" ? share : 1 - share,
      });
    }
    expect(holdouts({ account: "a" })).toEqual([]);
    expect(() => holdouts({ userId: 7 })).toThrow(expect.objectContaining({ code: "invalid_unit_id" }));
    expect(() => holdouts(null as never)).toThrow(ExperimentError);
    expect(createHoldouts({ experiments: [] })({ userId: "u" })).toEqual([]);
  });

  it("is recorded as any exposure is, and compared by analyze: what all experiments together are worth", async () => {
    const written: { unitId: string; variant: string; experiment: string }[] = [];
    const log = createExposureLog({
      write: (exposure) => void written.push(exposure),
      clock: () => 0,
      remember: 100_000,
    });
    for (const user of [...users, ...users.slice(0, 50)]) for (const each of holdouts(user)) log.expose(each);
    expect(written.length).toBe(2 * users.length);
    const experiment = holdoutExperiment(all, {
      metrics: [{ key: "bought", type: "conversion", role: "goal" }],
      plan: { looks: 1 },
    });
    const rows = written
      .filter((each) => each.experiment === experiment.key)
      .map(({ unitId, variant }, i) => ({
        unitId,
        variant,
        bought: i % 100 < (variant === "open" ? 15 : 10),
      }));
    const report = await analyze({
      experiment,
      source: fromRows(rows, { variant: "variant", unit: "unitId" }),
    });
    expect(report.macro.map(({ contrast }) => contrast)).toEqual([["held_out", "open"]]);
    expect(report.checks[0]?.status).not.toBe("failed");
    expect(report.recommendation.action).toBe("ship");
  });
});

describe("holdoutExperiment", () => {
  it("is never assigned by: its points are not those of the holdout", () => {
    const experiment = holdoutExperiment(all);
    expect(createAssigner({ experiments: [experiment] }).assign("all-year", { userId: "u" })).toMatchObject({
      enrolled: false,
      reason: "status",
    });
  });

  it.each([
    [{ ...all, share: 1 }, {}, "out_of_range", ["holdout", "share"]],
    [{ ...all, sahre: 1 }, {}, "unknown_key", ["holdout", "sahre"]],
    [all, { metric: [] }, "unknown_key", ["measure", "metric"]],
    [all, { metrics: [{ key: "x", type: "nope" }] }, "unknown_name", ["measure", "metrics", 0, "type"]],
    [null, {}, "wrong_type", ["holdout"]],
  ])("refuses %j, %j", (holdout, measure, code, path) => {
    expect(() => holdoutExperiment(holdout as never, measure as never)).toThrow(
      expect.objectContaining({ code, path }),
    );
  });
});
