import { describe, expect, it } from "vitest";
import { analyze } from "../../src/analysis/index.js";
import { randomSource, sampleBinomial } from "../../src/random/index.js";
import { findingSentence, toText } from "../../src/report/index.js";
import { parseReport } from "../../src/schema/index.js";
import { sampleRatioMismatch, sequentialRatioMismatch } from "../../src/stats/index.js";
import { conversionCell, conversionMetric, madeDefinition, madeSource } from "./made-cells.js";

const planOf = (looks?: number) => ({
  level: 0.95,
  macro: "holm",
  micro: "benjamini-hochberg",
  ...(looks === undefined ? {} : { looks }),
});

const read = (
  looks: number | undefined,
  [n, x]: readonly [number, number],
  [m, y]: readonly [number, number],
) =>
  analyze({
    experiment: madeDefinition(["control", "b"], { plan: planOf(looks) }),
    source: madeSource([conversionCell("control", n, x), conversionCell("b", m, y)]),
  });

describe("a plan with several looks", () => {
  const [control, treatment] = [
    [5000, 500],
    [5000, 575],
  ] as const;

  it("ships by one look what it does not ship by one of twenty", async () => {
    expect((await read(undefined, control, treatment)).recommendation.action).toBe("ship");
    expect((await read(1, control, treatment)).recommendation.action).toBe("ship");
    expect((await read(20, control, treatment)).recommendation.action).toBe("keep_running");
  });

  it("reads what decides at a share of the error, and what other tools print at all of it", async () => {
    const [comparison] = (await read(20, control, treatment)).macro;
    const { fixed, planned } = comparison?.difference ?? {};
    expect(fixed).toMatchObject({ status: "ok", level: 0.95 });
    expect(planned).toMatchObject({ status: "ok", level: 1 - 0.05 / 20 });
    const [alone] = (await read(1, control, treatment)).macro;
    expect(fixed).toEqual(alone?.difference.planned);
  });

  it("holds a guardrail to its margin at the same share", async () => {
    const metrics = [
      conversionMetric("order", "goal"),
      conversionMetric("return", "guardrail", { better: "lower", margin: 0.2 }),
    ];
    const outcome = async (looks: number) => {
      const cells = [
        [10_000, 500, 1000],
        [10_000, 900, 1080],
      ].map(([units, orders, returns], at) => {
        const variant = at === 0 ? "control" : "b";
        const [a, b] = [
          conversionCell(variant, units as number, orders as number),
          conversionCell(variant, units as number, returns as number),
        ];
        return { ...a, moments: [...a.moments, ...b.moments] };
      });
      const report = await analyze({
        experiment: madeDefinition(["control", "b"], { metrics, plan: planOf(looks) }),
        source: madeSource(cells, { metrics: ["order", "return"] }),
      });
      return report.recommendation.rule;
    };
    expect(await outcome(1)).toBe("goal_better");
    expect(await outcome(100)).toBe("guardrail_open");
  });

  it("says how many looks there are and what each of them holds, and reads back", async () => {
    const report = await read(20, control, treatment);
    expect(toText(report)).toMatch(
      /one of 20 looks that the plan has: p-values and intervals are read at\s+99\.75%/,
    );
    expect(toText(report, { lang: "fr" })).toMatch(/l’une des 20 lectures du plan/);
    expect(parseReport(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  it("finds a null to be something in at most 5 % of experiments, looked at eight times", async () => {
    const source = randomSource("looks, null");
    const [runs, looks] = [60, 8];
    let [shown, wrong] = [0, 0];
    for (let run = 0; run < runs; run++) {
      const [x, y] = [0, 0].map(() => ({ n: 0, hits: 0 })) as [Side, Side];
      let [any, peeked] = [false, false];
      for (let look = 0; look < looks; look++) {
        for (const side of [x, y]) {
          side.n += 200;
          side.hits += sampleBinomial(source, 200, 0.2);
        }
        const report = await read(looks, [x.n, x.hits], [y.n, y.hits]);
        if (["ship", "stop"].includes(report.recommendation.action)) any = true;
        const fixed = report.macro[0]?.difference.fixed;
        if (fixed?.status === "ok" && fixed.pValue < 0.05) peeked = true;
      }
      if (any) shown++;
      if (peeked) wrong++;
    }
    expect(shown / runs).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / runs));
    // The wrong version reads each look as if it were the only one.
    expect(wrong / runs).toBeGreaterThan(0.05);
  });
});

interface Side {
  n: number;
  hits: number;
}

describe("shares of a plan with several looks", () => {
  const priors = [100, 1000, 10_000, 100_000];

  it("are checked by a test that holds at every look, and the sentence says so", async () => {
    const report = await read(30, [5000, 500], [5400, 540]);
    const [check] = report.checks;
    const { pValue } = sequentialRatioMismatch([5000, 5400], [1, 1], priors);
    expect(check).toMatchObject({ status: "passed", looks: 30, pValue });
    expect(sampleRatioMismatch([5000, 5400], [1, 1]).pValue).toBeLessThan(0.001);
    expect((await read(1, [5000, 500], [5400, 540])).checks[0]).toMatchObject({ status: "failed" });
    expect(toText(report).replace(/\s+/g, " ")).toContain(
      "hares are compatible with the plan (sequential test, p 0.007, which holds at every look)",
    );
  });

  it("that are broken fail at a few hundred units, and the finding says by which test", async () => {
    const report = await read(30, [600, 60], [400, 40]);
    expect(report.recommendation).toMatchObject({ action: "do_not_read", rule: "srm" });
    const srm = report.findings.find(({ kind }) => kind === "srm");
    expect(srm && findingSentence(srm)).toMatch(/sequential test, p < 0\.0001, which holds at every look\)/);
    expect(srm && findingSentence(srm, { lang: "fr" })).toMatch(/test séquentiel, p\s<\s0,0001, valable/);
  });

  it("raise at most the nominal false alarms over thirty looks, at few units and many", () => {
    const source = randomSource("sequential shares");
    const [runs, looks, threshold] = [600, 30, 0.01];
    for (const [perLook, share] of [
      [20, 0.5],
      [1000, 0.5],
      [200, 0.9],
    ] as const) {
      let [alarms, naive] = [0, 0];
      for (let run = 0; run < runs; run++) {
        let [first, n] = [0, 0];
        let [alarm, wrong] = [false, false];
        for (let look = 0; look < looks; look++) {
          first += sampleBinomial(source, perLook, share);
          n += perLook;
          const counts = [first, n - first];
          if (sequentialRatioMismatch(counts, [share, 1 - share], priors).pValue < threshold) alarm = true;
          if (n > 500 && sampleRatioMismatch(counts, [share, 1 - share]).pValue < threshold) wrong = true;
        }
        if (alarm) alarms++;
        if (wrong) naive++;
      }
      const error = Math.sqrt((threshold * (1 - threshold)) / runs);
      expect(alarms / runs, `${perLook} units a look`).toBeLessThan(threshold + 3 * error);
      if (perLook === 1000) expect(naive / runs).toBeGreaterThan(0.03);
    }
  });
});
