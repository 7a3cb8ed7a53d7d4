import { createBandit, linear, policies } from "essai/bandits";
import { randomSource } from "essai/random";
import { type LabelledRow, type LoggedRow, replayLabelled, replayLog, tableContexts } from "essai/simulation";
import { describe, expect, test } from "vitest";
import { definitionOf } from "../bandits/definition.js";

const bandit = (arms: number, policy = "thompson", options = {}) =>
  createBandit(definitionOf(arms, policy), policies, options);

/** Rows whose label is told by the sign of x, nine times in ten. */
function labelled(n: number): LabelledRow[] {
  const random = randomSource("labelled");
  return Array.from({ length: n }, () => {
    const x = 2 * random.next() - 1;
    const b = x > 0 === random.next() < 0.9;
    return { context: { x }, rewards: b ? [0, 1] : [1, 0] };
  });
}

/** A log in which good contexts (z = 1 earns .8, else .2) mostly got arm a; arms a and b earn the same. */
function confounded(n: number, told: boolean): LoggedRow[] {
  const random = randomSource("confounded");
  return Array.from({ length: n }, () => {
    const z = random.next() < 0.5 ? 1 : 0;
    const p = z ? 0.8 : 0.3;
    const arm = random.next() < p ? "a" : "b";
    const reward = random.next() < (z ? 0.8 : 0.2) ? 1 : 0;
    const propensity = arm === "a" ? p : 1 - p;
    return { context: { z }, arm, reward, ...(told ? { propensity } : {}) };
  });
}

describe("a fully labelled table", () => {
  const rows = labelled(1_500);

  test("every row counts; uniform and the best fixed arm are the table's own", () => {
    const replay = replayLabelled(bandit(2), rows, { seed: 1, orders: 3 });
    const ofB = rows.filter(({ rewards }) => rewards[1] === 1).length / rows.length;
    expect(replay).toMatchObject({
      ...{
        format: "essai.replay/1",
        kind: "labelled",
        orders: 3,
        batch: 50,
        rows: 1_500,
        rounds: 1_500,
        uniform: 0.5,
      },
    });
    expect(replay.bestFixed).toEqual(ofB > 0.5 ? { key: "b", reward: ofB } : { key: "a", reward: 1 - ofB });
    expect(replay.arms.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(replay.byOrder.map(({ rounds }) => rounds)).toEqual([1_500, 1_500, 1_500]);
  });

  test("a bandit that reads the context finds what tells the labels", () => {
    const model = linear({ features: [{ kind: "numeric", field: "x" }] });
    const replay = replayLabelled(bandit(2, "thompson", { model }), rows, { seed: 1 });
    expect(replay.reward).toBeGreaterThan(0.8);
    expect(replay.standardError).toBeLessThan(0.02);
    expect(replay.curve).toHaveLength(20);
    expect(replay.curve.at(-1)).toMatchObject({ rounds: 1_500, reward: expect.closeTo(replay.reward!, 12) });
    expect(replay.curve.at(-1)!.since).toBeGreaterThan(replay.curve[0]!.since);
    const quick = replayLabelled(bandit(2, "thompson", { model }), rows, { seed: 1, quick: true });
    expect(Math.abs(quick.reward! - replay.reward!)).toBeLessThan(0.03);
  });

  test("rewards of a batch are not seen before it is decided: one batch for all learns nothing", () => {
    const ten = Array.from({ length: 2_000 }, (): LabelledRow => ({ rewards: [0, 0, 0, 1] }));
    const blind = replayLabelled(bandit(4), ten, { seed: 1, batch: 2_000 });
    expect(Math.abs(blind.reward! - 0.25)).toBeLessThan(4.5 * Math.sqrt(0.1875 / 10_000));
    expect(replayLabelled(bandit(4), ten, { seed: 1, batch: 50 }).reward).toBeGreaterThan(0.9);
  });

  test("the same seed gives the same replay; `rows` takes the first of each order", () => {
    const run = (seed: number, options = {}) =>
      replayLabelled(bandit(2), rows, { seed, orders: 2, ...options });
    expect(run(4)).toEqual(run(4));
    expect(run(5).byOrder).not.toEqual(run(4).byOrder);
    expect(run(4, { rows: 200 })).toMatchObject({ rows: 1_500, rounds: 200 });
  });
});

describe("a log", () => {
  test("of arms played alike: the rows that count are the policy's own", () => {
    const random = randomSource("alike");
    const rows = Array.from({ length: 9_000 }, (): LoggedRow => {
      const arm = Math.floor(3 * random.next());
      return { arm: "abc"[arm]!, reward: random.next() < [0.2, 0.5, 0.3][arm]! ? 1 : 0 };
    });
    const always = replayLog(bandit(3, "uniform"), rows, { seed: 1 });
    expect(Math.abs(always.rounds - 3_000)).toBeLessThan(4.5 * Math.sqrt(2_000 / 5));
    expect(Math.abs(always.reward! - always.uniform)).toBeLessThan(4.5 * Math.sqrt(0.22 / 15_000));
    expect(always.acceptance).toEqual({ constant: 1 / 3 });
    expect(always.samplingError).toBeCloseTo(Math.sqrt((always.uniform * (1 - always.uniform)) / 3_000), 3);
    const learns = replayLog(bandit(3), rows, { seed: 1 });
    expect(learns.bestFixed.key).toBe("b");
    expect(learns.reward).toBeGreaterThan(0.45);
    expect(learns.arms[1]!.share).toBeGreaterThan(0.85);
  });

  test("with propensities it says the truth, which a replay that believes them alike misses", () => {
    const n = 20_000;
    const rows = confounded(n, true);
    const told = replayLog(bandit(2, "uniform"), rows, { seed: 1, orders: 10 });
    expect(told.acceptance!.constant).toBeCloseTo(0.2, 12);
    // A row counts with ½ · p · c / p, whatever its context: a fifth of the half that agrees.
    expect(Math.abs(told.rounds / n - 0.2)).toBeLessThan(0.01);
    expect(Math.abs(told.reward! - 0.5)).toBeLessThan(4.5 * Math.sqrt(0.25 / told.rounds));
    expect(Math.abs(told.arms[0]!.reward - 0.5)).toBeLessThan(0.03);
    // The wrong version: every row that agrees counts, and arm a seems to earn .64, arm b .33.
    const wrong = replayLog(
      bandit(2, "uniform"),
      rows.map((row) => ({ ...row, propensity: 0.5 })),
      { seed: 1, orders: 10 },
    );
    expect(wrong.arms[0]!.reward - wrong.arms[1]!.reward).toBeGreaterThan(0.2);
  });

  test("a log that did not play all arms alike is refused without propensities", () => {
    expect(() => replayLog(bandit(2), confounded(3_000, false), { seed: 1 })).toThrow(
      expect.objectContaining({
        code: "uneven_log",
        path: ["arm"],
        received: expect.stringMatching(/^a 5\d/),
      }),
    );
  });

  test("three accepted rows of ten thousand are no estimate, and not one of 0 ± 0", () => {
    const rows = Array.from(
      { length: 10_000 },
      (_, i): LoggedRow =>
        i % 4000 === 0
          ? { arm: "b", reward: 0, propensity: 3e-4 }
          : { arm: "a", reward: 0, propensity: 0.9997 },
    );
    const thin = replayLog(bandit(2), rows, { seed: 1, orders: 2 });
    expect(thin.rounds).toBeGreaterThan(0);
    expect(thin.rounds).toBeLessThan(50);
    expect(thin).toMatchObject({ reward: null, standardError: null, samplingError: null, curve: [] });
    expect(thin.refused).toMatch(/too few rows counted/);
    const enough = confounded(400, true);
    expect(replayLog(bandit(2), enough, { seed: 1, orders: 2 })).not.toHaveProperty("refused");
  });

  test("where no row counts there is no reward, and no NaN", () => {
    const rows: LoggedRow[] = [
      { arm: "a", reward: 1, propensity: 1e-12 },
      ...Array.from({ length: 60 }, (): LoggedRow => ({ arm: "b", reward: 1, propensity: 1 })),
    ];
    const none = replayLog(bandit(2), rows.slice(1).concat({ arm: "a", reward: 1, propensity: 1e-12 }), {
      seed: 3,
      orders: 2,
      rows: 10,
    });
    expect(none).toMatchObject({
      rounds: 0,
      reward: null,
      standardError: null,
      samplingError: null,
      curve: [],
    });
    expect(none.arms.map(({ share }) => share)).toEqual([0, 0]);
    expect(JSON.stringify(none)).not.toContain('"share":null');
  });
});

describe("refused, each with its place", () => {
  const good: LoggedRow[] = [
    { arm: "a", reward: 1 },
    { arm: "b", reward: 0 },
  ];
  test.each<[string, () => unknown, string[]]>([
    ["no rows", () => replayLog(bandit(2), [], { seed: 1 }), ["empty_data rows"]],
    ["no labelled rows", () => replayLabelled(bandit(2), [], { seed: 1 }), ["empty_data rows"]],
    [
      "options",
      () => replayLog(bandit(2), good, { seed: 1, orders: 0, batch: 0.5, rows: -1 }),
      ["out_of_range orders", "out_of_range batch", "out_of_range rows"],
    ],
    [
      "rows of a log: the first of each kind",
      () =>
        replayLog(
          bandit(2),
          [
            { arm: "a", reward: 7, propensity: 0.5 },
            { arm: "z", reward: Number.NaN, propensity: 0 },
            { arm: "z", reward: 0 },
          ],
          { seed: 1 },
        ),
      [
        "reward_unsupported rows.0.reward",
        "unknown_action rows.1.arm",
        "not_finite rows.1.reward",
        "out_of_range rows.1.propensity",
        "missing_value rows.2.propensity",
      ],
    ],
    [
      "misspelt keys of rows, and values of other types",
      () =>
        replayLog(
          bandit(2),
          [
            { arm: "a", reward: "1", context: new Date(0) },
            { arm: "b", reward: 1, propensty: 0.5 },
            null,
          ] as never,
          { seed: 1 },
        ),
      [
        "wrong_type rows.0.context",
        "wrong_type rows.0.reward",
        "unknown_key rows.1.propensty",
        "wrong_type rows.2",
      ],
    ],
    [
      "columns of a table",
      () =>
        tableContexts([
          { name: "x", values: [1, 2], lgo: true },
          { name: "", values: [1] },
        ] as never),
      ["unknown_key columns.0.lgo", "missing_value columns.1.name"],
    ],
    [
      "columns of unlike length",
      () =>
        tableContexts([
          { name: "x", values: [1, 2] },
          { name: "y", values: [1] },
        ]),
      ["wrong_length columns.1.values"],
    ],
    [
      "columns of one name",
      () => tableContexts(["x", "y", "x"].map((name) => ({ name, values: [1, 2] }))),
      ["duplicate_key columns.2.name"],
    ],
    [
      "a value that does not come from the table",
      () => tableContexts([{ name: "x", values: ["a", { b: 1 }] as never }]),
      ["wrong_type columns.0.values.1"],
    ],
    [
      "the logarithm of text",
      () => tableContexts([{ name: "x", values: ["", 3, "many"], log: true }]),
      ["not_a_number columns.0.values.2"],
    ],
    [
      "an arm that was never played",
      () => replayLog(bandit(2), [good[0]!], { seed: 1 }),
      ["insufficient_data rows.b"],
    ],
    [
      "labelled rows",
      () =>
        replayLabelled(bandit(2), [{ rewards: [1] }, { rewards: [1, Number.NaN] }, { rewards: [2, 0] }], {
          seed: 1,
        }),
      ["wrong_length rows.0.rewards", "not_finite rows.1.rewards.1", "reward_unsupported rows.2.rewards.0"],
    ],
  ])("%s", (_, act, expected) => {
    let found: string[] = [];
    try {
      act();
    } catch (error) {
      found = (error as { problems: { code: string; path: unknown[] }[] }).problems.map(
        ({ code, path }) => `${code} ${path.join(".")}`,
      );
    }
    expect(found).toEqual(expected);
  });

  test("how many more there are is said", () => {
    const rows = [...good, { arm: "z", reward: 0 }, { arm: "y", reward: 0 }];
    expect(() => replayLog(bandit(2), rows, { seed: 1 })).toThrow(/rows\.2\.arm: .*2 times/);
  });
});

describe("contexts of a table", () => {
  test("numbers are standardised by their own constants, categories get a place a level", () => {
    const { features, contexts, leftOut, missing } = tableContexts([
      { name: "age", values: ["20", "40", "", "60"] },
      { name: "spent", values: [0, Math.E - 1, 0, Math.E - 1], log: true },
      { name: "plan", values: ["paid", "free", null, "paid"] },
      { name: "loyal", values: [true, false, false, true] },
      { name: "country", values: ["CH", "CH", "CH", "CH"] },
      { name: "id", values: ["u1", "u2", "u3", "u4"] },
    ]);
    expect(features).toEqual([
      { kind: "numeric", field: "age", mean: 40, sd: Math.sqrt(800 / 3) },
      { kind: "numeric", field: "log1p(spent)", mean: 0.5, sd: 0.5 },
      { kind: "categorical", field: "plan", levels: ["", "free", "paid"] },
      { kind: "numeric", field: "loyal", mean: 0.5, sd: 0.5 },
      { kind: "categorical", field: "id", levels: ["u1", "u2", "u3", "u4"] },
    ]);
    expect(contexts[2]).toEqual({ age: 40, "log1p(spent)": 0, plan: "", loyal: 0, id: "u3" });
    expect(missing).toEqual({ age: 1 });
    expect(leftOut).toEqual([{ column: "country", reason: "one value only" }]);
    expect(() => linear({ features })).not.toThrow();
  });

  test("very many levels are hashed; a level in most rows is left out", () => {
    const some = Array.from({ length: 2_000 }, (_, i) => `city ${i % 400}`);
    const ids = some.map((_, i) => `user ${i}`);
    const { features, leftOut } = tableContexts([
      { name: "city", values: some },
      { name: "user", values: ids },
    ]);
    expect(features).toEqual([{ kind: "hashed", field: "city", size: 64 }]);
    expect(leftOut).toEqual([{ column: "user", reason: "a level of its own in most rows" }]);
    expect(() => tableContexts([{ name: "x", values: [1, -2], log: true }])).toThrow(
      expect.objectContaining({ code: "out_of_range", path: ["columns", 0, "values", 1], received: -2 }),
    );
  });
});
