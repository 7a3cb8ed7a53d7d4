import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { defineExperiment } from "essai";
import { type BanditRound, createBandit, decide, uniform } from "essai/bandits";
import { writeRounds } from "essai/engines";
import { describe, expect, it } from "vitest";
import { duckdb } from "../../src/engines/duckdb/index.js";
import { randomSource } from "../../src/random/index.js";
import type { Replay } from "../../src/simulation/index.js";
import { essai, temporaryFolder } from "./terminal.js";

const files = temporaryFolder();
const random = randomSource("cli replay");
const draw = <T>(...items: readonly T[]): T => items[Math.floor(random.next() * items.length)]!;

/** A randomised log: letter b is visited most by the old, c by the young; and what each would have brought. */
const rows = Array.from({ length: 3_000 }, (_, i) => {
  const [group, letter] = [draw("old", "young"), draw("a", "b", "c")];
  const rate = (arm: string) => (arm === "a" ? 0.2 : (arm === "b") === (group === "old") ? 0.7 : 0.1);
  const best = random.next() < 0.9 ? (group === "old" ? "b" : "c") : "a";
  const visit = random.next() < rate(letter) ? 1 : 0;
  return {
    id: `u${i}`,
    group,
    age: group === "old" ? 70 : 20,
    letter,
    visit,
    best,
    p: 1 / 3,
    a: 0.1,
    b: 0.2,
    c: 0.9,
  };
});
const names = Object.keys(rows[0]!) as (keyof (typeof rows)[0])[];
const csv = `${names.join(",")}\n${rows.map((row) => names.map((name) => row[name]).join(",")).join("\n")}\n`;
const file = () => files.write("log.csv", csv);
const replayOf = async (...args: string[]) => {
  const { code, out, err } = await essai(["replay", ...args, "--json"]);
  expect([code, err]).toEqual([0, ""]);
  return JSON.parse(out) as Replay & {
    seed: string;
    model: { name: string; settings: { features?: unknown } };
    policy: { name: string };
    leftOut: unknown;
    log?: unknown;
  };
};

describe("essai replay", () => {
  it("of a log without features compares with uniform and the best fixed arm", async () => {
    const { code, out, err } = await essai(["replay", file(), "--arm", "letter", "--reward", "visit"]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/3,000 rows, 3 arms; a log/);
    expect(out).toMatch(/thompson, bernoulli; batches of 50, 5 orders, seed 1/);
    expect(out).toMatch(/thompson +0\.\d{4} ± 0\.\d{4} over the orders/);
    expect(out).toMatch(/all arms alike +0\.\d{4}/);
    expect(out).toMatch(/best fixed arm +0\.4\d{3} {2}[bc]/);
    expect(out).toMatch(/LEARNING/);
  });

  it("reads features, and says how they were made", async () => {
    const log = [file(), "--arm", "letter", "--reward", "visit", "--orders", "2"];
    const plain = await replayOf(...log);
    const reads = await replayOf(...log, "--features", "all", "--ignore", "best,p,a,b,c", "--log", "age");
    expect(plain.model.name).toBe("bernoulli");
    expect(reads.reward).toBeGreaterThan(plain.reward! + 0.1);
    expect(reads.model.settings.features).toEqual([
      { kind: "categorical", field: "group", levels: ["old", "young"] },
      { kind: "numeric", field: "log1p(age)", mean: expect.any(Number), sd: expect.any(Number) },
    ]);
    expect(reads.leftOut).toEqual([{ column: "id", reason: "a level of its own in most rows" }]);
    const segmented = await replayOf(...log, "--segment", "group");
    expect(segmented.model.name).toBe("hierarchical");
    expect(segmented.reward).toBeGreaterThan(plain.reward! + 0.1);
  });

  it("of labels: arms are the labels, every row counts", async () => {
    const replay = await replayOf(
      ...[file(), "--label", "best", "--features", "group", "--orders", "2", "--rows", "1000", "--quick"],
      ...["--policy", "sharpened", "--policy-settings", '{"horizon": 1000}', "--seed", "x"],
    );
    expect(replay).toMatchObject({
      kind: "labelled",
      rounds: 1_000,
      seed: "x",
      policy: { name: "sharpened" },
    });
    expect(replay.arms.map(({ key }) => key)).toEqual(["a", "b", "c"]);
    expect(replay.reward).toBeGreaterThan(0.7);
  });

  it("of a column of rewards for each arm", async () => {
    const replay = await replayOf(file(), "--rewards", "a,b,c", "--orders", "1", "--batch", "20");
    expect(replay.bestFixed).toEqual({ key: "c", reward: expect.closeTo(0.9, 9) });
    expect(replay.reward).toBeGreaterThan(0.8);
    expect(replay.standardError).toBe(null);
  });

  it("gives the same with either reader, from gzip and from Parquet", async () => {
    const args = ["--arm", "letter", "--reward", "visit", "--propensity", "p", "--features", "group,age"];
    const one = await replayOf(file(), ...args);
    expect(await replayOf(file(), ...args, "--engine", "csv")).toEqual(one);
    const zipped = files.path("log.csv.gz");
    writeFileSync(zipped, gzipSync(csv));
    expect(await replayOf(zipped, ...args)).toEqual(one);
    const parquet = files.path("log.parquet");
    const engine = await duckdb();
    await engine.query(`COPY (SELECT * FROM '${file()}') TO '${parquet}' (FORMAT parquet)`);
    await engine.close();
    expect(await replayOf(parquet, ...args)).toEqual(one);
  });

  it("takes arms that are numbers, and shares as propensities of an uneven but randomised log", async () => {
    const uneven = files.write(
      "uneven.csv",
      `item,click\n${rows.map((row, i) => `${i % 4 ? 7 : 12},${row.visit}`).join("\n")}`,
    );
    const args = [uneven, "--arm", "item", "--reward", "click"];
    const { code, err } = await essai(["replay", ...args]);
    expect(code).toBe(1);
    expect(err).toMatch(/--arm\.item: .*\(received "item=12 25%, item=7 75%"\); give each row's propensity/);
    const replay = await replayOf(...args, "--propensity", "shares");
    expect(replay.acceptance).toEqual({ constant: 0.25 });
    expect(replay.arms.map(({ key }) => key)).toEqual(["item=12", "item=7"]);
    const shown = await essai(["replay", ...args, "--propensity", "shares"]);
    expect(shown.out).toMatch(/accepted +with probability 0\.250 \/ propensity/);
  });

  it("has no estimate where the log hardly ever played what the policy plays, and names the way out", async () => {
    const lines = Array.from({ length: 2_000 }, (_, i) => (i % 800 === 0 ? "b,0,0.0003" : "a,0,0.9997"));
    const thin = files.write("thin.csv", `item,click,p\n${lines.join("\n")}`);
    const { code, out } = await essai([
      "replay",
      thin,
      "--arm",
      "item",
      "--reward",
      "click",
      "--propensity",
      "p",
    ]);
    expect(code).toBe(0);
    expect(out).toMatch(/no estimate: .*too few rows counted.*of 10,000 rows counted in 5 orders/);
    expect(out).toContain("essai evaluate weighs the rows instead");
    expect(out).not.toMatch(/0\.0000 ±/);
  });

  it("stops at Ctrl-C", async () => {
    const interrupt = new AbortController();
    interrupt.abort();
    const args = ["replay", file(), "--label", "best"];
    const { code, out, err } = await essai(args, { signal: interrupt.signal });
    expect([code, out, err]).toEqual([1, "", "essai: interrupted\n"]);
  });

  const log = ["--arm", "letter", "--reward", "visit"];
  it.each<[string, string[], RegExp]>([
    ["no file", [], /FILE: is needed and is missing; see essai replay --help/],
    ["a file that is not there", ["gone.csv", "--label", "x"], /FILE\.file: there is no such file/],
    ["two files", ["LOG", "b.csv", "--label", "x"], /FILE: is one too many \(received "b\.csv"\)/],
    ["no way of earning", ["LOG"], /give one of: --label COLUMN \| --rewards/],
    ["two ways of earning", ["LOG", "--label", "best", ...log], /give one of: --label COLUMN \| --rewards/],
    [
      "an action without its reward",
      ["LOG", "--arm", "letter"],
      /--reward: is needed and is missing; write --reward COLUMN/,
    ],
    [
      "a propensity without action",
      ["LOG", "--label", "best", "--propensity", "p"],
      /--propensity: .*together with --arm/,
    ],
    ["a misspelt column", ["LOG", "--arm", "leter", "--reward", "visit"], /--arm: .*did you mean "letter"/],
    ["a misspelt feature", ["LOG", ...log, "--features", "grup"], /--features: .*did you mean "group"/],
    ["no feature", ["LOG", ...log, "--features", ","], /--features: .*write --features A,B/],
    [
      "a logarithm of no feature",
      ["LOG", ...log, "--log", "age"],
      /--log: is not one of the names that can stand here .*there are: /,
    ],
    [
      "a logarithm of text",
      ["LOG", ...log, "--features", "group", "--log", "group"],
      /--log\.group\.line 2: .*is not a number, in row 1/,
    ],
    ["a feature twice", ["LOG", ...log, "--features", "age,age"], /--features\.age: is used more than once/],
    [
      "the reward as a feature",
      ["LOG", ...log, "--features", "visit"],
      /--reward: says what came back, so it cannot be a feature too/,
    ],
    [
      "a reward that is text",
      ["LOG", "--arm", "letter", "--reward", "group"],
      /--reward\.group\.line 2: .*is not a number.*3000 times/,
    ],
    ["one column of rewards", ["LOG", "--rewards", "a"], /--rewards: .*write --rewards A,B/],
    [
      "a propensity above 1",
      ["LOG", ...log, "--propensity", "age"],
      /--propensity\.age\.line 2: .*3000 times/,
    ],
    [
      "something that is not a policy",
      ["LOG", ...log, "--policy", "tompson"],
      /--policy: .*did you mean "thompson"/,
    ],
    [
      "something that is not a model",
      ["LOG", ...log, "--model", "liner"],
      /--model: .*did you mean "linear"/,
    ],
    [
      "a model that reads no features",
      ["LOG", ...log, "--model", "bernoulli", "--features", "age"],
      /this model does not read/,
    ],
    [
      "settings that are no JSON",
      ["LOG", ...log, "--policy-settings", "{x"],
      /--policy-settings: is not JSON from line 1, column /,
    ],
    [
      "settings out of range",
      ["LOG", ...log, "--features", "age", "--model-settings", '{"ridge": 0}'],
      /--model-settings\.ridge: must be/,
    ],
    [
      "settings of the policy",
      ["LOG", ...log, "--policy", "sharpened", "--policy-settings", '{"horizon": -1}'],
      /--policy-settings\.horizon: must be/,
    ],
    [
      "rewards that the model does not learn",
      ["LOG", "--arm", "letter", "--reward", "age", "--model", "bernoulli"],
      /--reward\.age\.line 2: is not a reward the model can learn .*3000 times/,
    ],
    ["no orders", ["LOG", ...log, "--orders", "0"], /--orders: must be/],
    [
      "something that is not an engine",
      ["LOG", ...log, "--engine", "spark"],
      /--engine: .*there are: duckdb, csv/,
    ],
    ["one arm only", ["LOG", "--label", "p"], /--label\.p: .*one variant only/],
  ])("refuses %s", async (_, args, message) => {
    const { code, out, err } = await essai([
      "replay",
      ...args.map((each) => (each === "LOG" ? file() : each)),
    ]);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(message);
  });

  it("refuses a row without action, saying where", async () => {
    const gaps = files.write("gaps.csv", "x,y\na,1\n,0\nb,1\n");
    const { err } = await essai(["replay", gaps, "--arm", "x", "--reward", "y"]);
    expect(err).toMatch(/--arm\.x\.line 3: is required and is missing/);
    const empty = files.write("empty.csv", "x,y\n");
    for (const how of [
      ["--label", "x"],
      ["--rewards", "x,y"],
      ["--arm", "x", "--reward", "y", "--engine", "csv"],
    ])
      expect((await essai(["replay", empty, ...how])).err).toMatch(/FILE: the data hold no unit to analyze/);
  });
});

describe("essai replay of a log of decisions", () => {
  const offers = defineExperiment({
    key: "offers",
    unit: "userId",
    variants: { a: null, b: null, c: null },
    control: "a",
    policy: "uniform",
  });
  const bandit = createBandit(offers, { uniform });
  const rounds = rows.map(({ id, group, age }, i): BanditRound => {
    const request = { unitId: id, occasion: "1", now: i * 60_000, context: { group, age } };
    const decision = decide(bandit, request);
    const rate =
      decision.variant === "a" ? 0.2 : (decision.variant === "b") === (group === "old") ? 0.7 : 0.1;
    return { decision, reward: random.next() < rate ? 1 : 0 };
  });
  const logged = (name: string, log: readonly BanditRound[] = rounds) => {
    const path = files.path(name);
    return writeRounds(path, log).then(() => path);
  };

  it("reads lines and Parquet alike, and finds what the same columns of a table tell", async () => {
    const [lines, parquet] = [await logged("rounds.jsonl.gz"), await logged("rounds.parquet")];
    const flat = rounds.map(({ decision: { variant, propensity, context }, reward }) => {
      const { group, age } = context as { group: string; age: number };
      return [variant, propensity, group, age, reward].join();
    });
    const table = files.write("flat.csv", ["letter,p,group,age,visit", ...flat].join("\n"));
    const options = ["--features", "all", "--orders", "2"];
    const { log: _, ...replay } = await replayOf(lines, ...options);
    expect(await replayOf(parquet, ...options)).toMatchObject(replay);
    const columns = ["--arm", "letter", "--reward", "visit", "--propensity", "p"];
    expect(await replayOf(table, ...columns, ...options)).toEqual(replay);
    expect(replay.reward!).toBeGreaterThan(replay.bestFixed.reward + 0.1);
  });

  it("--segment reads a field of the context; what has no reward, or was not drawn, is left out and told", async () => {
    const log = rounds.map(({ decision, reward }, i): BanditRound => {
      if (i % 10 === 0) return { decision, reward: null };
      return i % 10 === 1
        ? {
            decision: {
              ...decision,
              reason: "sticky",
              propensity: 1,
              probabilities: [1, 0, 0],
              action: { variant: "a" },
              variant: "a",
            },
            reward,
          }
        : { decision, reward };
    });
    const { code, out, err } = await essai(["replay", await logged("part.jsonl", log), "--segment", "group"]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/part\.jsonl: 2,400 rows, 3 arms; a log/);
    expect(out).toMatch(/thompson, hierarchical/);
    expect(out).toMatch(
      /left out {2}300 decisions without a reward so far\n {2}left out {2}300 decisions that were kept, not drawn/,
    );
  });

  it("a reward that comes by a later line of its decision counts once", async () => {
    const log = [...rounds.map(({ decision }): BanditRound => ({ decision, reward: null })), ...rounds];
    const options = ["--orders", "1"];
    expect(await replayOf(await logged("later.jsonl", log), ...options)).toEqual(
      await replayOf(await logged("once.jsonl"), ...options),
    );
  });

  it.each<[string, (log: BanditRound[]) => unknown, readonly string[], RegExp]>([
    [
      "a reward that the model cannot learn, at its line",
      (log) => (log[7] = { ...log[7]!, reward: 7 }),
      ["--model", "bernoulli"],
      /bad\.jsonl: FILE\.line 8\.reward: /,
    ],
    [
      "a field that no context has",
      () => 0,
      ["--segment", "grup"],
      /--segment: the data have no such column.*did you mean "group"/,
    ],
    [
      "a log without any reward",
      (log) => log.splice(0, log.length, ...log.map(({ decision }) => ({ decision, reward: null }))),
      [],
      /FILE: the data hold no unit/,
    ],
  ])("refuses %s", async (_, change, args, message) => {
    const log = [...rounds];
    change(log);
    const { code, out, err } = await essai(["replay", await logged("bad.jsonl", log), ...args]);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(message);
  });
});
