import { describe, expect, it } from "vitest";
import { createAssigner, defineExperiment } from "../../src/index.js";
import { type BehaviourEvent, behaviours, knownSegments } from "../../src/segments/index.js";

const events: readonly BehaviourEvent[] = [
  { unit: "ana", at: "2025-03-01T08:00:00Z", event: "purchase", amount: 40, channel: "web" },
  { unit: "ana", at: "2025-03-11T09:00:00Z", event: "purchase", amount: 20, channel: "shop", discount: true },
  { unit: "ana", at: "2025-03-12T20:00:00Z", event: "return", amount: 20, channel: "web" },
  { unit: "bob", at: new Date("2025-03-05T02:00:00Z"), event: "visit", channel: "app" },
  { unit: "bob", at: Date.parse("2025-03-06T03:00:00Z"), event: "visit" },
];
const asked = { before: "2025-03-21" };

describe("behaviour before an exposure", () => {
  it("is recency, frequency, worth, tenure, returns, discounts, channel and time of day", () => {
    expect(behaviours(events, asked)).toEqual({
      units: ["ana", "bob"],
      attributes: {
        recency_days: [9.625, null],
        ...{ frequency: [2, 0], monetary: [60, 0], average_order: [30, null] },
        tenure_days: [19 + 16 / 24, 15 + 22 / 24],
        ...{ visits: [0, 2], return_share: [0.5, null], discount_share: [0.5, null] },
        ...{ main_channel: ["web", "app"], main_daypart: ["morning", "night"] },
      },
      leftOut: { later: 0, unexposed: 0 },
    });
  });

  it("never changes by what happens at the exposure or after it", () => {
    const later = (["2025-03-21T00:00:00Z", "2025-04-01"] as const).flatMap((at) =>
      ["ana", "bob"].map((unit) => ({
        unit,
        at,
        event: "purchase",
        amount: 1000,
        channel: "new",
        discount: true,
      })),
    );
    const { attributes, leftOut } = behaviours([...later, ...events], asked);
    expect(attributes).toEqual(behaviours(events, asked).attributes);
    expect(leftOut).toEqual({ later: 4, unexposed: 0 });
  });

  it("is measured from each unit's own exposure, and there for units that did nothing", () => {
    const before = { ana: "2025-03-11", cleo: "2025-03-11" };
    const { units, attributes, leftOut } = behaviours(events, { before });
    expect(units).toEqual(["ana", "cleo"]);
    expect(attributes.frequency).toEqual([1, 0]);
    expect(attributes.tenure_days).toEqual([9 + 16 / 24, null]);
    expect(leftOut).toEqual({ later: 2, unexposed: 2 });
  });

  it("does not depend on the order of events", () => {
    expect(behaviours(events.toReversed(), asked)).toEqual(behaviours(events, asked));
  });

  it.each([
    [[{ unit: "ana", at: "yesterday", event: "visit" }], asked, /events.0.at: /],
    [[{ unit: "", at: 0, event: "visit" }], asked, /events.0.unit: /],
    [[{ unit: "ana", at: 0, evnt: "visit" }], asked, /events.0/],
    [events, { before: "soon" }, /options.before: /],
    [events, { before: { ana: null } }, /options.before.ana: /],
    [events, {}, /options.before: /],
  ])("refuses what cannot be read: %#", (list, options, expected) => {
    expect(() => behaviours(list as never, options as never)).toThrow(expected);
  });
});

describe("known segments", () => {
  const who = (attributes: object) =>
    Object.keys(knownSegments).filter((name) => {
      const audience = { segment: name };
      const offer = defineExperiment({
        ...{ key: "offer", unit: "id", variants: { control: null, offer: null } },
        ...{ segments: knownSegments, audience },
      });
      const assigner = createAssigner({ experiments: [offer] });
      return assigner.assign("offer", { id: "u", ...attributes }).enrolled;
    });

  it("are conditions that a definition takes, on what behaviours gives", () => {
    expect(who({ visits: 5, frequency: 0, recency_days: null, discount_share: null })).toEqual([
      "just-browsing",
    ]);
    expect(who({ visits: 9, frequency: 6, recency_days: 20, discount_share: 0.1 })).toEqual(["brand-loyal"]);
    expect(who({ visits: 9, frequency: 3, recency_days: 20, discount_share: 0.7 })).toEqual(["deal-hunters"]);
    expect(who({ visits: 1, frequency: 1, recency_days: 400, discount_share: 0 })).toEqual([]);
  });
});
