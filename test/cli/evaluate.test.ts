import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineExperiment } from "essai";
import { bernoulli, createBandit, decide, thompson, toLogLine, update } from "essai/bandits";
import type { PolicyEvaluation } from "essai/ope";
import { describe, expect, it } from "vitest";
import { randomSource } from "../../src/random/index.js";
import { essai, temporaryFolder } from "./terminal.js";

const files = temporaryFolder();
const random = randomSource("cli evaluate");

/** A log by a coin that prefers a; b is better for the young. */
const rows = Array.from({ length: 2000 }, () => {
  const age = random.next() < 0.5 ? 20 : 70;
  const arm = random.next() < 0.6 ? "a" : "b";
  const rate = arm === "a" ? 0.3 : age === 20 ? 0.6 : 0.1;
  return { arm, y: random.next() < rate ? 1 : 0, p: arm === "a" ? 0.6 : 0.4, age };
});
const csv = (list: readonly object[]) =>
  `${Object.keys(list[0]!).join(",")}\n${list.map((row) => Object.values(row).join(",")).join("\n")}\n`;
const table = (list: readonly object[] = rows) => files.write("log.csv", csv(list));
const columns = ["--arm", "arm", "--reward", "y", "--propensity", "p"];
const ask = async (...args: string[]) => {
  const { code, out, err } = await essai(["evaluate", ...args, "--json"]);
  expect([code, err]).toEqual([0, ""]);
  return JSON.parse(out) as PolicyEvaluation;
};

describe("essai evaluate", () => {
  it("of a table says what a policy would have earned, and how much the log is worth for it", async () => {
    const { code, out, err } = await essai([
      "evaluate",
      table(),
      ...columns,
      "--policy",
      "b",
      "--features",
      "age",
    ]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/2,000 rounds, 2 actions; what b would have earned/);
    expect(out).toMatch(/effective size {2}\d{3} rounds/);
    expect(out).toMatch(/dr +0\.3\d{3}, between 0\.\d{4} and 0\.\d{4}; over the log \+0\.\d{4}/);
    const { estimates, actions } = await ask(table(), ...columns, "--policy", "b", "--features", "age");
    expect(estimates.map(({ estimator, value }) => [estimator, value.status])).toEqual([
      ["dr", "ok"],
      ["snips", "ok"],
    ]);
    expect(actions.map(({ policy }) => policy).toSorted()).toEqual([0, 1]);
  });

  it("takes shares, uniform play and estimators by name, and a seeded bootstrap", async () => {
    const { estimates, actions } = await ask(
      ...[table(), ...columns, "--policy", "a=0.25,b=0.75", "--estimators", "ips,dros"],
      ...["--bootstrap", "199", "--seed", "7"],
    );
    expect(actions.map(({ action, policy }) => [action, policy]).toSorted()).toEqual([
      ["a", 0.25],
      ["b", 0.75],
    ]);
    expect(estimates.map(({ estimator }) => estimator)).toEqual(["ips", "dros"]);
    const uniform = await ask(table(), ...columns, "--policy", "uniform");
    expect(uniform.actions.map(({ policy }) => policy)).toEqual([0.5, 0.5]);
  });

  it("reads a log of decisions, and a bandit's state as the policy", async () => {
    const experiment = defineExperiment({
      ...{ key: "cta", unit: "id", control: "a", policy: "thompson" },
      variants: { a: null, b: null },
    });
    const start = createBandit(experiment, { thompson }, { model: bernoulli() });
    const lines = Array.from({ length: 400 }, (_, i) => {
      const now = new Date(Date.UTC(2026, 0, 1, 0, i));
      const decision = decide(start, {
        unitId: `u${i}`,
        occasion: "1",
        now,
        context: { age: 20 + (i % 50) },
      });
      return toLogLine({ decision, reward: decision.variant === "b" ? 1 : 0 });
    });
    const log = files.write("log.jsonl", `${lines.join("\n")}\n`);
    const learned = update(
      start,
      Array.from({ length: 200 }, (_, i) => ({ variant: i % 2 ? "a" : "b", reward: i % 2 ? 0 : 1 }) as const),
    );
    writeFileSync(files.path("bandit.json"), JSON.stringify(learned));
    const { estimates, logged } = await ask(log, "--policy", files.path("bandit.json"), "--features", "all");
    const [dr] = estimates;
    expect(logged).toBeLessThan(0.7);
    expect(dr?.value.value).toBeGreaterThan(0.95);
  });

  it("starts a bandit from the log, and says what each arm starts from", async () => {
    const experiment = defineExperiment({
      ...{ key: "cta", unit: "id", control: "a", policy: "thompson" },
      variants: { a: null, b: null },
    });
    const cold = files.write("cold.json", JSON.stringify(createBandit(experiment, { thompson })));
    const out = files.path("started.json");
    const args = ["evaluate", table(), ...columns, "--warm-start", cold, "--out", out];
    const { code, out: told, err } = await essai(args);
    expect([code, err]).toEqual([0, ""]);
    expect(told).toMatch(/2,000 rounds, summed as they are/);
    expect(told).toMatch(/b {2}\d{3} rounds, effective size \d{3}\.0\n/);
    const wins = rows.filter(({ arm, y }) => arm === "b" && y === 1).length;
    const started = JSON.parse(readFileSync(out, "utf8"));
    expect(started.sums[1][0]).toBe(wins);
    const wrong = async (...more: string[]) => (await essai(["evaluate", table(), ...columns, ...more])).err;
    expect(await wrong("--warm-start", cold)).toContain("--out FILE");
    expect(await wrong("--warm-start", cold, "--out", cold)).toContain("--out");
    expect(await wrong("--warm-start", cold, "--out", out, "--policy", "a")).toContain("--policy POLICY");
    expect(await wrong("--policy", "a", "--out", out)).toContain("--warm-start STATE");
    const certain = table(rows.map((row) => ({ ...row, p: 1 })));
    const refused = await essai([
      "evaluate",
      certain,
      ...columns,
      "--warm-start",
      cold,
      "--out",
      files.path("no.json"),
    ]);
    expect(refused.code).toBe(1);
    expect(refused.out).toMatch(/chosen with certainty[\s\S]*was not written/);
  });

  it("says why there is no estimate, and prints no number for it", async () => {
    const thin = rows.map((row, i) =>
      i < 3 ? { ...row, arm: "b", p: 3e-4 } : { ...row, arm: "a", p: 0.9997 },
    );
    const { code, out } = await essai(["evaluate", table(thin), ...columns, "--policy", "b"]);
    expect(code).toBe(0);
    expect(out).toMatch(/effective size {2}3\.0 rounds/);
    expect(out).toMatch(/dr +no estimate\n/);
    expect(out).toMatch(/plays too differently from the log/);
  });

  it("weighs the decisions of a multivariate experiment by the factors that reach the reward", async () => {
    const file = fileURLToPath(new URL("../../docs/examples/spring/decisions.jsonl.gz", import.meta.url));
    const asked = ["evaluate", file, "--policy", "channel=email,message=story", "--embedding"];
    const { code, out } = await essai([...asked, "message", "--estimators", "ips,mips", "--json"]);
    expect(code).toBe(0);
    const [ips, mips] = JSON.parse(out).estimates;
    expect(mips.effectiveSize).toBeGreaterThan(2 * ips.effectiveSize);
    const { err } = await essai([...asked, "mesage"]);
    expect(err).toMatch(/--embedding.*did you mean "message"/);
    const { err: mixed } = await essai([
      "evaluate",
      table(),
      ...columns,
      "--policy",
      "a",
      "--embedding",
      "x",
    ]);
    expect(mixed).toContain("--embedding FACTORS");
  });

  it("names mistakes at the option, the column and the line", async () => {
    const wrong = async (args: readonly string[]) => {
      const { code, out, err } = await essai(["evaluate", ...args]);
      expect([code, out]).toEqual([1, ""]);
      return err;
    };
    expect(await wrong([table(), ...columns])).toContain("--policy");
    expect(await wrong([table(), "--arm", "arm", "--policy", "a"])).toContain("--propensity COLUMN");
    expect(await wrong([table(), ...columns, "--policy", "c"])).toMatch(/--policy.*"c"/s);
    expect(await wrong([table(), ...columns, "--policy", "a=0.5,b=0.2"])).toMatch(/--policy.*sum to 1/s);
    expect(await wrong([table(), ...columns, "--policy", "a", "--estimators", "drr"])).toMatch(
      /--estimators.*"dr"/s,
    );
    const broken = rows.map((row, i) => (i === 4 ? { ...row, p: 0 } : row));
    expect(await wrong([table(broken), ...columns, "--policy", "a"])).toMatch(/--propensity.*p.*line 6/s);
    const cells = rows.map((row, i) => (i === 4 ? { ...row, p: "" } : i === 5 ? { ...row, y: "no" } : row));
    const told = await wrong([table(cells), ...columns, "--policy", "a"]);
    expect(told).toContain("--propensity.p.line 6: is required and is missing");
    expect(told).toContain('--reward.y.line 7: must be a number (received "no")');
    expect(await wrong([table(), ...columns, "--policy", "a", "--seed", "1"])).toContain("--bootstrap N");
    expect(await wrong([table(), ...columns, "--policy", "a", "--level", "95"])).toContain("--level 0.9");
  });
});
