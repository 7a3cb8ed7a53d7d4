import { exampleReport } from "./example-report.js";
import type { SampleCalls } from "./sample-call.js";

const about = { metric: "order", theme: "pricing", channel: "mail", at: "2025-03-01" };
const effects = () =>
  [0.02, 0.05, -0.01, 0.03].map((value, i) => ({
    ...{
      experiment: `t${i >> 1}`,
      value,
      standardError: 0.01,
      better: "higher",
      units: 4000,
      days: 14,
      weight: 2,
    },
    ...about,
  }));

export const programme: SampleCalls = {
  analyzeProgramme: () => [
    effects(),
    {
      ...{ level: 0.9, daily: 300, scale: "log-lift" },
      holdouts: { order: { value: 0.04, standardError: 0.02 } },
      surrogates: { order: [{ metric: "order", correlation: 0.2 }] },
    },
  ],
  effectsOfReport: () => [exampleReport, { scale: "difference", channel: "channel", theme: "pricing" }],
  effectsOfArms: () => [
    [100, 130].map((successes, i) => ({
      ...{ experiment: "t", units: 1000, successes, control: i === 0 },
      ...{ theme: "pricing", channel: "mail", at: "2025-03-01" },
    })),
    { scale: "difference" },
  ],
};
