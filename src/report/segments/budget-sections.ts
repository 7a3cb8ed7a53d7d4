import type { BudgetValues, Ranged, TargetedGroup, UpliftOfTreatment } from "../../segments/index.js";
import type { Section } from "../sections/section.js";
import type { Voice } from "../words/language.js";

const amount = ({ value, interval }: Ranged, voice: Voice) => voice.difference(value, "amount", interval);
const range = ({ interval }: Ranged, voice: Voice) => voice.differenceInterval(interval, "amount");

/** An amount for all units together, in its currency where one is known. */
const total = (value: number, { currency }: BudgetValues, voice: Voice) =>
  `${voice.level(Number(value.toPrecision(6)), "amount")}${currency === undefined ? "" : ` ${currency}`}`;

function planSentences(budget: BudgetValues, voice: Voice): readonly string[] {
  const { plan, control } = budget;
  if (!plan) return [];
  const told = total(plan.budget, budget, voice);
  if (plan.spent === 0) return [voice.say("budget_plan_nobody", { budget: told })];
  const count = plan.variants.filter((each) => each !== null && each !== control).length;
  return [
    voice.say("budget_plan", {
      ...{ budget: told, spent: total(plan.spent, budget, voice), count: voice.count(count) },
      ...{ gain: amount(plan.gain, voice), interval: range(plan.gain, voice) },
      total: total(plan.gain.value * budget.units, budget, voice),
    }),
    voice.say("budget_targeting", {
      ...{ alike: amount(plan.alike, voice), more: amount(plan.targeting, voice) },
      interval: range(plan.targeting, voice),
    }),
  ];
}

/** How many budgets of the curve are told in text. */
const told = 5;

function curveSection(budget: BudgetValues, voice: Voice): Section {
  const { curve, units, most, costed, currency, level } = budget;
  const step = Math.max(1, Math.round(curve.length / told));
  const points = curve.filter((_, i) => (i + 1) % step === 0);
  const variants = Object.keys(points[0]?.given ?? {}).filter((each) => each !== budget.control);
  const both = (each: Ranged) => `${amount(each, voice)} (${range(each, voice)})`;
  const rows = points.map(({ budget: perUnit, gain, alike, targeting, given }) => [
    ...[total(perUnit * units, budget, voice), both(gain), amount(alike, voice), both(targeting)],
    ...variants.map((variant) => voice.share(given[variant] ?? 0)),
  ]);
  const head = [
    ...[voice.say("budget_head"), voice.say("budget_gain")],
    ...[voice.say("budget_alike"), voice.say("budget_more"), ...variants],
  ];
  return {
    title: voice.say("budget_title"),
    sentences: [
      ...planSentences(budget, voice),
      curve.length > 0
        ? voice.say("budget_most", { most: total(most, budget, voice) })
        : voice.say("budget_none"),
    ],
    ...(rows.length > 0 ? { table: { head, align: "r".repeat(head.length), rows } } : {}),
    notes: [
      costed
        ? currency === undefined
          ? voice.say("budget_no_currency")
          : voice.say("budget_currency", { currency })
        : voice.say("budget_counts"),
      voice.say("budget_intervals", { level: voice.share(level) }),
    ],
  };
}

/** What treating groups brings: a row each. */
function groupRows(groups: readonly TargetedGroup[], costed: boolean, voice: Voice) {
  return groups.map(({ name, units, effect, revenue, cost = 0, net, roi }) => [
    ...[name, voice.count(units), `${amount(effect, voice)} (${range(effect, voice)})`],
    amount(revenue, voice),
    ...(costed && net && roi
      ? [voice.level(cost, "amount"), amount(net, voice), voice.lift(roi.value, roi.interval)]
      : []),
  ]);
}

const groupHead = (first: string, costed: boolean, voice: Voice) => [
  ...[first, voice.say("budget_units"), voice.say("budget_effect"), voice.say("budget_revenue")],
  ...(costed ? [voice.say("budget_cost"), voice.say("budget_net"), voice.say("budget_roi")] : []),
];

function tenthsSection(
  { treatment, tells, auuc, qini, deciles }: UpliftOfTreatment,
  { control, costed, level }: BudgetValues,
  voice: Voice,
): Section {
  const { slope, pValue } = tells;
  const facts = { slope: amount(slope, voice), interval: range(slope, voice), p: voice.p(pValue) };
  const head = groupHead(voice.say("budget_tenth"), costed, voice);
  return {
    title: voice.say("budget_tenths", { treatment, control }),
    sentences: [
      pValue < 1 - level ? voice.say("budget_told", facts) : voice.say("budget_untold", facts),
      voice.say("budget_area", {
        ...{ auuc: amount(auuc, voice), interval: range(auuc, voice) },
        ...{ qini: amount(qini, voice), above: range(qini, voice) },
      }),
    ],
    table: { head, align: `l${"r".repeat(head.length - 1)}`, rows: groupRows(deciles, costed, voice) },
  };
}

/** What a budget brings, by budget, by tenths of the units and by segment. */
export function budgetSections(budget: BudgetValues, voice: Voice): readonly Section[] {
  const { treatments, segments, costed } = budget;
  const head = groupHead(voice.say("budget_group"), costed, voice);
  const named = segments.map((each) => ({ ...each, name: `${each.name}, ${each.treatment}` }));
  return [
    curveSection(budget, voice),
    ...treatments.map((each) => tenthsSection(each, budget, voice)),
    ...(segments.length === 0
      ? []
      : [
          {
            ...{ title: voice.say("budget_groups"), sentences: [] },
            table: {
              ...{ head, align: `l${"r".repeat(head.length - 1)}` },
              rows: groupRows(named, costed, voice),
            },
          },
        ]),
  ];
}
