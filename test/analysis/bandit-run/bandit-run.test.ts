import { describe, expect, it } from "vitest";
import { analyze, type BanditRound, banditReport, banditRun } from "../../../src/analysis/index.js";
import { addArm, epsilonGreedy, factorial, floor, normal, poisson } from "../../../src/bandits/index.js";
import { chiSquareSurvival } from "../../../src/distributions/index.js";
import { ExperimentError } from "../../../src/errors/index.js";
import { defineExperiment } from "../../../src/index.js";
import { randomSource } from "../../../src/random/index.js";
import { parseReport } from "../../../src/schema/index.js";
import { adaptiveReport } from "../../report/made-report.js";
import { madeRun, offers } from "./made-run.js";

const chances: Readonly<Record<string, number>> = { plain: 0.1, voucher: 0.15, gift: 0.25 };
const truth = (arm: string) => chances[arm] as number;
const floored = { constraints: [floor({ share: 0.05 })] };
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value));

/** A decision written by hand. */
function round(
  i: number,
  variant: string,
  probabilities: readonly number[],
  reward: number | null,
  more: Partial<BanditRound["decision"]> = {},
): BanditRound {
  const actions = ["plain", "voucher", "gift"];
  return {
    decision: {
      id: `d${i}`,
      experiment: "offers",
      definitionVersion: 1,
      unitId: `u${i}`,
      occasion: "o",
      at: new Date(Date.UTC(2026, 0, 5, i)).toISOString(),
      action: { variant },
      propensity: probabilities[actions.indexOf(variant)] as number,
      actions,
      probabilities,
      context: null,
      policy: "thompson",
      stateHash: "0",
      ...more,
    },
    reward,
  };
}

const codes = (run: () => unknown): (readonly [string, string])[] => {
  try {
    run();
  } catch (error) {
    if (error instanceof ExperimentError)
      return error.problems.map(({ code, path }) => [code, path.join(".")] as const);
    throw error;
  }
  return [];
};

describe("reference: a log worked out by hand", () => {
  const log = [
    round(0, "gift", [0.2, 0.3, 0.5], 1),
    round(1, "plain", [0.2, 0.3, 0.5], 0),
    round(2, "gift", [0.25, 0.25, 0.5], 0),
    round(30, "voucher", [0.25, 0.25, 0.5], null),
  ];
  const run = banditRun({ experiment: offers, log });

  it("counts decisions, rewards and what is pending", () => {
    expect(run).toMatchObject({ decisions: 4, units: 4, rewards: 3, pending: 1, repeated: 0 });
    expect(run.arms.map(({ decisions, mean }) => [decisions, mean])).toEqual([
      [1, 0],
      [1, null],
      [2, 0.5],
    ]);
    expect(run.periods.map(({ from, served }) => [from, served])).toEqual([
      ["2026-01-05T00:00:00.000Z", [1 / 3, 0, 2 / 3]],
      ["2026-01-06T00:00:00.000Z", [0, 1, 0]],
    ]);
    expect(run.periods[0]?.recorded?.map((each) => Number(each.toFixed(6)))).toEqual([
      0.216667, 0.283333, 0.5,
    ]);
  });

  it("gains by the doubly robust score", () => {
    // 1: every arm is expected to earn 1, and the played one does: 1 − 1 = 0.
    // 2: (everyone 1) plain is expected 1, surprise −1 at p = 0.2: 1 − (1 − 1 / 0.6) − 1 = 2/3.
    // 3: everyone 1/2; plain (0 + ½)/2, voucher ½, gift (1 + ½)/2; surprise −¾ at p = ½: ¾ − ¾ / 3 − ½ = 0.
    expect(run.gain.value).toBeCloseTo(2 / 3, 12);
  });

  it("checks served against recorded like Pearson's χ² while the vector stays", () => {
    const fixed = Array.from({ length: 60 }, (_, i) =>
      round(i, ["plain", "gift", "voucher", "gift"][i % 4] as string, [0.3, 0.2, 0.5], 0),
    );
    const { served } = banditRun({ experiment: offers, log: fixed });
    expect(served.expected.map((each) => Number(each.toFixed(9)))).toEqual([18, 12, 30]);
    if (served.status === "undefined") throw new Error(served.reason);
    expect(served.statistic).toBeCloseTo(9 / 18 + 9 / 12, 9);
    expect(served.pValue).toBeCloseTo(chiSquareSurvival(9 / 18 + 9 / 12, 2), 9);
    expect(served.df).toBe(2);
  });

  it("knows the regret where the truth is told", () => {
    const { log } = madeRun({ truth, seed: "known", rounds: 200 });
    const { known, periods } = banditRun({ experiment: offers, log });
    const best = log.reduce((sum, { expected }) => sum + 0.25 - (expected?.chosen ?? 0), 0);
    expect(known?.regret).toBeCloseTo(best, 9);
    expect(known?.uniform).toBeCloseTo(200 * (0.25 - 0.5 / 3), 9);
    expect(periods.at(-1)?.known).toEqual(known);
  });

  it("believes what Beta posteriors say", () => {
    const { log, state } = madeRun({ truth, seed: "belief", rounds: 400, options: floored });
    const [view] = banditRun({ experiment: offers, log, state }).beliefs;
    expect(view?.cell).toEqual({});
    for (const { arm, mean, sd, density } of view?.arms ?? []) {
      const at = state.setup.arms.findIndex(({ key }) => key === arm);
      const [wins, losses] = state.sums[at] as readonly [number, number];
      const [a, b] = [1 + wins, 1 + losses];
      expect(mean).toBeCloseTo(a / (a + b), 12);
      expect(sd).toBeCloseTo(Math.sqrt((a * b) / (a + b) ** 2 / (a + b + 1)), 12);
      const step = (view?.grid[1] as number) - (view?.grid[0] as number);
      const mass = (density ?? []).reduce((sum, each) => sum + each * step, 0);
      expect(mass).toBeGreaterThan(0.9);
      expect(mass).toBeLessThan(1.01);
    }
    expect(view?.arms.reduce((sum, { best }) => sum + best, 0)).toBeCloseTo(1, 6);
  });
});

describe("laws", () => {
  const { log, state } = madeRun({ truth, seed: "laws", rounds: 300, options: floored });
  const run = banditRun({ experiment: offers, log, state });

  it("the order of the log does not matter, and the log stays as it is", () => {
    const before = plain(log);
    expect(banditRun({ experiment: offers, log: [...log].reverse(), state })).toEqual(run);
    expect(plain(log)).toEqual(before);
  });

  it("it is JSON, and a report with it reads back", () => {
    const report = banditReport(offers, run);
    expect(plain(report)).toEqual(report);
    expect(parseReport(plain(report))).toEqual(report);
  });

  it("a decision told again counts once, and its later reward counts", () => {
    const unsettled = log.map(({ decision }) => ({ decision, reward: null }));
    const again = banditRun({ experiment: offers, log: [...unsettled, ...log], state });
    expect(again.repeated).toBe(300);
    expect({ ...again, repeated: 0 }).toEqual(run);
    expect(banditRun({ experiment: offers, log: [...log, ...unsettled], state }).rewards).toBe(300);
  });

  it("rewards of any size scale the gain", () => {
    const tenfold = log.map(({ decision, reward }) => ({ decision, reward: 10 * (reward as number) }));
    const { gain, quantity } = banditRun({ experiment: offers, log: tenfold });
    expect(gain.value).toBeCloseTo(10 * (run.gain.value as number), 9);
    expect(quantity).toBe("amount");
  });

  it("a unit that decides often is one unit: its decisions repeated count as wide as they are", () => {
    // The same 100 outcomes, once by 100 units, once four times over by the same units.
    const one = Array.from({ length: 100 }, (_, i) =>
      round(i, ["plain", "gift", "voucher", "gift"][i % 4] as string, [0.25, 0.25, 0.5], i % 3 ? 0 : 1),
    );
    const four = one.flatMap((each, i) =>
      Array.from({ length: 4 }, (_, k) => ({
        ...each,
        decision: { ...each.decision, id: `d${i}-${k}`, occasion: `o${k}` },
      })),
    );
    const strangers = four.map((each) => ({
      ...each,
      decision: { ...each.decision, unitId: each.decision.id },
    }));
    const error = (log: readonly BanditRound[]) => {
      const { gain } = banditRun({ experiment: offers, log });
      return gain.status === "ok" ? gain.standardError : Number.NaN;
    };
    expect(error(four)).toBeGreaterThan(1.5 * error(strangers));
  });

  it("segments are found by themselves, and their decisions sum up", () => {
    const { log } = madeRun({ truth, seed: "segments", rounds: 200, segments: ["new", "loyal"] });
    const { segments } = banditRun({ experiment: offers, log });
    expect(segments.map(({ field }) => field)).toEqual(["segment"]);
    expect(segments[0]?.levels.map(({ level, decisions }) => [level, decisions])).toEqual([
      ["new", 100],
      ["loyal", 100],
    ]);
    for (const { served } of segments[0]?.levels ?? [])
      expect(served.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 12);
  });

  it("arms of factors are told by their levels, and beliefs by segment, each with its terms", () => {
    const campaign = defineExperiment({
      key: "spring",
      unit: "userId",
      factors: { message: ["discount", "story"], channel: ["email", "push"] },
      policy: "thompson",
    });
    const { log, state } = madeRun({
      experiment: campaign,
      truth: (arm, _, segment) => (arm.includes("discount") === (segment === "hunter") ? 0.6 : 0.1),
      options: {
        model: factorial({ segments: { field: "segment", levels: ["hunter", "loyal"] } }),
        ...floored,
      },
      segments: ["hunter", "loyal"],
      rounds: 600,
      seed: 5,
    });
    const { arms, beliefs } = banditRun({ experiment: campaign, log, state });
    expect(arms.map(({ action }) => action)[0]).toEqual({ message: "discount", channel: "email" });
    expect(beliefs.map(({ cell }) => cell.segment)).toEqual(["hunter", "loyal"]);
    expect(beliefs[0]?.arms[0]?.arm).toContain("discount");
    expect(beliefs[1]?.arms[0]?.arm).toContain("story");
    expect(Object.keys(beliefs[0]?.arms[0]?.contributions ?? {})).toContain("message × segment");
  });

  it.each([
    ["counts", poisson(), [3, 1, 2]],
    ["amounts", normal(), [-3.5, 4.25, 2]],
  ])("beliefs about %s have means, intervals and densities", (_, model, rewards) => {
    const { log } = madeRun({ truth, seed: "kinds", rounds: 60 });
    const amounts = log.map((each, i) => ({ ...each, reward: rewards[i % 3] as number }));
    const { state } = madeRun({ truth, seed: "kinds", rounds: 60, options: { model } });
    const [view] = banditRun({ experiment: offers, log: amounts, state }).beliefs;
    for (const { mean, interval, density } of view?.arms ?? []) {
      expect(interval[0]).toBeLessThan(mean);
      expect(interval[1]).toBeGreaterThan(mean);
      expect(Math.max(...(density ?? []))).toBeGreaterThan(0);
    }
  });
});

describe("edges", () => {
  const sound = [round(0, "gift", [0.2, 0.3, 0.5], 1), round(1, "plain", [0.2, 0.3, 0.5], 0)];
  const of = (log: readonly BanditRound[]) => () => banditRun({ experiment: offers, log });

  it("every problem of the log is told with its place", () => {
    const log = [
      round(0, "gift", [0.2, 0.3, 0.5], 1, { experiment: "other" }),
      round(1, "gift", [0.2, 0.3, 0.5], 1, { action: { variant: "nothing" } }),
      round(2, "gift", [0.2, 0.3, 0.5], 1, { propensity: 0 }),
      round(3, "gift", [0.2, 0.3, 0.5], 1, { propensity: 0.4 }),
      round(4, "gift", [0.2, 0.3, 0.9], 1),
      round(5, "gift", [0.2, 0.3, 0.5], Number.NaN),
      round(6, "gift", [0.2, 0.3, 0.5], 1, { at: "yesterday" }),
      round(7, "gift", [0.2, 0.3, 0.5], 1, { probabilities: [1] }),
      round(8, "gift", [0.2, 0.3, 0.5], 1, { actions: ["plain", "voucher", "else"] }),
    ];
    expect(codes(of(log))).toEqual([
      ["mixed_experiments", "log.0.decision.experiment"],
      ["unknown_action", "log.1.decision.action"],
      ["out_of_range", "log.2.decision.propensity"],
      ["propensity_mismatch", "log.2.decision.propensity"],
      ["propensity_mismatch", "log.3.decision.propensity"],
      ["probabilities_sum", "log.4.decision.probabilities"],
      ["not_finite", "log.5.reward"],
      ["invalid_instant", "log.6.decision.at"],
      ["wrong_length", "log.7.decision.probabilities"],
      ["unknown_action", "log.8.decision.actions"],
    ]);
  });

  it("requests that cannot be met name their place", () => {
    expect(codes(of([]))).toEqual([["empty_data", "log"]]);
    const ask = (more: object) => () => banditRun({ experiment: offers, log: sound, ...more });
    expect(codes(ask({ periods: 0 }))).toEqual([["out_of_range", "periods"]]);
    expect(codes(ask({ level: 1 }))).toEqual([["out_of_range", "level"]]);
    expect(codes(ask({ segments: ["weather"] }))).toEqual([["unknown_name", "segments.0"]]);
    const { state } = madeRun({ truth, seed: 1, rounds: 10, experiment: { ...offers, key: "else" } });
    expect(codes(ask({ state }))).toEqual([["bandits_differ", "state"]]);
  });

  it("without vectors there is no gain and no check, and both say so", () => {
    const bare = sound.map(({ decision: { probabilities: _, ...decision }, reward }) => ({
      decision,
      reward,
    }));
    const { gain, served, periods } = banditRun({ experiment: offers, log: bare, periods: 1 });
    expect(gain).toMatchObject({ status: "undefined", reason: expect.stringContaining("withPropensity") });
    expect(served.status).toBe("undefined");
    expect(periods[0]).toMatchObject({ served: [0.5, 0, 0.5], recorded: null });
  });

  it("a log of which nothing is known yet is shown all the same", () => {
    const { gain, arms } = banditRun({ experiment: offers, log: [round(0, "gift", [0.2, 0.3, 0.5], null)] });
    expect(gain.status).toBe("undefined");
    expect(arms.map(({ mean }) => mean)).toEqual([null, null, null]);
  });

  it("a fixed split of certain choices leaves nothing to check", () => {
    const certain = Array.from({ length: 20 }, (_, i) => round(i, "gift", [0, 0, 1], i % 2));
    const { served } = banditRun({ experiment: offers, log: certain });
    expect(served).toMatchObject({ status: "undefined", reason: "nothing was left to chance" });
  });

  it("an arm that is sometimes certain leaves the others to be checked", () => {
    const mixed = Array.from({ length: 90 }, (_, i) =>
      i % 3 === 0 ? round(i, "gift", [0, 0, 1], 1) : round(i, i % 2 ? "plain" : "voucher", [0.5, 0.5, 0], 0),
    );
    const { served } = banditRun({ experiment: offers, log: mixed });
    expect(served).toMatchObject({ status: "passed", df: 1, served: [30, 30, 30] });
  });

  it("an arm added while the bandit was live is known through the state", () => {
    const { state } = madeRun({ truth, seed: 3, rounds: 20 });
    const more = addArm(state, { key: "quiz" });
    const actions = ["plain", "voucher", "gift", "quiz"];
    const late = round(5, "gift", [0.2, 0.3, 0.5], 1, {
      action: { variant: "quiz" },
      actions,
      probabilities: [0.2, 0.2, 0.2, 0.4],
      propensity: 0.4,
    });
    expect(codes(of([...sound, late]))[0]?.[0]).toBe("unknown_action");
    const run = banditRun({ experiment: offers, log: [...sound, late], state: more });
    expect(run.arms.map(({ arm }) => arm)).toEqual(actions);
  });

  it("equal stretches of time where days do not fit", () => {
    const run = banditRun({ experiment: offers, log: sound, periods: 4 });
    expect(run.periods).toHaveLength(4);
    expect(run.periods.reduce((sum, { decisions }) => sum + decisions, 0)).toBe(2);
    expect(run.periods[1]?.served).toBeNull();
  });
});

describe("calibration slice", () => {
  // Rewards double halfway for every arm, as in a high season: what estimates from arms' means take for a gain.
  const season = (arm: string, done: number) => truth(arm) * (done < 0.5 ? 1 : 1.8);
  const runs = Array.from({ length: 150 }, (_, i) =>
    madeRun({ truth: season, seed: `season ${i}`, rounds: 1_000, options: floored }),
  );
  const share = (hits: readonly boolean[]) => hits.filter(Boolean).length / hits.length;

  it("the gain's interval covers the expected gain, seasons or not", () => {
    const covered = runs.map(({ log, gain }) => {
      const estimate = banditRun({ experiment: offers, log }).gain;
      return estimate.status === "ok" && estimate.interval[0] <= gain && gain <= estimate.interval[1];
    });
    expect(share(covered)).toBeGreaterThan(0.95 - 4.5 * Math.sqrt((0.95 * 0.05) / runs.length));
  });

  it("the wrong version, arms' plain means times the decisions, is off by more than its error", () => {
    const gaps = runs.map(({ log, gain }) => {
      const { arms } = banditRun({ experiment: offers, log });
      const uniform = arms.reduce((sum, { mean }) => sum + (mean ?? 0) / arms.length, 0);
      const total = log.reduce((sum, { reward }) => sum + (reward ?? 0), 0);
      return total - log.length * uniform - gain;
    });
    const [n, mean] = [gaps.length, gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length];
    const sd = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / (n - 1));
    expect(Math.abs(mean)).toBeGreaterThan(4.5 * (sd / Math.sqrt(n)));
    const own = runs.map(
      ({ log, gain }) => (banditRun({ experiment: offers, log }).gain.value as number) - gain,
    );
    expect(Math.abs(own.reduce((sum, gap) => sum + gap, 0) / n)).toBeLessThan(4.5 * (sd / Math.sqrt(n)) + 3);
  });

  it("served counts pass, and fail once a logger loses half of one arm's decisions", () => {
    const lost = randomSource("lost");
    const checks = runs.slice(0, 40).map(({ log }) => {
      const kept = log.filter(({ decision }) => decision.action.variant !== "gift" || lost.next() < 0.5);
      return [log, kept].map((each) => banditRun({ experiment: offers, log: each }).served.status);
    });
    expect(checks.filter(([whole]) => whole === "passed").length).toBeGreaterThanOrEqual(39);
    expect(checks.filter(([, kept]) => kept === "failed").length).toBeGreaterThan(20);
  });

  it("where an arm was all but given up there is no gain to tell, and the reason says what helps", () => {
    const sharp = (arm: string) => (arm === "gift" ? 0.6 : 0.05);
    const { log } = madeRun({ truth: sharp, seed: "sharp", rounds: 1_500 });
    const { gain } = banditRun({ experiment: offers, log });
    expect(gain).toMatchObject({ status: "undefined", reason: expect.stringContaining("floor") });
  });
});

describe("one definition", () => {
  it("a test's decisions show as a bandit's do, and gain nothing over the split they are", () => {
    const experiment = { ...offers, policy: "fixed" };
    const { log, state } = madeRun({ experiment, truth, seed: "fixed", rounds: 600 });
    const run = banditRun({ experiment, log, state });
    expect(run.policies).toEqual(["fixed"]);
    expect(run.served.status).toBe("passed");
    if (run.gain.status !== "ok") throw new Error(run.gain.reason);
    expect(Math.abs(run.gain.value)).toBeLessThan(25);
    for (const { recorded } of run.periods)
      for (const share of recorded ?? []) expect(share).toBeCloseTo(1 / 3, 6);
  });
});

describe("in a report", () => {
  const { log, state } = madeRun({ truth, seed: "report", rounds: 600, options: floored });

  it("a learning policy's data stay adaptive: no p-value, and no false alarm about a planned split", async () => {
    const report = await adaptiveReport();
    for (const { planned } of [...report.macro, ...report.micro].map(({ difference }) => difference)) {
      expect(planned.status).toBe("adaptive");
      expect("pValue" in planned).toBe(false);
    }
    expect(report.checks.every(({ status }) => status === "adaptive")).toBe(true);
    for (const policy of ["epsilonGreedy", "uniform", "ucb", "sharpened"]) expect(policy).not.toBe("fixed");
  });

  it("a run stands beside the metrics, and its findings with theirs", async () => {
    const made = await adaptiveReport();
    const experiment = defineExperiment({ ...offersInput, policy: "thompson" });
    const source = {
      kind: "made",
      read: async () => ({
        format: "essai.cells/1" as const,
        experiment: "offers",
        dimensions: [],
        metrics: ["order"],
        excluded: {},
        cells: ["plain", "voucher", "gift"].map((variant) => ({
          variant,
          definitionVersion: 1,
          levels: [],
          units: 100,
          moments: [{ n: 100, names: ["value"], mean: [0.2], comoment: [16] }],
        })),
      }),
    };
    const run = banditRun({ experiment, log, state });
    const report = await analyze({ experiment, source, bandit: run });
    expect(report.bandit).toBe(run);
    for (const kind of ["served", "gain", "belief"])
      expect(report.findings.map((finding) => finding.kind)).toContain(kind);
    expect(made.bandit).toBeUndefined();
    expect("bandit" in made).toBe(false);
  });

  it("a broken record is the first thing to say", () => {
    const tampered = log.filter(({ decision }, i) => decision.action.variant !== "gift" || i % 4 === 0);
    const report = banditReport(offers, banditRun({ experiment: offers, log: tampered, state }));
    expect(report.recommendation).toMatchObject({ action: "do_not_read", rule: "propensities" });
    expect(report.findings[0]).toMatchObject({ kind: "served", tone: "warning" });
  });

  it("any policy's vector is as true: one that mostly repeats itself passes too", () => {
    const greedy = madeRun({
      experiment: { ...offers, policy: "epsilonGreedy" },
      truth,
      seed: "greedy",
      rounds: 600,
      options: { settings: epsilonGreedy({ epsilon: 0.2 }).settings },
    });
    const run = banditRun({ experiment: offers, log: greedy.log });
    const others = { ...offers, key: "others" };
    expect(() => banditReport(others, run)).toThrow(
      expect.objectContaining({ code: "mixed_experiments", path: ["run", "experiment"] }),
    );
    const report = banditReport(offers, run);
    expect(report.recommendation.rule).toBe("bandit");
    expect(report.bandit?.policies).toEqual(["epsilonGreedy"]);
  });
});

const offersInput = {
  key: "offers",
  unit: "userId",
  control: "plain",
  variants: { plain: null, voucher: null, gift: null },
  metrics: [{ key: "order", type: "conversion", role: "goal" }],
} as const;
