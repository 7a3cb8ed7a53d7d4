import { createAssigner, defineExperiment, type Exposure } from "essai";
import { analyze, fromRows } from "essai/analysis";
import { createExposureLog } from "essai/exposures";
import { describe, expect, it } from "vitest";

// "Deal-hunters see end-of-stock, brand-loyal see new arrivals", measured from assignment to report.
const experiment = defineExperiment({
  key: "home-banner",
  unit: "userId",
  control: "bestsellers",
  variants: { bestsellers: null, end_of_stock: null, new_arrivals: null },
  attributes: { segment: "string" },
  rules: [
    {
      key: "deal_hunters",
      when: { attribute: "segment", eq: "deal_hunter" },
      variant: "end_of_stock",
      holdback: 0.2,
    },
    {
      key: "brand_loyal",
      when: { attribute: "segment", eq: "brand_loyal" },
      variant: "new_arrivals",
      holdback: 0.2,
    },
  ],
  metrics: [{ key: "bought", type: "conversion", role: "goal" }],
});

/** Users of three segments go through the real path; the deal-hunters' rule helps, the brand-loyal's does nothing. */
async function run() {
  const assigner = createAssigner({ experiments: [experiment] });
  const exposures: Exposure[] = [];
  const log = createExposureLog({ write: (exposure) => exposures.push(exposure), clock: () => 0 });
  const bought = new Map<string, number>();
  for (let i = 0; i < 30_000; i++) {
    const userId = `user-${i}`;
    const segment = ["deal_hunter", "brand_loyal", "just_browsing"][i % 3]!;
    const assignment = assigner.assign(experiment, { userId, segment });
    log.expose(assignment);
    const helped = segment === "deal_hunter" && assignment.variant === "end_of_stock";
    bought.set(userId, i % 100 < (helped ? 30 : 10) ? 1 : 0);
  }
  const rows = exposures.map((exposure) => ({ ...exposure, bought: bought.get(exposure.unitId) }));
  const report = await analyze({
    experiment,
    source: fromRows(rows, { unit: "unitId", variant: "variant", dimensions: ["rule", "heldBack"] }),
  });
  return { exposures, report };
}

describe("rules from assignment to report", () => {
  it("measures each rule against its own randomised holdback", async () => {
    const { exposures, report } = await run();
    const effect = (rule: string) => report.rules.find(({ cell }) => cell.rule === rule)!.difference.fixed;
    const deals = effect("deal_hunters");
    const loyal = effect("brand_loyal");
    if (deals.status !== "ok" || loyal.status !== "ok") throw new Error("no estimate");
    // A third of the held-back deal-hunters meet end_of_stock by chance: 0.30 against (0.30 + 2 × 0.10) / 3.
    expect(Math.abs(deals.value - 0.4 / 3)).toBeLessThan(4 * deals.standardError);
    expect(deals.pValue).toBeLessThan(1e-6);
    expect(Math.abs(loyal.value)).toBeLessThan(4 * loyal.standardError);
    expect(report.excluded.rule_applied).toBe(
      exposures.filter(({ rule, heldBack }) => rule && heldBack === false).length,
    );
  });

  it("keeps units that a rule chose for out of the random comparison", async () => {
    const { report } = await run();
    expect(report.checks[0]).toMatchObject({ status: "passed" });
    // The wrong way: counting them would break the planned shares.
    const { exposures } = await run();
    const crude = (variant: string) => exposures.filter((exposure) => exposure.variant === variant).length;
    expect(crude("end_of_stock")).toBeGreaterThan(1.5 * crude("bestsellers"));
  });
});
