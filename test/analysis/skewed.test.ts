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
    expect(difference(report.macro)).toMatchObject({ method: "amounts-score", flags: ["skewed"] });
    expect(lift(report.macro)).toMatchObject({ method: "amounts-score", flags: ["skewed"] });
    expect(report.macro[0]!.difference.others?.welch).toMatchObject({ method: "welch" });
    expect(toText(report)).toMatch(/revenue\n.*\n +Skewed: a few large values/);
    expect(toMarkdown(report)).toMatch(/not shown \(skewed: /);
    expect(toCsv(report)).toMatch(/amounts-score.*,skewed\r\n/);
  });

  it("with equal arms is allowed for too: a lift's interval is not symmetric there either", async () => {
    const report = await read(0.5);
    expect(difference(report.macro)).toMatchObject({ method: "amounts-score", flags: ["skewed"] });
    expect(lift(report.macro).pValue).toBeCloseTo(difference(report.macro).pValue!, 9);
  });

  it("cells without third moments are compared by Welch, and say that skewness was not looked at", async () => {
    const asked = { definition: experiment(0.1), metrics: experiment(0.1).metrics, dimensions: [] };
    const cells = await fromRows(rows(10_000, 0.1), { variant: "variant" }).read(asked);
    const bare = {
      ...cells,
      cells: cells.cells.map((cell) => ({
        ...cell,
        moments: cell.moments.map(({ m3: _, nonzero: __, ...rest }) => rest),
      })),
    };
    const report = await analyze({ experiment: experiment(0.1), source: fromCells(bare) });
    expect(difference(report.macro)).toMatchObject({ method: "welch", flags: ["no_third_moments"] });
    expect(toText(report)).toMatch(/revenue\n.*\n +No third moments/);
  });
});
