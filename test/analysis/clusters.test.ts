import { describe, expect, it } from "vitest";
import { analyze, fromCells, fromRows, type Report } from "../../src/analysis/index.js";
import { defineExperiment } from "../../src/index.js";
import { randomSource, sampleNormal } from "../../src/random/index.js";
import { toCsv, toHtml, toJson, toMarkdown, toText } from "../../src/report/index.js";
import { clusterDifference } from "../../src/stats/index.js";

const definition = defineExperiment({
  key: "households",
  unit: "customer",
  control: "old",
  variants: { old: null, new: null },
  metrics: [
    { key: "spend", type: "mean", role: "goal" },
    { key: "order", type: "conversion", role: "guardrail", margin: 0.3 },
  ],
  plan: { looks: 1 },
});
const channels = ["mail", "push", "web"];
const random = randomSource("households");
/** Touches of customers, who act alike over their touches and are met in several channels. */
const touches = Array.from({ length: 900 }, (_, customer) => {
  const level = sampleNormal(random);
  const arm = customer % 2 ? "new" : "old";
  return Array.from({ length: 1 + Math.floor(5 * random.next()) }, (_, touch) => ({
    ...{ customer: `c${customer}`, arm, channel: channels[(customer + touch) % 3] },
    spend: 20 + (arm === "new" ? 1 : 0) + 2 * level + sampleNormal(random),
    order: random.next() < 0.2 + 0.05 * level ? 1 : 0,
  }));
}).flat();
const mapping = { variant: "arm", cluster: "customer", dimensions: ["channel"] } as const;
const reportOf = (rows: readonly object[]) =>
  analyze({ experiment: definition, source: fromRows(rows, mapping), dimensions: ["channel"] });
const side = (arm: string, channel?: string) => {
  const own = touches.filter((row) => row.arm === arm && (channel ?? row.channel) === row.channel);
  return { values: own.map(({ spend }) => spend), clusters: own.map(({ customer }) => customer) };
};
function ok(estimate: Report["macro"][number]["difference"]["fixed"]) {
  if (estimate.status !== "ok") throw new Error(estimate.status);
  return estimate;
}

describe("units in clusters", () => {
  it("have the difference of units and the error of clusters, overall and in each level", async () => {
    const report = await reportOf(touches);
    expect(report.clusters).toEqual({ column: "customer", clusters: 900, units: touches.length });
    expect(report.arms.map(({ units }) => units)).toEqual([450, 450]);
    const wanted = [
      { found: report.macro[0], by: undefined },
      ...channels.map((by) => ({
        found: report.micro.find(({ metric, cell }) => metric === "spend" && cell.channel === by),
        by,
      })),
    ];
    for (const { found, by } of wanted) {
      const own = ok(found!.difference.fixed);
      const known = clusterDifference(side("old", by), side("new", by), { correction: "cr1" });
      if (known.status !== "ok") throw new Error(known.status);
      expect(own.value).toBeCloseTo(known.value, 10);
      // Each arm is corrected by its own number of clusters, not by that of both.
      expect(own.standardError / known.standardError).toBeGreaterThan(1);
      expect(own.standardError / known.standardError).toBeLessThan(1.003);
    }
  });

  it("would be read too surely as if each stood for itself", async () => {
    const report = await reportOf(touches);
    const { cluster: _, ...alone } = mapping;
    const naive = await analyze({ experiment: definition, source: fromRows(touches, alone) });
    const [wide, narrow] = [report, naive].map((each) => ok(each.macro[0]!.difference.fixed).standardError);
    expect(wide! / narrow!).toBeGreaterThan(1.4);
  });

  it("in several levels are told, and not weighted by levels", async () => {
    const report = await reportOf(touches);
    const [test] = report.between;
    expect(test?.repeated).toMatchObject({ counted: "each" });
    expect(report.stratified[0]?.stratified).toMatchObject({ status: "undefined", reason: /several levels/ });
    expect(report.stratified.every(({ agreement }) => agreement === "undefined")).toBe(true);
  });

  it("of one level each can be weighted by levels", async () => {
    const placed = touches.map((row) => ({
      ...row,
      channel: Number(row.customer.slice(1)) % 7 ? "web" : "mail",
    }));
    const report = await reportOf(placed);
    expect(report.between[0]?.repeated).toBeUndefined();
    expect(report.stratified[0]?.agreement).toBe("agrees");
  });

  it("are told in every format and language", async () => {
    const report = await reportOf(touches);
    const units = touches.length.toLocaleString("en");
    for (const text of [toText(report), toMarkdown(report), await toHtml(report)])
      expect(text).toContain(`900 clusters (customer) of ${units} units (customer)`);
    expect(toText(report)).toMatch(/Each customer counts as one, with its units together/);
    const french = toText(report, { lang: "fr" });
    expect(french).toMatch(/900 grappes \(customer\)/);
    expect(french).toMatch(/Chaque customer compte pour un/);
    expect(toCsv(report)).toContain(`clusters,,,,,,,,,,ok,customer,900,,,,,,,,,,,,units=${touches.length}`);
    expect(JSON.parse(toJson(report)).clusters.clusters).toBe(900);
  });

  it("come back from cells that were kept, grain by grain, and are not merged from others", async () => {
    const request = {
      definition,
      metrics: definition.metrics,
      dimensions: ["channel"],
      grains: [[], ["channel"]],
    };
    const cells = JSON.parse(JSON.stringify(await fromRows(touches, mapping).read(request)));
    const again = await analyze({
      experiment: definition,
      source: fromCells(cells),
      dimensions: ["channel"],
    });
    const first = await reportOf(touches);
    expect(again.macro).toEqual(first.macro.map((each) => ({ ...each })));
    expect(again.micro).toEqual(first.micro);
    const { grains: _, ...torn } = cells;
    await expect(analyze({ experiment: definition, source: fromCells(torn) })).rejects.toMatchObject({
      code: "missing_grain",
    });
  });

  it("with covariates are adjusted by their sums", async () => {
    const covariates = [{ column: "past" }];
    const experiment = defineExperiment({
      ...{ key: "households", unit: "customer", control: "old", variants: { old: null, new: null } },
      metrics: [{ key: "spend", type: "mean", role: "goal", covariates }],
      plan: { looks: 1 },
    });
    const rows = touches.map((row) => ({ ...row, past: row.spend - (row.arm === "new" ? 1 : 0) }));
    const { macro, adjustments } = await analyze({ experiment, source: fromRows(rows, mapping) });
    expect(adjustments?.[0]).toMatchObject({ status: "adjusted", units: 900 });
    const { planned, others } = macro[0]!.difference;
    expect(ok(planned).standardError).toBeLessThan(0.8 * ok(others!.unadjusted!).standardError);
  });
});
