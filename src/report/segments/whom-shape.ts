import type { FoundSegment, RefusedAttribute } from "../../segments/index.js";
import type { Shape } from "../../shapes/index.js";

const number = { kind: "number" } as const;
const text = { kind: "text" } as const;
const ranged = {
  kind: "object",
  has: { value: number, standardError: number, interval: { kind: "list", of: number } },
  open: true,
} as const satisfies Shape;
const maybeRanged = { ...ranged, optional: true } as const;
const listOf = <S extends Shape>(of: S) => ({ kind: "list", of }) as const;
const open = <H extends Record<string, unknown>>(has: H) => ({ kind: "object", has, open: true }) as const;
const numbers = { kind: "map", of: number } as const;
const reasons = {
  constant: true,
  identifier: true,
  mixed: true,
  tells_variant: true,
  moved_by_variant: true,
  tells_outcome: true,
} as const satisfies Readonly<Record<RefusedAttribute["reason"], true>>;
const actions = { only: true, except: true, everyone: true, nobody: true } as const satisfies Readonly<
  Record<FoundSegment["action"], true>
>;
const oneOf = (words: object) => ({ kind: "word", of: Object.keys(words) }) as const;
const given = {
  refused: listOf(open({ attribute: text, reason: oneOf(reasons), pValue: { ...number, optional: true } })),
  excluded: open({ missing_outcome: number, several_variants: number, other_variant: number }),
  level: number,
  units: number,
} as const;
const word = (of: string) => ({ kind: "word", of: [of], format: true }) as const;

const segment = open({
  ...{
    condition: { kind: "json" } as const,
    share: number,
    support: number,
    pValue: number,
    action: oneOf(actions),
  },
  ...{ inside: ranged, outside: ranged, difference: ranged, gain: ranged, roi: maybeRanged },
});
/** What `discoverSegments` gives, as far as it is told. */
export const segmentsShape = open({
  ...given,
  ...{ format: word("essai.segments/1"), splits: number, attributes: listOf(text) },
  currency: { kind: "either", of: [text, { kind: "null" }], optional: true },
  treatments: listOf(
    open({
      ...{ control: text, treatment: text, units: number, cost: number, nobody: number, pValue: number },
      ...{ everyone: ranged, segments: listOf(segment) },
    }),
  ),
}) satisfies Shape;

const valued = { value: ranged, overBest: ranged, overControl: ranged, given: numbers, effective: number };
const rule = open({ when: { kind: "json" } as const, variant: text });
const rules = open({ rules: listOf(rule), otherwise: text });
/** What `policyValues` gives, as far as it is told. */
export const valuesShape = open({
  ...{ ...given, format: word("essai.policy-values/1"), best: text },
  ...{
    single: { kind: "map", of: open(valued) } as const,
    policies: { kind: "map", of: open(valued) } as const,
  },
  tree: { ...open({ ...valued, rules }), optional: true } as const,
}) satisfies Shape;

const spent = { gain: ranged, alike: ranged, targeting: ranged, given: numbers };
const group = {
  ...{ name: text, units: number, effect: ranged, revenue: ranged },
  ...{ cost: { ...number, optional: true } as const, net: maybeRanged, roi: maybeRanged },
};
const uplift = open({
  ...{ treatment: text, tells: open({ slope: ranged, pValue: number }), auuc: ranged, qini: ranged },
  deciles: listOf(open(group)),
});
/** What `budgetValues` gives, as far as it is told. */
export const budgetShape = open({
  ...{ ...given, format: word("essai.budget-values/1"), control: text, most: number },
  ...{ costed: { kind: "flag" } as const, currency: { ...text, optional: true } as const },
  ...{ curve: listOf(open({ ...spent, budget: number })), treatments: listOf(uplift) },
  segments: listOf(open({ ...group, treatment: text })),
  plan: {
    ...open({ ...spent, budget: number, spent: number, variants: listOf({ kind: "anything" }) }),
    optional: true,
  } as const,
}) satisfies Shape;
