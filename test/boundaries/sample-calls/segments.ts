import { dialects } from "../../../src/engines/index.js";
import { randomSource } from "../../../src/random/index.js";
import type { SampleCalls } from "./sample-call.js";

const people = () => {
  const random = randomSource("sample calls");
  return Array.from({ length: 400 }, (_, i) => ({
    ...{ id: `u${i >> 1}`, age: Math.floor(20 + 50 * random.next()), mail: (i >> 1) % 2 === 0 },
    ...{ city: random.next() < 0.5 ? "Lyon" : "Nice", spend: random.next() },
  }));
};

const discovery = () => {
  const rows = people();
  return {
    variant: rows.map(({ mail }) => (mail ? "mail" : "none")),
    outcome: rows.map(({ spend }) => spend),
    attributes: { age: rows.map(({ age }) => age), city: rows.map(({ city }) => city) },
    ...{ control: "none", treatments: ["mail"], random: randomSource(1) },
    ...{ worth: 2, costs: { mail: 0.05 }, currency: "EUR", shares: { mail: 0.5, none: 0.5 } },
    unit: rows.map(({ id }) => id),
    ...{ depth: 2, most: 1, smallest: 0.1, repeats: 1, level: 0.9 },
  };
};

export const segmentsNode: SampleCalls = {
  discoverInThreads: () => [
    discovery(),
    { threads: 1, onProgress: () => undefined, signal: new AbortController().signal },
  ],
};

/** An engine whose tables have one row at most. */
const engine = () => ({
  dialect: dialects.duckdb,
  open: () =>
    Promise.resolve({
      sql: "t",
      columns: ["unit", "at", "event", "amount", "channel", "discount"].map((name) => ({
        ...{ name, kind: "text" as const },
      })),
    }),
  query: () => Promise.resolve([]),
  close: () => Promise.resolve(),
});

export const segments: SampleCalls = {
  mixtureGroups: () => [
    { age: people().map(({ age }) => age), spend: people().map(({ spend }) => spend) },
    { random: randomSource(1), most: 2 },
  ],
  rfmGroups: () => [
    { recency_days: [3, 40, null], frequency: [9, 1, 0], monetary: [410, 25, 0] },
    { parts: 2 },
  ],
  readBehaviours: () => [
    engine(),
    {
      events: { table: "events" },
      before: { relation: { table: "met" }, unit: "unit", at: "at" },
      columns: {
        ...{ unit: "unit", at: "at", event: "event", amount: "amount" },
        ...{ channel: "channel", discount: "discount" },
      },
    },
  ],
  behaviours: () => [
    [
      { unit: "u", at: "2025-03-01", event: "purchase", amount: 20, channel: "web", discount: true },
      { unit: "u", at: 0, event: "visit", amount: 0, channel: "web", discount: false },
    ],
    { before: "2025-04-01" },
  ],
  policyValues: () => {
    const rows = people();
    return [
      {
        variant: rows.map(({ mail }) => (mail ? "mail" : "none")),
        outcome: rows.map(({ spend }) => spend),
        attributes: { age: rows.map(({ age }) => age), city: rows.map(({ city }) => city) },
        ...{ control: "none", treatments: ["mail"], random: randomSource(1) },
        ...{ worth: 2, costs: { mail: 0.05 }, shares: { mail: 0.5, none: 0.5 } },
        policies: {
          young: { rules: [{ when: { attribute: "age", lt: 40 }, variant: "mail" }], otherwise: "none" },
        },
        ...{ unit: rows.map(({ id }) => id), level: 0.9, tree: true, depth: 3 as const },
      },
    ];
  },
  budgetValues: () => {
    const rows = people();
    return [
      {
        variant: rows.map(({ mail }) => (mail ? "mail" : "none")),
        outcome: rows.map(({ spend }) => spend),
        attributes: { age: rows.map(({ age }) => age), city: rows.map(({ city }) => city) },
        ...{ control: "none", treatments: ["mail"], random: randomSource(1) },
        ...{ worth: 2, costs: { mail: 0.05 }, shares: { mail: 0.5, none: 0.5 } },
        ...{ budget: 5, currency: "EUR", segments: { young: { attribute: "age", lt: 40 } } },
        ...{ unit: rows.map(({ id }) => id), level: 0.9 },
      },
    ];
  },
  discoverSegments: () => [discovery()],
};
