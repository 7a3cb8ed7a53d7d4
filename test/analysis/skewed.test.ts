import { defineExperiment } from "essai";
import { analyze, type Comparison, fromCells, fromRows } from "essai/analysis";
import { randomSource, sampleLognormal } from "essai/random";
import { toCsv, toMarkdown, toText } from "essai/report";
import { describe, expect, it } from "vitest";

const experiment = (treated: number) =>
  defineExperiment({
    key: "checkout",
    unit: "userId",
    control: "old",
    variants: { old: null, new: null },
    allocation: { old: 1 - treated, new: treated },
    metrics: [{ key: "revenue", type: "mean", role: "goal" }],
  });

/** Zero-inflated log-normal revenue, 5 % buy. */
function rows(n: number, treated: number) {
  const random = randomSource(`skewed ${n} ${treated}`);
  return Array.from({ length: n }, (_, i) => ({
    variant: i < n * treated ? "new" : "old",
    channel: i % 2 ? "web" : "mail",
    revenue: random.next() < 0.05 ? sampleLognormal(random, 3, 1.2) : 0,
  }));
}
const read = (treated: number, n = 10_000) =>
  analyze({
    experiment: experiment(treated),
    source: fromRows(rows(n, treated), { variant: "variant" }),
    dimensions: ["channel"],
  });
const difference = ([first]: readonly Comparison[]) => first!.difference.fixed;
const lift = ([first]: readonly Comparison[]) => first!.lift.fixed;

describe("skewed revenue in a report", () => {
  it("with a 9:1 split is allowed for, flagged, and told in words; plain Welch stands beside it", async () => {
    const report = await read(0.1);
    expect(difference(report.macro)).toMatchObject({ method: "welch-hall", flags: ["skewed"] });
    expect(lift(report.macro)).toMatchObject({ method: "fieller-hall", flags: ["skewed"] });
    expect(report.macro[0]!.difference.others?.welch).toMatchObject({ method: "welch" });
    expect(toText(report)).toMatch(/revenue.*: skewed: a few large values/);
    expect(toMarkdown(report)).toMatch(/not shown; skewed: /);
    expect(toCsv(report)).toMatch(/welch-hall.*,skewed\r\n/);
  });

  it("with equal arms cancels: Welch and Fieller as they are, no flag", async () => {
    const report = await read(0.5);
    expect(difference(report.macro)).toMatchObject({ method: "welch" });
    expect(lift(report.macro)).toMatchObject({ method: "fieller" });
    expect(report.macro[0]!.difference.others).toBeUndefined();
    expect(toText(report)).not.toMatch(/skewed/);
  });

  it("cells without third moments are read as they were: Welch, no flag", async () => {
    const asked = { definition: experiment(0.1), metrics: experiment(0.1).metrics, dimensions: [] };
    const cells = await fromRows(rows(10_000, 0.1), { variant: "variant" }).read(asked);
    const bare = {
      ...cells,
      cells: cells.cells.map((cell) => ({
        ...cell,
        moments: cell.moments.map(({ m3: _, ...rest }) => rest),
      })),
    };
    const report = await analyze({ experiment: experiment(0.1), source: fromCells(bare) });
    expect(difference(report.macro)).toMatchObject({ method: "welch" });
  });
});
