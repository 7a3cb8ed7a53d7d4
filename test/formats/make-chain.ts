import { assign, defineExperiment, type Exposure } from "essai";
import { analyze, type Cells, fromRows } from "essai/analysis";
import { createBandit, decide, thompson, update } from "essai/bandits";
import { createExposureLog } from "essai/exposures";

/** The experiment of the golden chain: names that need escaping, unequal shares, every kind of metric. */
export const definition = defineExperiment({
  key: "café-☕",
  version: 2,
  salt: "golden",
  unit: "userId",
  control: "contrôle",
  variants: { contrôle: { text: "Bonjour" }, "new, 新しい": { text: "Salut 👋", off: 0.1 } },
  allocation: { contrôle: 0.6, "new, 新しい": 0.4 },
  coverage: 0.9,
  metrics: [
    { key: "bought", type: "conversion", role: "goal" },
    { key: "revenue", type: "mean", role: "guardrail", event: "bought", value: "amount", margin: 0.05 },
    { key: "visits", type: "count", role: "diagnostic", event: "visit", better: "lower" },
    {
      key: "revenue_per_visit",
      type: "ratio",
      role: "diagnostic",
      numerator: { event: "bought", value: "amount", of: "sum" },
      denominator: { event: "visit", of: "count" },
    },
  ],
});

/** The same experiment as a bandit. */
export const banditDefinition = defineExperiment({
  key: "café-☕",
  unit: "userId",
  control: "contrôle",
  variants: { contrôle: null, "new, 新しい": null },
  policy: "thompson",
});

/** definition → assignment → exposure → decision → cells → report, as today's code makes them. */
export async function makeChain() {
  const start = Date.UTC(2026, 2, 1);
  const exposures: Exposure[] = [];
  const assignments = [];
  const events = [];
  for (let i = 0; i < 600; i++) {
    const userId = `ünit-${i}`;
    const at = start + i * 1_000;
    const channel = i % 3 === 0 ? "email" : "push";
    const assignment = assign(definition, { userId });
    const log = createExposureLog({ write: (exposure) => exposures.push(exposure), clock: () => at });
    log.expose(assignment, { channel });
    if (i < 12) assignments.push(assignment);
    const later = new Date(at + 60_000).toISOString();
    for (let visit = 0; visit <= i % 3; visit++) events.push({ userId, event: "visit", at: later });
    if (i % 7 === 0 || (assignment.variant !== "contrôle" && i % 5 === 0))
      events.push({ userId, event: "bought", amount: 10 + (i % 11), at: later });
  }

  const source = fromRows(
    { exposures, events },
    {
      exposures: {
        unit: "unitId",
        variant: "variant",
        version: "definitionVersion",
        at: "at",
        dimensions: ["channel"],
      },
      events: { unit: "userId", event: "event", at: "at" },
    },
  );
  const { metrics } = definition;
  const cells: Cells = await source.read({ definition, metrics, dimensions: ["channel"] });
  const report = await analyze({
    experiment: definition,
    source: { kind: "cells", read: async () => cells },
    dimensions: ["channel"],
  });

  const bandit = update(createBandit(banditDefinition, { thompson }), [
    { variant: "contrôle", reward: 1 },
    { variant: "contrôle", reward: 0 },
    { variant: "new, 新しい", reward: 1 },
  ]);
  const decision = decide(bandit, { unitId: "ünit-1", occasion: "2026-03-01", now: new Date(start) });
  return {
    definition,
    assignments,
    exposures: exposures.slice(0, 12),
    bandit,
    decision,
    cells,
    report,
  };
}
