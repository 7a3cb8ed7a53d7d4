import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { policyValue, roundValues, type ValueEstimatorChoice } from "../../src/ope/index.js";
import { randomSource } from "../../src/random/index.js";

const folder = join(import.meta.dirname, "../reference/ope");

/** Open Bandit Pipeline's names of estimators, here. */
const asked: Readonly<Record<string, ValueEstimatorChoice>> = {
  IPS: "ips",
  IPS_clip10: { name: "ips", clip: 10 },
  SNIPS: "snips",
  DM: "dm",
  DR: "dr",
  DR_clip10: { name: "dr", clip: 10 },
  SNDR: "sndr",
  SwitchDR_1: { name: "switch-dr", threshold: 1 },
  SwitchDR_5: { name: "switch-dr", threshold: 5 },
  DRos_10: { name: "dros", shrinkage: 10 },
  DRos_100: { name: "dros", shrinkage: 100 },
  "SGIPS_0.1": { name: "sub-gaussian-ips", bend: 0.1 },
  "SGDR_0.1": { name: "sub-gaussian-dr", bend: 0.1 },
  MRDR: "mrdr",
};

interface Reference {
  readonly name: string;
  readonly ess: number;
  readonly mean_iw: number;
  readonly max_iw: number;
  readonly on_policy_mean_of_log: number;
  readonly estimates: Readonly<
    Record<string, { value: number; se_iid_of_round_rewards?: number; boot95?: [number, number] }>
  >;
}

function columnsOf(name: string) {
  const [head = "", ...lines] = gunzipSync(readFileSync(join(folder, `${name}.csv.gz`)))
    .toString()
    .trim()
    .split("\n");
  const names = head.split(",");
  const rows = lines.map((line) => line.split(",").map(Number));
  const column = (wanted: string) => Float64Array.from(rows, (row) => row[names.indexOf(wanted)]!);
  const log = { rewards: column("reward"), propensities: column("pscore"), targets: column("pi_e") };
  const plain = { ...log, predicted: column("q_fact"), expected: column("v_q") };
  return (estimator: string) =>
    estimator === "MRDR" ? { ...log, predicted: column("q_fact_mrdr"), expected: column("v_q_mrdr") } : plain;
}

const near = (actual: number | undefined, expected: number) =>
  expect(Math.abs((actual as number) / expected - 1)).toBeLessThan(1e-9);

const cases = readdirSync(folder)
  .filter((file) => file.endsWith(".json"))
  .map((file): Reference => JSON.parse(readFileSync(join(folder, file), "utf8")));

describe.each(cases)("$name, by Open Bandit Pipeline", (reference) => {
  it("is beside its rounds", () => {
    expect(existsSync(join(folder, `${reference.name}.csv.gz`))).toBe(true);
  });

  const columns = columnsOf(reference.name);

  it.each(Object.entries(reference.estimates))("%s", (name, { value, se_iid_of_round_rewards }) => {
    const choice = asked[name]!;
    const rounds = columns(name);
    const [found] = policyValue(rounds, { estimators: [choice] }).estimates;
    near(found?.value.value, value);
    if (se_iid_of_round_rewards === undefined) return;
    const { name: own, ...setting } = typeof choice === "string" ? { name: choice } : choice;
    const scores = roundValues(rounds, own, Object.values(setting)[0]);
    const n = scores.length;
    const mean = scores.reduce((sum, each) => sum + each, 0) / n;
    near(mean, value);
    const spread = Math.sqrt(scores.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (n - 1) / n);
    near(spread, se_iid_of_round_rewards);
    // A self-normalized estimate varies with its mean weight, too, which the pipeline takes as given.
    if (found?.value.status === "ok" && !name.startsWith("SN")) near(found.value.standardError, spread);
  });

  it("overlap and the log's own mean", () => {
    const { overlap, logged } = policyValue(columns("IPS"), { estimators: ["ips"] });
    near(overlap.effectiveSize, reference.ess);
    near(overlap.meanWeight, reference.mean_iw);
    near(overlap.largestWeight, reference.max_iw);
    near(logged, reference.on_policy_mean_of_log);
  });

  it.each(["DR", "SwitchDR_5", "IPS"])("bootstrap interval of %s, within what chance leaves open", (name) => {
    const random = randomSource("bootstrap");
    const [found] = policyValue(columns(name), {
      estimators: [asked[name]!],
      random,
      replicates: 399,
    }).estimates;
    const { boot95, se_iid_of_round_rewards: error = 0 } = reference.estimates[name]!;
    const { value } = found!;
    if (value.status !== "ok") throw new Error(value.status);
    for (const end of [0, 1] as const)
      expect(Math.abs(value.interval[end] - boot95![end])).toBeLessThan(0.4 * error);
  });
});
