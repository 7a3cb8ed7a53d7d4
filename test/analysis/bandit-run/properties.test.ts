import { describe, expect, it } from "vitest";
import { type BanditRound, banditReport, banditRun } from "../../../src/analysis/index.js";
import { toCsv, toMarkdown, toText } from "../../../src/report/index.js";
import { parseReport } from "../../../src/schema/index.js";
import { fc } from "../../properties.js";
import { offers } from "./made-run.js";

const actions = ["plain", "voucher", "gift"];

/** Any decision that could have been made: some actions may be out, certain, or all but given up. */
const decided = fc.record({
  weights: fc.tuple(
    ...actions.map(() =>
      fc.oneof(fc.constant(0), fc.constant(1e-12), fc.double({ min: 1e-6, max: 1, noNaN: true })),
    ),
  ),
  pick: fc.nat(2),
  reward: fc.oneof(fc.constant(null), fc.constantFrom(0, 1), fc.double({ min: -1e6, max: 1e6, noNaN: true })),
  unit: fc.nat(5),
  hour: fc.nat(2_000),
  context: fc.oneof(fc.constant(null), fc.record({ place: fc.string({ maxLength: 4 }), n: fc.nat(3) })),
  bare: fc.boolean(),
});

type Decided = typeof decided extends fc.Arbitrary<infer T> ? T : never;

function roundOf({ weights, pick, reward, unit, hour, context, bare }: Decided, i: number) {
  const sum = weights.reduce((all, each) => all + each, 0);
  const vector = sum > 0 ? weights.map((each) => each / sum) : [1, 0, 0];
  const open = [...vector.keys()].filter((at) => (vector[at] as number) > 0);
  const at = open[pick % open.length] as number;
  const decision = {
    ...{ id: `d${i}`, experiment: "offers", definitionVersion: 1, unitId: `u${unit}`, occasion: `${i}` },
    at: new Date(Date.UTC(2026, 0, 1, hour)).toISOString(),
    action: { variant: actions[at] as string },
    propensity: vector[at] as number,
    actions,
    ...(bare ? {} : { probabilities: vector }),
    ...{ context, policy: "thompson", stateHash: "0" },
  };
  return { decision, reward };
}

describe("whatever a log holds", () => {
  it("its run is plain JSON without NaN or Infinity, reads back, and every format shows it", () => {
    fc.assert(
      fc.property(fc.array(decided, { minLength: 1, maxLength: 40 }), (list) => {
        const log: BanditRound[] = list.map(roundOf);
        const report = banditReport(offers, banditRun({ experiment: offers, log }));
        JSON.stringify(report, (_, value) => {
          if (typeof value === "number") expect(Number.isFinite(value)).toBe(true);
          return value;
        });
        expect(JSON.stringify(parseReport(report))).toBe(JSON.stringify(report));
        for (const text of [toText(report), toMarkdown(report), toCsv(report)])
          expect(text).not.toMatch(/NaN|Infinity|\[object/);
        const { bandit } = report;
        expect(bandit?.periods.reduce((sum, { decisions }) => sum + decisions, 0)).toBe(log.length);
        expect(bandit?.arms.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
      }),
      { numRuns: 150 },
    );
  });
});
