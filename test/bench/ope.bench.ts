import { defineExperiment } from "essai";
import { banditReport, banditRun } from "essai/analysis";
import type { BanditRound, Decision } from "essai/bandits";
import { adaptiveInference, evaluatePolicy, type LoggedChoice } from "essai/ope";
import { randomSource } from "essai/random";
import type { BenchRow } from "./harness.js";

const COUNT = 1_000_000;
const ACTIONS = Array.from({ length: 48 }, (_, i) => `action-${i}`);

/** A uniform log of so many actions, with three numbers of context. */
function logOf(actions: readonly string[]): LoggedChoice[] {
  const random = randomSource("bench");
  return Array.from({ length: COUNT }, (): LoggedChoice => {
    const arm = Math.floor(random.next() * actions.length);
    const context = { x: random.next(), y: random.next(), z: random.next() };
    const reward = random.next() < 0.05 + 0.1 * context.x + 0.001 * arm ? 1 : 0;
    return { action: actions[arm]!, reward, propensity: 1 / actions.length, context };
  });
}

const experiment = defineExperiment({
  ...{ key: "offers", unit: "userId", control: "m0", policy: "thompson" },
  variants: { m0: null, m1: null, m2: null, m3: null },
});

/** A bandit's decisions, whose probabilities change after every 5,000. */
function decisions(): BanditRound[] {
  const random = randomSource("bench");
  const actions = ["m0", "m1", "m2", "m3"];
  const start = Date.UTC(2026, 0, 1);
  let probabilities = [0.25, 0.25, 0.25, 0.25];
  return Array.from({ length: COUNT }, (_, i): BanditRound => {
    if (i % 5_000 === 0) {
      const sizes = actions.map(() => 0.2 + random.next());
      const all = sizes.reduce((sum, each) => sum + each, 0);
      probabilities = sizes.map((each) => each / all);
    }
    let [rest, arm] = [random.next(), 0];
    while (arm < 3 && (rest -= probabilities[arm]!) >= 0) arm += 1;
    const context = {
      age: random.next() < 0.5 ? "young" : "old",
      channel: random.next() < 0.5 ? "mail" : "push",
    };
    const variant = actions[arm]!;
    // One literal, as `decide` makes decisions: objects spread together have a hidden class each, which no log has.
    const decision: Decision = {
      id: `d${i}`,
      experiment: "offers",
      definitionVersion: 1,
      unitId: `u${i}`,
      occasion: "1",
      at: new Date(start + i * 2_000).toISOString(),
      variant,
      payload: null,
      reason: "decided",
      action: { variant },
      context,
      policy: "thompson",
      stateHash: "",
      propensity: probabilities[arm]!,
      actions,
      probabilities,
    };
    return { decision, reward: random.next() < 0.05 + 0.02 * arm ? 1 : 0 };
  });
}

/** What a call takes, in CPU-seconds, and how much the heap has grown at its largest when it is done. */
function costOf(call: () => unknown): { seconds: number; megabytes: number } {
  globalThis.gc?.();
  const heap = () => {
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const before = heap();
  const start = process.cpuUsage();
  const kept = call();
  const { user, system } = process.cpuUsage(start);
  const megabytes = (heap() - before) / 2 ** 20;
  if (kept === undefined) throw new Error("nothing was measured");
  return { seconds: (user + system) / 1e6, megabytes };
}

function reportCost() {
  const run = decisions();
  return costOf(() => banditReport(experiment, banditRun({ experiment, log: run })));
}

/** Evaluation and inference on a million rounds. */
export function bench(): BenchRow[] {
  // First, and gone when the others begin: the collector would go through all logs again and again.
  const report = reportCost();
  const log = logOf(ACTIONS);
  const shares = ACTIONS.map((_, i) => (i < 24 ? 1 / 24 : 0));
  const features = ["x", "y", "z"].map((field) => ({ kind: "numeric", field }) as const);
  const dr = costOf(() => {
    const found = evaluatePolicy({
      log,
      policy: () => shares,
      features,
      estimators: ["dr"],
      actions: ACTIONS,
    });
    if (found.estimates[0]?.value.status !== "ok") throw new Error("no estimate");
    return found;
  });
  const two = ["a", "b"];
  const probabilities = { a: 0.5, b: 0.5 };
  const adaptive = logOf(two).map((row) => ({ ...row, probabilities }));
  const inference = costOf(() => adaptiveInference({ log: adaptive, control: "a", actions: two }));
  const group = "evaluation";
  const note = "1,000,000 rounds, in one run";
  return [
    {
      ...{ group, name: "cross-fitted DR, 48 actions, 3 numbers of context", note, unit: "CPU-s" },
      ...{ value: dr.seconds, atMost: 10 },
    },
    {
      ...{ group, name: "heap it took on top of the log, as it ended", note, unit: "MB" },
      ...{ value: dr.megabytes, atMost: 1000 },
    },
    {
      ...{ group, name: "inference after adaptation, 2 arms", note, unit: "CPU-s" },
      ...{ value: inference.seconds, atMost: 10 },
    },
    {
      ...{ group, name: "report of a bandit's run, 4 arms, 2 fields of context", note, unit: "CPU-s" },
      ...{ value: report.seconds, atMost: 5 },
    },
  ];
}
