import { defineExperiment, ExperimentError } from "essai";
import { type AnalyzeRequest, analyze, fromCells, fromRows, type Report } from "essai/analysis";
import { randomSource, sampleLognormal } from "essai/random";
import { findingSentence, toCsv, toHtml, toMarkdown, toText } from "essai/report";
import { parseDefinition, parseExperiment, parseReport } from "essai/schema";
import { describe, expect, it } from "vitest";
import type { Cells } from "../../src/core/cells.js";
import type { Definition } from "../../src/core/definition.js";
import type { KnownMetric } from "../../src/metrics/index.js";
import { MomentsAccumulator } from "../../src/stats/index.js";

const weights = { revenue: 1, cost: -1, returned: -0.5 };
const parts: readonly KnownMetric[] = [
  { key: "returned", type: "mean", role: "diagnostic", better: "lower" },
  { key: "cost", type: "mean", role: "diagnostic", better: "lower" },
  { key: "revenue", type: "mean", role: "diagnostic" },
];
const overall: KnownMetric = { key: "net", type: "overall", role: "goal", of: weights };
const byHand: KnownMetric = { key: "net", type: "mean", role: "goal", column: "made" };

const definition = (metrics: readonly KnownMetric[], treated = 0.1): Definition =>
  defineExperiment({
    ...{ key: "mailing", unit: "customer", control: "old" },
    variants: { old: null, new: null },
    allocation: { old: 1 - treated, new: treated },
    metrics,
  });

/** Skewed revenue, cost in step with it, returns of some orders, a treatment that costs more; one row in 50 has no cost. */
const rows = (() => {
  const random = randomSource("net");
  return Array.from({ length: 6_000 }, (_, i) => {
    const treated = i % 10 === 3;
    const revenue = random.next() < 0.2 ? sampleLognormal(random, 3, 1) : 0;
    const cost = i % 50 === 7 ? null : 0.6 * revenue + (treated ? 6 : 0.1);
    const returned = random.next() < 0.15 ? revenue : 0;
    const made = cost === null ? null : revenue - cost - 0.5 * returned;
    return {
      ...{ variant: treated ? "new" : "old", channel: ["web", "mail", "shop"][i % 3] },
      ...{ revenue, cost, returned, made },
    };
  });
})();

const read = (experiment: Definition, more: Partial<AnalyzeRequest> = {}) =>
  analyze({ experiment, source: fromRows(rows, { variant: "variant" }), dimensions: ["channel"], ...more });

/** What a report says of the net value. */
const ofNet = ({ macro, between, micro, stratified, influence, excluded, recommendation }: Report) => {
  const own = <T extends { metric: string }>(list: readonly T[]) =>
    list.filter(({ metric }) => metric === "net");
  return {
    ...{ macro: own(macro), between: own(between), micro: own(micro), stratified: own(stratified) },
    ...{ influence: own(influence), missing: excluded.missing_net, recommendation },
  };
};

/** Numbers to 9 digits: the order of additions may differ. */
const rounded = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, x) => (typeof x === "number" ? Number(x.toPrecision(9)) : x)));

const planned = (report: Report) => {
  const [comparison] = ofNet(report).macro;
  const { difference, lift } = comparison!;
  if (difference.planned.status !== "ok") throw new Error("no estimate");
  return { difference: difference.planned, lift: lift.planned };
};

describe("an overall metric", () => {
  it("is what its value per unit, computed by hand, gives: overall, between, in cells, in the verdict", async () => {
    const made = await read(definition([overall, ...parts]), { metrics: ["net"] });
    const hand = await read(definition([byHand]));
    expect(rounded(ofNet(made))).toEqual(rounded(ofNet(hand)));
    expect(ofNet(made).missing).toBe(120);
    expect(planned(made).difference.method).toBe("welch-hall");
    expect(made.recommendation).toMatchObject({ action: "stop", rule: "goal_worse" });
  });

  it("counts the covariances of its parts, which adding their errors up would not", async () => {
    const report = await read(definition([overall, ...parts]));
    const error = (key: string) => {
      const { difference } = report.macro.find(({ metric }) => metric === key)!;
      return difference.planned.status === "ok" ? difference.planned.standardError : Number.NaN;
    };
    const apart = Math.hypot(error("revenue"), error("cost"), 0.5 * error("returned"));
    expect(apart / planned(report).difference.standardError).toBeGreaterThan(2);
  });

  it("reads its parts though only it is asked for", async () => {
    const experiment = definition([overall, ...parts]);
    const [alone, all] = [await read(experiment, { metrics: ["net"] }), await read(experiment)];
    expect(alone.metrics.map(({ key }) => key)).toEqual(["net"]);
    expect(planned(alone)).toEqual(planned(all));
  });

  it("from saved cells is the same, and from the joint moments of its parts, in any order", async () => {
    const experiment = definition([overall, ...parts]);
    const asked = { definition: experiment, metrics: experiment.metrics, dimensions: ["channel"] };
    const cells: Cells = await fromRows(rows, { variant: "variant" }).read(asked);
    const direct = await read(experiment, { metrics: ["net"] });
    const saved = await read(experiment, {
      metrics: ["net"],
      source: fromCells(JSON.parse(JSON.stringify(cells))),
    });
    expect(rounded(ofNet(saved))).toEqual(rounded(ofNet(direct)));

    const joint = (names: readonly (keyof typeof weights)[]): Cells => ({
      ...cells,
      metrics: ["net"],
      cells: cells.cells.map((cell) => {
        const all = new MomentsAccumulator(names, { m3: true });
        for (const row of rows)
          if (row.variant === cell.variant && row.channel === cell.levels[0] && row.cost !== null)
            all.push(names.map((name) => row[name] ?? 0));
        return { ...cell, moments: [all.moments()] };
      }),
    });
    const plain = planned(direct).difference;
    for (const names of [
      ["cost", "revenue", "returned"],
      ["returned", "revenue", "cost"],
    ] as const) {
      const given = await read(experiment, { metrics: ["net"], source: fromCells(joint(names)) });
      const { difference } = planned(given);
      expect(difference).toMatchObject({ method: "welch-hall", flags: ["skewed", "no_third_moments"] });
      expect(difference.value).toBeCloseTo(plain.value, 9);
      expect(difference.standardError).toBeCloseTo(plain.standardError, 9);
    }
  });

  it("of two parts' joint moments keeps the third moment", async () => {
    const two = definition([{ ...overall, of: { revenue: 1, cost: -1 } }, ...parts]);
    const [control, treatment] = ["old", "new"].map((variant) => {
      const joint = new MomentsAccumulator(["cost", "revenue"], { m3: true });
      for (const row of rows)
        if (row.variant === variant && row.cost !== null) joint.push([row.cost, row.revenue]);
      const moments = [joint.moments()];
      return { variant, definitionVersion: 1, levels: [], units: moments[0]!.n, moments };
    });
    const cells = {
      ...{ format: "essai.cells/1", experiment: "mailing", dimensions: [], metrics: ["net"] },
      cells: [control, treatment],
    };
    const given = await fromCells(cells).read({
      definition: two,
      metrics: [two.metrics[0]!],
      dimensions: [],
    });
    const direct = await fromRows(rows, { variant: "variant" }).read({
      ...{ definition: two, metrics: [two.metrics[0]!], dimensions: [] },
    });
    given.cells.forEach(({ moments: [own] }, i) => {
      const [by] = direct.cells[i]!.moments;
      expect(own!.m3![0]! / by!.m3![0]!).toBeCloseTo(1, 9);
      expect(own!.comoment[0]! / by!.comoment[0]!).toBeCloseTo(1, 9);
    });
    const [cell] = cells.cells;
    for (const [names, code] of [
      [["cost", "profit"], "unknown_name"],
      [["cost", "cost"], "unknown_name"],
    ] as const) {
      const wrong = {
        ...cells,
        cells: [{ ...cell!, moments: [{ ...cell!.moments[0]!, names }] }, cells.cells[1]!],
      };
      await expect(
        fromCells(wrong).read({ definition: two, metrics: [two.metrics[0]!], dimensions: [] }),
      ).rejects.toMatchObject({ code, path: ["metrics", "net", "names"] });
    }
  });

  it("may be a guardrail: within its margin it lets a gain pass, beyond it stops it", async () => {
    const metrics = (margin: number): readonly KnownMetric[] => [
      { key: "revenue", type: "mean", role: "diagnostic" },
      { key: "bought", type: "conversion", role: "goal" },
      { key: "cost", type: "mean", role: "diagnostic" },
      { key: "net", type: "overall", role: "guardrail", margin, of: { revenue: 1, cost: -1 } },
    ];
    const sold = Array.from({ length: 4_000 }, (_, i) => {
      const bought = (i * 7919) % 100 < (i % 2 ? 60 : 50) ? 1 : 0;
      const revenue = 100 + ((i * 31) % 17);
      return { variant: i % 2 ? "new" : "old", bought, revenue, cost: i % 2 ? 24 : 20 };
    });
    const verdict = async (margin: number) =>
      (
        await analyze({
          experiment: definition(metrics(margin), 0.5),
          source: fromRows(sold, { variant: "variant" }),
        })
      ).recommendation;
    expect(await verdict(0.1)).toMatchObject({ action: "ship", rule: "goal_better" });
    expect(await verdict(0.01)).toMatchObject({ action: "stop", rule: "guardrail_harmed" });
  });

  it("close to zero has a difference and no lift; a loss that grows is a fall", async () => {
    const metric: KnownMetric = { ...overall, of: { revenue: 1, cost: -1 } };
    const made = (shift: number) =>
      Array.from({ length: 2_000 }, (_, i) => ({
        variant: i % 2 ? "new" : "old",
        revenue: (i * 7919) % 101,
        cost: ((i * 6007) % 101) + shift + (i % 2 ? 6 : 0),
      }));
    const say = async (shift: number) =>
      planned(
        await analyze({
          experiment: definition([metric, ...parts], 0.5),
          source: fromRows(made(shift), { variant: "variant" }),
          metrics: ["net"],
        }),
      );
    const even = await say(0);
    expect(even.difference.value).toBeCloseTo(-6, 0);
    expect(even.lift).toMatchObject({ status: "unbounded" });
    const loss = await say(60);
    expect(loss.lift).toMatchObject({ status: "ok", flags: ["negative_baseline"] });
    expect(loss.lift.value).toBeCloseTo(-0.1, 1);
  });

  it("stands in every format, under its key", async () => {
    const report = await read(definition([overall, ...parts]));
    for (const shown of [toText(report), toMarkdown(report), await toHtml(report), toCsv(report)])
      expect(shown).toContain("net");
    expect(toText(report)).toMatch(/net \(= revenue − cost − 0\.5 × returned\)\n +new +2\.\d+ +−3\.\d+ .*▼/);
    const finding = report.findings.find(({ kind }) => kind === "macro")!;
    expect(findingSentence(finding)).toMatch(/^net: new is worse than old/);
    expect(findingSentence(finding, { lang: "fr" })).toMatch(/^net\s: new fait moins bien que old/);
    expect(parseReport(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });
});

describe("weights that mean nothing", () => {
  const problemsOf = (act: () => unknown) => {
    try {
      act();
    } catch (error) {
      if (error instanceof ExperimentError)
        return error.problems.map(({ code, path, message }) => ({ code, at: path.join("."), message }));
    }
    return [];
  };
  const refused = (of: unknown) => {
    const metrics = [
      { ...overall, of },
      { key: "basket", type: "ratio", role: "diagnostic", numerator: {}, denominator: {} },
      { key: "profit", type: "overall", role: "diagnostic", of: { net: 1 } },
      ...parts,
    ];
    const file = { key: "mailing", unit: "customer", variants: { control: null, new: null }, metrics };
    const sound = definition([overall, ...parts]);
    return [
      problemsOf(() => parseExperiment(file)),
      problemsOf(() => defineExperiment(file as never)),
      problemsOf(() => parseDefinition({ ...sound, metrics })),
    ];
  };

  it.each([
    ["nothing", {}, "missing_value", "metrics.0.of", /add one of: returned, cost, revenue/],
    ["an unknown metric", { revenu: 1 }, "unknown_name", "metrics.0.of.revenu", /did you mean "revenue"/],
    ["a ratio", { basket: 1 }, "not_a_sum", "metrics.0.of.basket", /there are: returned, cost, revenue/],
    ["itself", { net: 1 }, "not_a_sum", "metrics.0.of.net", /of a combination, name its parts/],
    ["another that leads back", { profit: 1 }, "not_a_sum", "metrics.0.of.profit", /name its parts/],
    ["a weight of zero", { cost: 0 }, "zero_weight", "metrics.0.of.cost", /give it another weight/],
    ["text", { cost: "1" }, "wrong_type", "metrics.0.of.cost", /must be a number/],
    ["no object", ["cost"], "wrong_type", "metrics.0.of", /must be an object/],
  ])("%s is refused, with the fix, wherever definitions are read", (_, of, code, at, message) => {
    for (const problems of refused(of))
      expect(problems).toContainEqual({ code, at, message: expect.stringMatching(message) });
  });

  it("NaN is refused as no JSON", () => {
    for (const problems of refused({ cost: Number.NaN }))
      expect(problems.map(({ at }) => at)).toContain("metrics.0.of.cost");
  });
});
