import { describe, expect, it } from "vitest";
import { analyze, fromRows, parseLookHistory } from "../../src/analysis/index.js";
import { logLift } from "../../src/analysis/log-lift.js";
import { ExperimentError } from "../../src/errors/index.js";
import { defineExperiment } from "../../src/index.js";
import { randomSource, sampleNormal } from "../../src/random/index.js";
import { toHtml, toJson, toMarkdown, toText } from "../../src/report/index.js";
import { parseReport } from "../../src/schema/index.js";
import { effectPosterior } from "../../src/stats/index.js";
import { falseChoices } from "../../src/stats/looks/index.js";

const believing = { method: "bayes", prior: { mean: 0, standardDeviation: 0.05 }, loss: 0.0025 } as const;
const defined = (plan: NonNullable<Parameters<typeof defineExperiment>[0]["plan"]> = believing) =>
  defineExperiment({
    key: "offer",
    unit: "customer",
    variants: { control: null, b: null },
    metrics: [
      { key: "order", type: "conversion", role: "goal" },
      { key: "returned", type: "conversion", role: "guardrail", better: "lower", margin: 0.3 },
    ],
    plan,
  });
/** Customers of whom so many in a thousand order and return, control and treatment. */
const source = (units: number, order: readonly [number, number], returned = [60, 60]) =>
  fromRows(
    Array.from({ length: units }, (_, i) => {
      const [side, place] = [i % 2, Math.floor(i / 2) % 1000];
      return {
        ...{ variant: side ? "b" : "control", channel: i % 3 ? "web" : "app" },
        order: place < (order[side] ?? 0) ? 1 : 0,
        returned: place < (returned[side] ?? 0) ? 1 : 0,
      };
    }),
    { variant: "variant", dimensions: ["channel"] },
  );
const read = (units: number, order: readonly [number, number], returned?: [number, number]) =>
  analyze({ experiment: defined(), source: source(units, order, returned), dimensions: ["channel"] });

describe("a plan that decides by beliefs", () => {
  it("reads what decides as the prior's posterior of the lift, cells and levels as tests", async () => {
    const report = await read(20_000, [100, 115]);
    const [order] = report.macro;
    const { fixed, planned } = order?.lift ?? {};
    if (fixed?.status !== "ok" || planned?.status !== "ok") throw new Error("no lift");
    const log = logLift(fixed);
    if (!log) throw new Error("no lift");
    const posterior = effectPosterior(log, believing.prior);
    expect(planned.value).toBe(Math.expm1(posterior.mean));
    expect(planned.interval).toEqual(posterior.interval.map(Math.expm1));
    expect(planned.belief).toEqual({ chance: posterior.chance, loss: posterior.loss, threshold: 0.0025 });
    expect(planned.pAdjusted).toBeUndefined();
    const difference = order?.difference.planned;
    expect(difference?.value).toBeCloseTo(planned.value * 0.1, 12);
    for (const { difference: cell } of report.micro) expect(cell.planned).not.toHaveProperty("belief");
    expect(report.families.map(({ grain }) => grain)).not.toContain("gains");
    expect(report.looks).toMatchObject({ rule: "bayes", stated: true, believing: { loss: 0.0025 } });
  });

  it("ships, stops, ends or goes on by the expected losses", async () => {
    const action = async (...args: Parameters<typeof read>) => (await read(...args)).recommendation.action;
    expect(await action(20_000, [100, 115])).toBe("ship");
    expect(await action(20_000, [115, 100])).toBe("stop");
    expect(await action(2_000, [100, 101])).toBe("keep_running");
    // Both losses are small: either will do.
    const wide = { experiment: defined({ ...believing, loss: 0.02 }), source: source(40_000, [100, 100]) };
    expect((await analyze(wide)).recommendation.action).toBe("enough");
    expect((await read(20_000, [100, 115], [60, 90])).recommendation).toMatchObject({
      action: "stop",
      rule: "guardrail_harmed",
    });
  });

  it("says how often it would have decided with nothing to find, exactly", async () => {
    const report = await read(20_000, [100, 101]);
    const lift = report.macro[0]?.lift.fixed;
    const log = lift && logLift(lift);
    if (!log) throw new Error("no lift");
    expect(report.looks?.falseChoices).toEqual(falseChoices(log, 20, believing, 1));
    const runs = 20_000;
    const source = randomSource("nothing");
    const told = falseChoices({ standardError: 0.03 }, 5, believing, 1);
    const counts = { ship: 0, stop: 0 };
    for (let run = 0; run < runs; run++) {
      let sum = 0;
      for (let look = 1; look <= 5; look++) {
        sum += sampleNormal(source);
        const standardError = 0.03 * Math.sqrt(5 / look);
        const { loss } = effectPosterior(
          { value: (sum / Math.sqrt(look)) * standardError, standardError },
          believing.prior,
        );
        const [treatment, control] = [loss.treatment < 0.0025, loss.control < 0.0025];
        if (treatment === control) continue;
        counts[treatment ? "ship" : "stop"]++;
        break;
      }
    }
    for (const side of ["ship", "stop"] as const) {
      const error = Math.sqrt((told[side] * (1 - told[side])) / runs);
      expect(Math.abs(counts[side] / runs - told[side])).toBeLessThan(4 * error);
    }
  });

  it("goes on from look to look by what all data say", async () => {
    const experiment = defined();
    const first = await analyze({ experiment, source: source(4_000, [100, 130]), history: null });
    const history = parseLookHistory(JSON.parse(JSON.stringify(first.looks?.history)), experiment);
    const second = await analyze({ experiment, source: source(20_000, [100, 100]), history });
    const alone = await analyze({ experiment, source: source(20_000, [100, 100]) });
    expect(second.macro[0]?.lift.planned).toEqual(alone.macro[0]?.lift.planned);
    expect(second.looks).toMatchObject({ look: 2, falseChoices: { looks: 2 } });
  });

  it("tells belief, loss and the errors that it does not hold, in every form and both languages", async () => {
    const report = await read(20_000, [100, 115]);
    expect(parseReport(JSON.parse(toJson(report)))).toEqual(JSON.parse(toJson(report)));
    for (const shown of [toText(report), toMarkdown(report), await toHtml(report)]) {
      const text = shown.replace(/\s+/g, " ");
      expect(text).toMatch(/hance to be better 9\d(\.\d)?%, expected loss 0\.\d+% against/);
      expect(text).toContain("The plan decides by beliefs: lifts of 0.00% ± 5.00% before the data");
      expect(text).toMatch(
        /If the first goal did not move at all, 20 looks on the way here would have shipped in/,
      );
      expect(text).not.toMatch(/corrected like p|each at an error/);
    }
    const french = toText(report, { lang: "fr" }).replace(/\s+/g, " ");
    expect(french).toMatch(/robabilité de faire mieux 9\d(,\d)? ?%, perte attendue/);
    expect(french).toContain("Si le premier objectif ne bougeait pas du tout, 20 lectures jusqu’ici");
  });

  it.each([
    ["no prior and no loss", { method: "bayes" }, ["missing_value plan prior", "missing_value plan loss"]],
    [
      "a prior without width",
      { ...believing, prior: { mean: 0, standardDeviation: 0 } },
      ["out_of_range plan prior standardDeviation"],
    ],
    ["a loss of nothing", { ...believing, loss: 0 }, ["out_of_range plan loss"]],
    ["a correction", { ...believing, macro: "holm" }, ["unused_setting plan macro"]],
    [
      "units and spending",
      { ...believing, units: 9, spending: { type: "pocock" } },
      ["unused_setting plan units", "unused_setting plan spending"],
    ],
    ["a prior that nothing reads", { looks: 1, prior: believing.prior }, ["unused_setting plan prior"]],
  ])("refuses %s", (_, plan, codes) => {
    try {
      defined(plan as typeof believing);
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof ExperimentError)) throw error;
      const found = error.problems.map(({ code, path }) => [code, ...path].join(" "));
      for (const code of codes) expect(found).toContain(code);
    }
  });
});
