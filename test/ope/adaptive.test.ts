import { describe, expect, it } from "vitest";
import { mixture } from "../../src/bandits/index.js";
import { normalCdf, normalPdf } from "../../src/distributions/index.js";
import { AdaptiveTally } from "../../src/ope/adaptive/adaptive-tally.js";
import { type AdaptiveEstimatorName, adaptiveEstimators } from "../../src/ope/adaptive/estimators/index.js";
import { adaptiveInference, type LoggedChoice } from "../../src/ope/index.js";
import { randomSource } from "../../src/random/index.js";
import { adaptiveWorlds, calibrateAdaptive, playAdaptive } from "../calibration/adaptive.mjs";
import { errorsOf } from "../errors/errors-of.js";

const essai = { AdaptiveTally, mixture, randomSource, normalCdf, normalPdf };
const actions = ["arm-0", "arm-1"];
const world = adaptiveWorlds[0]!;

/** The rounds of a run as somebody's table. */
function logOf(seed: string): LoggedChoice[] {
  const log: LoggedChoice[] = [];
  playAdaptive(world, seed, essai, ({ arm, reward, propensity, vector }) => {
    const probabilities = { "arm-0": vector![0]!, "arm-1": vector![1]! };
    log.push({ action: actions[arm!]!, reward, propensity, probabilities });
  });
  return log;
}
const log = logOf("one");
const ask = (rows: readonly unknown[] = log, more = {}) =>
  adaptiveInference({ log: rows as readonly LoggedChoice[], control: "arm-0", actions, ...more });

describe("two equal arms under a bandit that learned", () => {
  const runs = 240;
  const { everMissed, methods } = calibrateAdaptive(world, { seed: "test", runs }, essai);
  const error = Math.sqrt((0.95 * 0.05) / runs);

  it.each([
    ["fixed", 0.96],
    ["batched-ols", 0.96],
    ["weighted-aipw", 0.96],
    ["aipw", 0.985],
  ] as const)("%s covers no difference in 95 %% of runs", (name, most) => {
    const { coverage, known } = methods[name]!;
    expect(known).toBe(1);
    expect(coverage).toBeGreaterThan(0.94 - 3 * error);
    expect(coverage).toBeLessThan(most + 3 * error);
  });

  it("the anytime-valid interval holds at all hundred looks together, and is wider", () => {
    expect(everMissed.anytime).toBeLessThan(0.05 + 3 * error);
    expect(methods.anytime!.halfWidth).toBeGreaterThan(methods.aipw!.halfWidth);
  });

  it("the plain comparison does not: the test would notice it", () => {
    expect(methods.naive!.coverage).toBeLessThan(0.95 - 3 * error);
  });

  it("fixed is as narrow as the best", () => {
    const best = Math.min(
      ...["batched-ols", "weighted-aipw", "aipw"].map((name) => methods[name]!.halfWidth),
    );
    expect(methods.fixed!.halfWidth / best).toBeLessThan(1.1);
  });
});

describe("two equal arms under the mixture design", () => {
  const mixed = adaptiveWorlds.find(({ key }) => key === "mixture, null")!;
  const runs = 120;
  const { everMissed, methods } = calibrateAdaptive(mixed, { seed: "test", runs }, essai);

  it("the design's interval holds at all hundred looks together, nearly as narrow as the one of doubly robust scores", () => {
    expect(methods.mixture!.known).toBe(1);
    expect(everMissed.mixture).toBeLessThan(0.05 + 3 * Math.sqrt((0.95 * 0.05) / runs));
    expect(methods.mixture!.halfWidth / methods.anytime!.halfWidth).toBeLessThan(1.2);
  });

  it("is the mean of weighted rewards, within the published boundary for their squares", () => {
    const rows: LoggedChoice[] = [];
    playAdaptive(mixed, "one", essai, ({ arm, reward, propensity, vector }) => {
      const probabilities = { "arm-0": vector![0]!, "arm-1": vector![1]! };
      rows.push({ action: actions[arm!]!, reward, propensity, probabilities });
    });
    const scores = rows.map(
      ({ action, reward, propensity }) => ((action === "arm-1" ? 1 : -1) * (reward ?? 0)) / propensity,
    );
    const [{ mixture: found }] = ask(rows).contrasts as never as [{ mixture: { interval: number[] } }];
    const mean = scores.reduce((sum, score) => sum + score, 0) / rows.length;
    expect(found).toMatchObject({ status: "ok", method: "ipw-sequence", value: expect.closeTo(mean, 12) });
    const squares = scores.reduce((sum, score) => sum + score * score, 0);
    // Whatever η was tuned to, the boundary is nowhere below the best η for these squares.
    const best = Math.min(
      ...Array.from({ length: 400 }, (_, i) => {
        const eta = 10 ** (-6 + i / 66);
        const spread = squares * eta * eta + 1;
        return Math.sqrt(((2 * spread) / (eta * eta)) * Math.log(Math.sqrt(spread) / 0.05)) / rows.length;
      }),
    );
    const width = (found.interval[1]! - found.interval[0]!) / 2;
    expect(width).toBeGreaterThan(0.999 * best);
    expect(width).toBeLessThan(1.3 * best);
  });

  it("promises nothing where an arm was left less than its share of uniform play", () => {
    const probabilities = { "arm-0": 0.98, "arm-1": 0.02 };
    const rows = Array.from({ length: 1000 }, (_, i) => {
      const action = i % 50 === 0 ? "arm-1" : "arm-0";
      return { action, reward: i % 3, propensity: probabilities[action], probabilities };
    });
    const [contrast] = ask(rows).contrasts;
    expect(contrast?.anytime.status).toBe("ok");
    expect(contrast?.mixture).toMatchObject({
      status: "adaptive",
      reason: expect.stringContaining("smaller chance than a mixture"),
    });
  });
});

// The family's conformance.
describe.each(Object.keys(adaptiveEstimators) as AdaptiveEstimatorName[])("%s", (name) => {
  const random = randomSource(name);
  const vectors = [
    [0.5, 0.5],
    [0.2, 0.8],
    [0.9, 0.1],
  ];
  const rounds = Array.from({ length: 900 }, (_, i) => {
    const batch = Math.floor(i / 300);
    const vector = vectors[batch]!;
    const arm = random.next() < vector[0]! ? 0 : 1;
    return { arm, reward: random.next() + arm, vector, propensity: vector[arm]!, batch };
  });
  const read = (change: (reward: number) => number, arm = 1, against: number | undefined = 0) => {
    const running = adaptiveEstimators[name](arm, against);
    for (const round of rounds)
      running.add({ ...round, reward: change(round.reward), expected: [change(0.5), change(1.5)] });
    const reading = running.reading();
    if ("reason" in reading) throw new Error(reading.reason);
    return reading;
  };
  const own = read((x) => x);

  it("finds the difference, and swapping the arms negates it", () => {
    expect(Math.abs(own.value - 1)).toBeLessThan(4 * own.standardError);
    const swapped = read((x) => x, 0, 1);
    expect(swapped.value).toBeCloseTo(-own.value, 12);
    expect(swapped.standardError).toBeCloseTo(own.standardError, 12);
  });

  it("changes with the unit of the rewards, and not with a common offset", () => {
    const scaled = read((x) => 1000 + 3 * x);
    expect(scaled.value).toBeCloseTo(3 * own.value, 9);
    expect(scaled.standardError).toBeCloseTo(3 * own.standardError, 9);
  });

  it("says why it has nothing to say of an arm that was hardly played", () => {
    const running = adaptiveEstimators[name](1, 0);
    for (const round of rounds.filter(({ arm }, i) => arm === 0 || i < 5))
      running.add({ ...round, expected: [0.5, 1.5] });
    expect(running.reading()).toEqual({ reason: expect.stringContaining("fewer than ten times") });
  });
});

describe("adaptiveInference", () => {
  it("reads a log as the tally does, every arm and contrast", () => {
    const found = ask();
    expect(found.rounds).toBe(10_000);
    expect(found.arms.map(({ arm }) => arm)).toEqual(actions);
    expect(found.contrasts.map(({ arm, control }) => [arm, control])).toEqual([["arm-1", "arm-0"]]);
    const tally = new AdaptiveTally(actions, 0);
    playAdaptive(world, "one", essai, (round) => tally.add(round));
    expect(found.contrasts).toEqual(tally.contrasts({ level: 0.95, tunedAt: 10_000 }));
    for (const { fixed, anytime } of [...found.arms, ...found.contrasts])
      expect([fixed.status, anytime.status]).toEqual(["ok", "ok"]);
    expect(found.readableShare).toBe(0.02);
  });

  it("says how many units had the rounds", () => {
    expect(ask().units).toBe(10_000);
    expect(ask(log.map((row, i) => (i < 6000 ? { ...row, unit: `u${i % 500}` } : row))).units).toBe(4500);
  });

  it("weighs scores where probabilities change with every round, and reads only AIPW without vectors", () => {
    const restless = log.map((row, i) => {
      const shift = (i % 2 ? 1 : -1) * 1e-10;
      const probabilities = {
        "arm-0": row.probabilities!["arm-0"]! + shift,
        "arm-1": row.probabilities!["arm-1"]! - shift,
      };
      return { ...row, probabilities };
    });
    const [contrast] = ask(restless).contrasts;
    expect(contrast?.fixed.method).toBe("weighted-aipw");
    expect(contrast?.others["batched-ols"]).toMatchObject({
      status: "adaptive",
      reason: expect.stringContaining("changed too often"),
    });
    const [bare] = ask(log.map(({ probabilities: _, ...row }) => row)).contrasts;
    expect(bare?.fixed).toMatchObject({
      status: "adaptive",
      reason: expect.stringContaining("no probability vector"),
    });
    expect(bare?.anytime.status).toBe("ok");
  });

  it("gives no interval for an arm that was all but given up", () => {
    const random = randomSource("given up");
    const given = Array.from({ length: 5000 }, (_, i): LoggedChoice => {
      const chance = i < 100 ? 0.5 : 1e-6 * (1 + (i % 7));
      const arm = random.next() < chance ? 1 : 0;
      const probabilities = { "arm-0": 1 - chance, "arm-1": chance };
      const reward = random.next() < 0.3 ? 1 : 0;
      return { action: actions[arm]!, reward, propensity: arm ? chance : 1 - chance, probabilities };
    });
    const [contrast] = ask(given).contrasts;
    expect(contrast?.anytime).toMatchObject({
      status: "adaptive",
      reason: expect.stringContaining("given up"),
    });
  });

  it("believes no log whose shares contradict its probabilities", () => {
    const lied = log.map((row) => ({
      ...row,
      propensity: 0.5,
      probabilities: { "arm-0": 0.5, "arm-1": 0.5 },
    }));
    const [contrast] = ask(lied).contrasts;
    for (const each of [contrast!.fixed, contrast!.anytime])
      expect(each).toMatchObject({
        status: "adaptive",
        reason: expect.stringContaining("not served as often"),
      });
  });

  it("names each mistake at its place", () => {
    const wrong = (rows: readonly unknown[], more = {}) =>
      errorsOf(() => ask(rows, more)).map(({ code, path }) => [code, path.join(".")]);
    const decision = (i: number, at: string) => ({
      ...{ id: `d${i}`, experiment: "x", definitionVersion: 1, unitId: "u", occasion: `${i}`, at },
      ...{ action: { variant: "arm-0" }, propensity: 0.5, actions, probabilities: [0.5, 0.5] },
      ...{ context: null, policy: "thompson", stateHash: "s" },
    });
    const at = (...times: string[]) =>
      times.map((time, i) => ({ decision: decision(i, time), reward: i % 2 }));
    expect(wrong(at("2026-03-02T00:00:00Z", "2026-03-01T00:00:00Z"))).toEqual([
      ["clock_backwards", "log.1.decision.at"],
    ]);
    // A reward that is told later is not a clock that runs backwards.
    const [first, second] = at("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z");
    expect(ask([{ ...first, reward: null }, second, first]).leftOut).toEqual({
      pending: 0,
      kept: 0,
      repeated: 1,
    });
    expect(wrong(at("yesterday"))).toEqual([["invalid_instant", "log.0.decision.at"]]);
    expect(wrong([{ action: "arm-9", reward: 1, propensity: 0.5 }])).toEqual([
      ["unknown_action", "log.0.action"],
    ]);
    expect(wrong(log, { control: "arm-9" })).toEqual([["unknown_action", "control"]]);
    expect(wrong([])).toEqual([["empty_data", "log"]]);
  });
});
