import { describe, expect, it } from "vitest";
import { banditReport, banditRun } from "../../../src/analysis/index.js";
import {
  type Constraint,
  createBandit,
  decide,
  floor,
  mixture,
  thompson,
  update,
} from "../../../src/bandits/index.js";
import type { Estimate } from "../../../src/core/estimate.js";
import { defineExperiment } from "../../../src/index.js";
import { adaptiveInference } from "../../../src/ope/index.js";
import { randomSource } from "../../../src/random/index.js";
import { toCsv, toText } from "../../../src/report/index.js";
import type { BanditRound } from "../../../src/rounds/index.js";
import { madeRun, offers } from "./made-run.js";

type Ok = Extract<Estimate, { status: "ok" }>;

const experiment = defineExperiment({
  ...{ key: "offers", unit: "userId", control: "b", policy: "thompson" },
  variants: { a: null, b: null, c: null },
});
const rates = { a: 0.3, b: 0.1, c: 0.12 };

/** 2,000 decisions of a bandit that learns after every 100. */
function played(constraints: readonly Constraint[] = []): BanditRound[] {
  const random = randomSource("effects");
  let bandit = createBandit(experiment, { thompson }, { constraints });
  const log: BanditRound[] = [];
  for (let batch = 0; batch < 20; batch++) {
    const rounds = Array.from({ length: 100 }, (_, i): BanditRound => {
      const now = new Date(Date.UTC(2026, 2, 1 + batch, 0, i));
      const decision = decide(bandit, { unitId: `u${batch}-${i}`, occasion: "1", now });
      return { decision, reward: random.next() < rates[decision.variant] ? 1 : 0 };
    });
    log.push(...rounds);
    bandit = update(
      bandit,
      rounds.map(({ decision, reward }) => ({ ...decision, reward: reward ?? 0 })) as never,
    );
  }
  return log;
}
const log = played();

describe("what arms of a run earn more than control", () => {
  it("is what adaptiveInference says of the same log", () => {
    const run = banditRun({ experiment, log });
    const { contrasts, readableShare } = adaptiveInference({ log, control: "b", actions: ["a", "b", "c"] });
    const found = Object.fromEntries(run.effects.map((each) => [each.arm, each]));
    expect(Object.keys(found).sort()).toEqual(["a", "c"]);
    for (const { arm, fixed, anytime } of contrasts) {
      expect(found[arm]?.fixed).toEqual(fixed);
      expect(found[arm]?.anytime).toEqual(anytime);
    }
    expect(run.readableShare).toBe(readableShare);
  });

  it("tells what the mixture design promises, where it was kept", () => {
    expect(banditRun({ experiment, log }).effects.some(({ mixture: told }) => told)).toBe(false);
    const rows = played([mixture()]);
    const run = banditRun({ experiment, log: rows });
    const { contrasts } = adaptiveInference({ log: rows, control: "b", actions: ["a", "b", "c"] });
    for (const { arm, mixture: told } of contrasts) {
      expect(told.status).toBe("ok");
      expect(run.effects.find((each) => each.arm === arm)?.mixture).toEqual(told);
    }
    const report = banditReport(experiment, run);
    expect(toText(report, { width: 400 })).toMatch(/at any look .*, by the mixture with uniform play alone/);
    expect(toText(report, { lang: "fr", width: 400 })).toContain("par le seul mélange");
    expect(toCsv(report)).toContain("ipw-sequence");
  });

  it("warns where units were decided for more than once, and only there", () => {
    const report = (rows: readonly BanditRound[]) =>
      toText(banditReport(experiment, banditRun({ experiment, log: rows })), { width: 400 });
    const once = played([mixture()]);
    const again = once.map(({ decision, reward }, i) => ({
      decision: { ...decision, unitId: `u${i % 900}` },
      reward,
    }));
    expect(report(once)).not.toMatch(/more\s+than\s+once/);
    expect(report(again)).toMatch(/decided\s+for\s+more\s+than\s+once/);
  });

  it("is not said of a log whose actions were not served as recorded", () => {
    const lied = log.map(({ decision, reward }) => {
      const probabilities = [0.2, 0.4, 0.4];
      const propensity = probabilities[decision.actions!.indexOf(decision.variant!)]!;
      return { decision: { ...decision, probabilities, propensity }, reward };
    });
    for (const { fixed, anytime } of banditRun({ experiment, log: lied }).effects)
      expect([fixed.status, anytime.status]).toEqual(["adaptive", "adaptive"]);
  });

  it("compares the most played arms where there are very many", () => {
    const variants = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`v${i}`, null]));
    const many = defineExperiment({
      ...{ key: "many", unit: "id", control: "v0", policy: "thompson" },
      variants,
    });
    const bandit = createBandit(many, { thompson });
    const rounds = Array.from({ length: 300 }, (_, i): BanditRound => {
      const now = new Date(Date.UTC(2026, 2, 1, 0, i));
      return { decision: decide(bandit, { unitId: `u${i}`, occasion: "1", now }) as never, reward: i % 2 };
    });
    expect(banditRun({ experiment: many, log: rounds }).effects).toHaveLength(23);
  });
});

describe("what arms earn more than control in each level of a segment", () => {
  const truth = (arm: string, _: number, segment: string) =>
    arm === "plain" ? 0.1 : arm === "gift" && segment === "young" ? 0.4 : 0.12;
  const { log: rounds } = madeRun({
    ...{ seed: "levels", rounds: 4_000, batch: 200, truth, segments: ["young", "old"] },
    options: { constraints: [floor({ share: 0.15 })] },
  });
  const run = banditRun({ experiment: offers, log: rounds });
  const [{ levels } = { levels: [] }] = run.segments;
  const of = (level: string) => levels.find((each) => each.level === level)!;

  it("is what adaptiveInference says of that level's decisions alone", () => {
    for (const level of ["young", "old"]) {
      const own = rounds.filter(
        ({ decision }) => (decision.context as { readonly segment: string }).segment === level,
      );
      const actions = ["plain", "voucher", "gift"];
      const alone = adaptiveInference({ log: own, control: "plain", actions });
      for (const { arm, fixed, anytime } of of(level).effects) {
        const expected = alone.contrasts.find((each) => each.arm === arm);
        expect(anytime).toEqual(expected?.anytime);
        expect(fixed).toMatchObject(expected?.fixed as object);
      }
      expect(of(level).readableShare).toBe(alone.readableShare);
    }
  });

  it("holds the truth in intervals that are corrected for all levels together", () => {
    for (const { level, effects } of levels)
      for (const { arm, fixed } of effects) {
        const { simultaneous, interval, pAdjusted, pValue } = fixed as Ok;
        const difference = truth(arm, 0, level) - truth("plain", 0, level);
        expect(simultaneous![0]).toBeLessThan(difference);
        expect(simultaneous![1]).toBeGreaterThan(difference);
        expect(simultaneous![0]).toBeLessThan(interval[0]);
        expect(pAdjusted).toBeGreaterThanOrEqual(pValue);
      }
    expect((of("young").effects.find(({ arm }) => arm === "gift")!.fixed as Ok).pAdjusted).toBeLessThan(0.01);
    expect((of("old").effects.find(({ arm }) => arm === "gift")!.fixed as Ok).pAdjusted).toBeGreaterThan(
      0.05,
    );
  });

  it("is adaptive in a level with too few plays, with the share of uniform play that would have told it", () => {
    const few = rounds.map((round, i) =>
      i < 20 ? { ...round, decision: { ...round.decision, context: { segment: "rare" } } } : round,
    );
    const [{ levels: found } = { levels: [] }] = banditRun({ experiment: offers, log: few }).segments;
    const rare = found.find(({ level }) => level === "rare")!;
    expect(rare.effects.some(({ fixed }) => fixed.status === "adaptive")).toBe(true);
    expect(rare.readableShare).toBe(1);
    const text = toText(banditReport(offers, banditRun({ experiment: offers, log: few })), { width: 200 });
    expect(text).toContain("of uniform play would have given");
    expect(text).toContain("corrected for all levels together");
  });
});
