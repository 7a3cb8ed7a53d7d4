import { describe, expect, test } from "vitest";
import {
  addArm,
  type BanditOptions,
  type BanditState,
  bernoulli,
  type Constraint,
  caps,
  constraints,
  controlShare,
  createBandit,
  decide,
  decideKeeping,
  discount,
  floor,
  guardrailBreaches,
  mixture,
  net,
  normal,
  paceShare,
  pauseArm,
  pauseBreaching,
  policies,
  probabilities,
  removeArm,
  restoreBandit,
  resumeArm,
  slideWindow,
  thompson,
  update,
  windowBandit,
  withConstraints,
  withHistory,
  withinFrequency,
} from "../../src/bandits/index.js";
import { definitionOf } from "./definition.js";

const now = new Date("2026-11-21T12:00:00Z");
const rewards = (action: string, wins: number, losses: number) => [
  ...Array.from({ length: wins }, () => ({ variant: action, reward: 1 })),
  ...Array.from({ length: losses }, () => ({ variant: action, reward: 0 })),
];
const learned = (list: BanditOptions<never> = {}): BanditState =>
  update(createBandit(definitionOf(3), { thompson }, list), [
    ...rewards("a", 20, 180),
    ...rewards("b", 60, 140),
    ...rewards("c", 22, 178),
  ]);
const sum = (vector: readonly number[]) => vector.reduce((total, p) => total + p, 0);

describe("constraints", () => {
  test("a floor lifts what is below it and scales the rest", () => {
    const vector = probabilities(learned({ constraints: [floor({ share: 0.1 })] }));
    expect(vector[0]).toBeCloseTo(0.1, 12);
    expect(vector[2]).toBeCloseTo(0.1, 12);
    expect(vector[1]).toBeCloseTo(0.8, 9);
  });

  test("control keeps its share exactly, whatever is learned", () => {
    const vector = probabilities(learned({ constraints: [controlShare({ share: 0.2 })] }));
    expect(vector[0]).toBe(0.2);
    expect(sum(vector)).toBeCloseTo(1, 12);
    const without = probabilities(learned({ constraints: [controlShare({ share: 0.2 })] }), {
      eligible: ["b", "c"],
    });
    expect(sum(without)).toBeCloseTo(1, 12);
  });

  test("a cap hands the excess to the others", () => {
    const vector = probabilities(learned({ constraints: [caps({ shares: { b: 0.5 } })] }));
    expect(vector[1]).toBeCloseTo(0.5, 12);
    expect(sum(vector)).toBeCloseTo(1, 12);
    expect(probabilities(learned({ constraints: [caps({ shares: { a: 0 } })] }))[0]).toBe(0);
  });

  test("a mixture plays uniformly first, then a share that decays with the rewards, and records just that", () => {
    const start = createBandit(definitionOf(3), { thompson }, { constraints: [mixture()] });
    for (const p of probabilities(start)) expect(p).toBeCloseTo(1 / 3, 12);
    const state = learned({ constraints: [mixture()] });
    const [wished, vector] = [probabilities(learned()), probabilities(state)];
    const share = 601 ** -0.24;
    for (const [i, p] of vector.entries()) expect(p).toBeCloseTo(share / 3 + (1 - share) * wished[i]!, 12);
    const { propensity, variant } = decide(state, { unitId: "u", occasion: "1", now });
    expect(propensity).toBe(vector["abc".indexOf(variant)]);
    const kept = probabilities(
      learned({ constraints: [controlShare({ share: 0.2 }), mixture({ decay: 0 })] }),
    );
    expect(kept.map((p) => Number(p.toFixed(12)))).toEqual([0.2, 0.4, 0.4]);
    const closed = probabilities(
      learned({ constraints: [mixture({ decay: 0 }), caps({ shares: { b: 0 } })] }),
    );
    expect(closed).toEqual([0.5, 0, 0.5]);
  });

  test("constraints hold at once, in whatever order: a cap is not exceeded, control's share is exact", () => {
    const list = [caps({ shares: { b: 0.2 } }), controlShare({ share: 0.1 }), floor({ share: 0.01 })];
    const vector = probabilities(learned({ constraints: list }));
    expect(vector[0]).toBe(0.1);
    expect(vector[1]).toBe(0.2);
    expect(vector[2]).toBeCloseTo(0.7, 12);
    for (const order of [
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ]) {
      const other = learned({ constraints: order.map((i) => list[i]!) });
      expect(probabilities(other)).toEqual(vector);
      const request = { unitId: "u", occasion: "1", now };
      expect(decide(other, request)).toEqual(decide(learned({ constraints: list }), request));
    }
  });

  test("what is capped at 0 is as if it were not eligible, also for a floor", () => {
    const constraints = [floor({ share: 0.05 }), caps({ shares: { a: 0, b: 0.5 } })];
    expect(probabilities(learned({ constraints }))).toEqual([0, 0.5, 0.5]);
    const control = [controlShare({ share: 0.3 }), caps({ shares: { b: 0, c: 0 } })];
    expect(probabilities(learned({ constraints: control }))).toEqual([1, 0, 0]);
  });

  test.each<[string, Constraint[], readonly string[] | undefined, object]>([
    [
      "a floor above a cap",
      [floor({ share: 0.3 }), caps({ shares: { b: 0.2 } })],
      undefined,
      { received: "b", known: ["caps", "floor"], other: 0.3, expected: { atMost: 0.2 } },
    ],
    [
      "a control share above control's cap",
      [controlShare({ share: 0.3 }), caps({ shares: { a: 0.2 } }), floor({ share: 0.01 })],
      undefined,
      { received: "a", known: ["caps", "controlShare"] },
    ],
    [
      "floors that do not fit",
      [floor({ share: 0.4 }), caps({ shares: { a: 0.9 } })],
      undefined,
      { known: ["floor"], expected: { atMost: 1 } },
    ],
    [
      "caps of all that is eligible below 1",
      [caps({ shares: { a: 0.2, b: 0.3 } }), floor({ share: 0.1 })],
      ["a", "b"],
      { known: ["caps"], other: 1, expected: { atMost: 0.5 } },
    ],
    [
      "nothing allowed of anything eligible",
      [caps({ shares: { a: 0, b: 0 } })],
      ["a", "b"],
      { known: ["caps"], expected: { atMost: 0 } },
    ],
  ])("refused, by the names of what clashes: %s", (_name, constraints, eligible, told) => {
    const request = { unitId: "u", occasion: "1", now, ...(eligible ? { eligible } : {}) };
    expect(() => decide(learned({ constraints }), request)).toThrow(
      expect.objectContaining({ code: "constraints_clash", path: ["constraints"], ...told }),
    );
  });

  test("they are part of the state: written, restored, and in its hash", () => {
    const state = learned({ constraints: [floor({ share: 0.05 }), caps({ shares: { b: 0.6 } })] });
    const again = restoreBandit(JSON.stringify(state), { ...policies, ...constraints, bernoulli });
    expect(probabilities(again)).toEqual(probabilities(state));
    const hash = (bandit: BanditState) => decide(bandit, { unitId: "u", occasion: "", now }).stateHash;
    expect(hash(withConstraints(state, []))).not.toBe(hash(state));
  });

  test("a budget is paced to its end and then spent", () => {
    const until = new Date("2026-11-21T22:00:00Z");
    expect(paceShare({ total: 1000, spent: 500, until, perHour: 100 }, now)).toBeCloseTo(0.5, 12);
    expect(paceShare({ total: 1000, spent: 500, each: 5, until, perHour: 100 }, now)).toBeCloseTo(0.1, 12);
    expect(paceShare({ total: 10, spent: 10, until, perHour: 100 }, now)).toBe(0);
    expect(paceShare({ total: 10, spent: 0, until: now, perHour: 100 }, now)).toBe(0);
  });

  test("a unit is not sent what it has had often enough", () => {
    expect(withinFrequency(["sms", "push"], { sms: 2 }, { sms: 2, push: 5 })).toEqual(["push"]);
    expect(withinFrequency(["sms", "push"], {}, { sms: 2 })).toEqual(["sms", "push"]);
  });

  test("costs and values turn the choice", () => {
    // b converts at 30 %, a and c at 10 %; at a cost of 0.25 a decision b is worth less than they are.
    const objective = net({ costs: { b: 0.25 }, values: { c: 2 } });
    const vector = probabilities(learned({ objective }));
    expect(vector[2]).toBeGreaterThan(0.9);
    const again = restoreBandit(JSON.stringify(learned({ objective })), { thompson, bernoulli, net });
    expect(probabilities(again)).toEqual(vector);
  });

  test("a guardrail metric pauses the arm that harms it, with its evidence", () => {
    const complaints = update(createBandit(definitionOf(3), { thompson }), [
      ...rewards("a", 10, 990),
      ...rewards("b", 40, 960),
      ...rewards("c", 11, 989),
    ]);
    const breaches = guardrailBreaches(complaints, { margin: 0.005 });
    expect(breaches.map(({ arm }) => arm)).toEqual(["b"]);
    expect(breaches[0]!.probability).toBeGreaterThan(0.99);
    expect(breaches[0]!.mean).toBeCloseTo(41 / 1002, 12);
    const paused = pauseBreaching(learned(), breaches);
    expect(probabilities(paused)[1]).toBe(0);
    expect(guardrailBreaches(complaints, { margin: 0.05 })).toEqual([]);
  });
});

describe("change", () => {
  test("arms are paused, resumed, added and removed while live", () => {
    const state = learned();
    const paused = pauseArm(state, "b");
    expect(probabilities(paused)[1]).toBe(0);
    expect(probabilities(resumeArm(paused, "b"))).toEqual(probabilities(state));
    const wider = addArm(state, { key: "d" });
    expect(wider.sums).toEqual([...state.sums, [0, 0]]);
    expect(probabilities(wider)[3]).toBeGreaterThan(0.3);
    expect(update(wider, [{ variant: "d", reward: 1 }]).sums[3]).toEqual([1, 0]);
    const gone = removeArm(state, "b");
    expect(() => resumeArm(gone, "b")).toThrow(
      expect.objectContaining({ code: "removed_arm", path: ["key"] }),
    );
    expect(() => addArm(gone, { key: "b" })).toThrow(expect.objectContaining({ code: "taken_key" }));
    expect(() => pauseArm(state, "z")).toThrow(expect.objectContaining({ code: "unknown_action" }));
    expect(update(gone, [{ variant: "b", reward: 1 }]).sums[1]).toEqual([61, 140]);
  });

  test("units are kept where they were if asked, until that can no longer be", () => {
    const state = learned();
    const request = { unitId: "u1", occasion: "2", now };
    const kept = decideKeeping(state, request, "a");
    expect(kept).toMatchObject({ action: { variant: "a" }, propensity: 1, probabilities: [1, 0, 0] });
    expect(decideKeeping(pauseArm(state, "a"), request, "a")).toEqual(decide(pauseArm(state, "a"), request));
    expect(decideKeeping(state, request, null)).toEqual(decide(state, request));
    const spent = withConstraints(state, [caps({ shares: { a: 0 } })]);
    expect(decideKeeping(spent, request, "a")).toEqual(decide(spent, request));
    expect(() => decideKeeping(state, { ...request, unitId: "" }, "a")).toThrow(/unitId/);
  });

  test("a discount forgets by its factor and follows a best arm that changes", () => {
    expect(discount(learned(), 0.5).sums[1]).toEqual([30, 70]);
    let [steady, forgetful] = [learned(), learned()];
    for (let day = 0; day < 12; day++) {
      const turned = [...rewards("a", 6, 14), ...rewards("b", 2, 18)];
      steady = update(steady, turned);
      forgetful = update(discount(forgetful, 0.8), turned);
    }
    // c is forgotten altogether, and so worth trying again; of the two that are still played, a has become the better.
    const two = { eligible: ["a", "b"] };
    expect(probabilities(forgetful, two)[0]).toBeGreaterThan(0.99);
    expect(probabilities(steady, two)[0]).toBeLessThan(0.99);
    expect(probabilities(forgetful)[2]).toBeGreaterThan(0.05);
    const amounts = update(createBandit(definitionOf(2), { thompson }, { model: normal() }), [
      { variant: "a", reward: 10 },
      { variant: "a", reward: 14 },
    ]);
    expect(discount(amounts, 0.5).sums[0]).toEqual([1, 12, 4]);
  });

  test("a sliding window is the sum of its periods, and no other", () => {
    const empty = createBandit(definitionOf(2), { thompson });
    const day = (wins: number) => update(empty, rewards("a", wins, 1));
    let window = { periods: [] } as Parameters<typeof slideWindow>[0];
    for (let period = 1; period <= 5; period++) window = slideWindow(window, period, day(period), 3);
    window = slideWindow(window, 4, day(10), 3);
    expect(window.periods.map(({ period }) => period)).toEqual([3, 4, 5]);
    expect(windowBandit(window, empty).sums[0]).toEqual([3 + 4 + 10 + 5, 4]);
    expect(windowBandit({ periods: [] }, empty)).toEqual(empty);
    expect(slideWindow(window, 1, day(99), 3)).toEqual(window);
  });

  test("history counts as a capped number of rewards, so a wrong one is soon outweighed", () => {
    const empty = createBandit(definitionOf(2), { thompson });
    const past = update(empty, [...rewards("a", 900, 100), ...rewards("b", 100, 900)]);
    const started = withHistory(empty, past, { most: 50 });
    expect(started.sums).toEqual([
      [45, 5],
      [5, 45],
    ]);
    expect(started.rewards).toBe(0);
    expect(probabilities(started)[0]).toBeGreaterThan(0.99);
    // The truth is the opposite: after a few times `most` rewards the history no longer rules.
    const corrected = update(started, [...rewards("a", 20, 180), ...rewards("b", 160, 40)]);
    expect(probabilities(corrected)[1]).toBeGreaterThan(0.99);
    expect(withHistory(empty, update(empty, rewards("a", 3, 3)), { most: 50 }).sums[0]).toEqual([3, 3]);
    const other = createBandit(definitionOf(3), { thompson });
    expect(() => withHistory(empty, other)).toThrow(
      expect.objectContaining({ code: "bandits_differ", path: ["past"] }),
    );
  });

  test.each<[string, () => unknown, string, (string | number)[]]>([
    ["a floor above 1", () => floor({ share: 1.2 }), "out_of_range", ["share"]],
    ["a mixture that decays too fast", () => mixture({ decay: 0.25 }), "out_of_range", ["decay"]],
    ["a control share of NaN", () => controlShare({ share: Number.NaN }), "not_finite", ["share"]],
    ["a negative cap", () => caps({ shares: { b: -0.1 } }), "out_of_range", ["shares", "b"]],
    ["a value of 0", () => net({ values: { a: 0 } }), "out_of_range", ["values", "a"]],
    ["a cost that is not finite", () => net({ costs: { a: 1 / 0 } }), "not_finite", ["costs", "a"]],
    ["a factor above 1", () => discount(learned(), 2), "out_of_range", ["factor"]],
    [
      "a window of half a period",
      () => slideWindow({ periods: [] }, 1, learned(), 0.5),
      "out_of_range",
      ["length"],
    ],
    [
      "a negative budget",
      () => paceShare({ total: -1, spent: 0, until: now, perHour: 1 }, now),
      "out_of_range",
      ["total"],
    ],
    [
      "no decisions an hour",
      () => paceShare({ total: 1, spent: 0, until: now, perHour: 0 }, now),
      "out_of_range",
      ["perHour"],
    ],
    [
      "a history worth nothing",
      () => withHistory(learned(), learned(), { most: 0 }),
      "out_of_range",
      ["most"],
    ],
    [
      "a count in words",
      () => withinFrequency(["a"], { a: "once" as never }, { a: 1 }),
      "wrong_type",
      ["counts", "a"],
    ],
    [
      "a breach of no arm's",
      () => pauseBreaching(learned(), [{ arm: "z", probability: 1, mean: 1, controlMean: 0 }]),
      "unknown_action",
      ["breaches", 0, "arm"],
    ],
    ["a negative margin", () => guardrailBreaches(learned(), { margin: -1 }), "out_of_range", ["margin"]],
  ])("refused: %s", (_name, act, code, path) => {
    expect(act).toThrow(expect.objectContaining({ code, path }));
  });
});
