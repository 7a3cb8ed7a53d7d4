import {
  analyze,
  banditReport,
  banditRun,
  type FindingKind,
  fromRows,
  type Report,
  type RuleName,
} from "../../src/analysis/index.js";
import { floor } from "../../src/bandits/index.js";
import type { Cell } from "../../src/core/cells.js";
import type { Definition } from "../../src/core/definition.js";
import type { MetricDefinition } from "../../src/core/metric-definition.js";
import { defineExperiment } from "../../src/definition/index.js";
import { madeRun, offers } from "../analysis/bandit-run/made-run.js";
import {
  amountCell,
  conversionCell,
  conversionMetric,
  madeDefinition,
  madeSource,
} from "../analysis/made-cells.js";
import { adaptiveReport, madeReport } from "./made-report.js";

/** A world in which something is true, and one in which it is not. */
export interface Worlds {
  readonly true: () => Promise<Report> | Report;
  readonly false: () => Promise<Report> | Report;
}

const channels = { dimensions: ["channel"] };

/** Two variants in some channels: units and conversions on each side. */
function byChannel(cells: Readonly<Record<string, readonly [number, number, number, number]>>) {
  return analyze({
    experiment: madeDefinition(),
    source: madeSource(
      Object.entries(cells).flatMap(([channel, [n, x, m, y]]) => [
        conversionCell("control", n, x, [channel]),
        conversionCell("treatment", m, y, [channel]),
      ]),
      channels,
    ),
    ...channels,
  });
}

const alike = () => byChannel({ mail: [5000, 500, 5000, 510], web: [5000, 500, 5000, 505] });

/** Metrics of 10,000 units a variant: conversions of control and of each treatment. */
export async function ofMetrics(
  metrics: readonly MetricDefinition[],
  hits: readonly (readonly number[])[],
  changes: Partial<Definition> = {},
): Promise<Report> {
  const variants = ["control", "b", "c"].slice(0, hits[0]?.length);
  const cells: Cell[] = variants.map((variant, at) => {
    const parts = hits.map((each) => conversionCell(variant, 10000, each[at] as number));
    return { ...(parts[0] as Cell), moments: parts.flatMap(({ moments }) => moments) };
  });
  const experiment = madeDefinition(variants, { metrics, ...changes });
  return analyze({ experiment, source: madeSource(cells, { metrics: metrics.map(({ key }) => key) }) });
}

const unstated = { plan: { level: 0.95, macro: "holm", micro: "benjamini-hochberg" } };
const givingUp = { plan: { ...unstated.plan, looks: 4, units: 40_000, futility: {} } };
const goal = conversionMetric("order", "goal");
const complaint = conversionMetric("complaint", "goal", { better: "lower" });
const worthTen = conversionMetric("order", "goal", { smallest: 0.1 });
const open = conversionMetric("unsubscribe", "guardrail", { better: "lower" });
const bounded = conversionMetric("unsubscribe", "guardrail", { better: "lower", margin: 0.2 });

const broken = () =>
  analyze({
    experiment: madeDefinition(),
    source: madeSource([conversionCell("control", 5000, 500), conversionCell("treatment", 5500, 700)]),
  });

const onePerSide = () =>
  analyze({
    experiment: madeDefinition(),
    source: madeSource([conversionCell("control", 1, 0), conversionCell("treatment", 1, 1)]),
  });

const twoVersions = () =>
  analyze({
    experiment: madeDefinition(),
    source: madeSource([
      conversionCell("control", 900, 270, [], 1),
      conversionCell("treatment", 100, 32, [], 1),
      conversionCell("control", 100, 5, [], 2),
      conversionCell("treatment", 900, 63, [], 2),
    ]),
  });

const withRule = () =>
  analyze({
    experiment: madeDefinition(["control", "treatment"], {
      rules: [
        {
          key: "hunters",
          when: { attribute: "country", eq: "FR" },
          variant: "treatment",
          holdback: 0.2,
        } as never,
      ],
    }),
    source: madeSource(
      [
        conversionCell("control", 10000, 1000, ["(missing)", "(missing)"]),
        conversionCell("treatment", 10000, 1000, ["(missing)", "(missing)"]),
        conversionCell("control", 1000, 200, ["hunters", "true"]),
        conversionCell("treatment", 1000, 300, ["hunters", "true"]),
        conversionCell("treatment", 8000, 2400, ["hunters", "false"]),
      ],
      { dimensions: ["rule", "heldBack"] },
    ),
  });

/** Spend of 200 units per variant; the last of the treatment spends `last`. */
export const oneSpender = (last: number, shift = 0.185, changes: Partial<Definition> = {}) => {
  const around = (mean: number, n: number) => Array.from({ length: n }, (_, i) => mean + (i % 2 ? 1 : -1));
  return analyze({
    experiment: madeDefinition(["control", "treatment"], {
      metrics: [{ key: "spend", type: "mean", role: "goal" }],
      ...changes,
    }),
    source: madeSource(
      [amountCell("control", around(10, 200)), amountCell("treatment", [...around(10 + shift, 199), last])],
      { metrics: ["spend"] },
    ),
  });
};

/** Clicks of 4,000 units per variant, 0 to 6 of most; of so many on each side a hundred times as many. */
export const machineRows = (machines: readonly [control: number, treatment: number], more = 0) =>
  (["control", "treatment"] as const).flatMap((variant, side) =>
    Array.from({ length: 4_000 }, (_, i) => ({
      variant,
      channel: i % 3 ? "web" : "mail",
      clicks:
        i < (machines[side] ?? 0) ? 300 + i : [0, 0, 1, 3, 6][i % 5]! + (side && i % 100 < more ? 1 : 0),
    })),
  );

export const machines = (counts: readonly [control: number, treatment: number], more = 0) =>
  analyze({
    experiment: madeDefinition(["control", "treatment"], {
      metrics: [{ key: "clicks", type: "count", role: "goal" }],
    }),
    source: fromRows(machineRows(counts, more), { variant: "variant" }),
  });

const mixed = () => byChannel({ mail: [1000, 50, 9000, 630], web: [9000, 2700, 1000, 320] });

const run = madeRun({
  truth: (arm) => (arm === "gift" ? 0.4 : 0.15),
  options: { constraints: [floor({ share: 0.05 })] },
  rounds: 600,
  seed: 5,
});
const learned = () => banditReport(offers, banditRun({ experiment: offers, log: run.log, state: run.state }));
const unexplained = () => banditReport(offers, banditRun({ experiment: offers, log: run.log }));
const tampered = () => {
  const log = run.log.filter(({ decision }, i) => decision.action.variant !== "gift" || i % 3 === 0);
  return banditReport(offers, banditRun({ experiment: offers, log }));
};
const withoutVectors = () => {
  const log = run.log.map(({ decision: { probabilities: _, ...decision }, reward }) => ({
    decision,
    reward,
  }));
  return banditReport(offers, banditRun({ experiment: offers, log }));
};

/** Two factors of two levels, 2,000 customers a combination; the picture helps. */
const multivariate = () =>
  analyze({
    experiment: defineExperiment({
      ...{ key: "landing", unit: "customer", plan: { looks: 1 } },
      factors: { image: ["photo", "video"], button: ["buy", "try"] },
      metrics: [{ key: "order", type: "conversion", role: "goal" }],
    }),
    source: fromRows(
      Array.from({ length: 8_000 }, (_, i) => {
        const image = i % 2 ? "video" : "photo";
        const variant = `button=${i % 4 < 2 ? "buy" : "try"},image=${image}`;
        return { variant, order: (i * 7919) % 1000 < (image === "video" ? 150 : 100) ? 1 : 0 };
      }),
      { variant: "variant" },
    ),
  });

/** Clicks by the number of messages: 10% up to the fifth, then 5%, whatever the variant. */
const tiring = (from = 6) =>
  analyze({
    experiment: madeDefinition(),
    source: fromRows(
      Array.from({ length: 32_000 }, (_, i) => {
        const touch = 1 + (i % 8);
        const order = (i * 7919) % 1000 < (touch < from ? 100 : 50) ? 1 : 0;
        return { variant: (i >> 3) % 2 ? "treatment" : "control", touch, order };
      }),
      { variant: "variant", dimensions: { touch: { column: "touch", ordered: true } } },
    ),
    dimensions: ["touch"],
  });

/** Everyone answers to the treatment but push, whose conversions are the same on both sides. */
const ignored = () =>
  byChannel({
    mail: [20000, 2000, 20000, 3000],
    web: [20000, 2000, 20000, 3000],
    push: [20000, 2000, 20000, 2005],
  });

/** Purchases of 1,000 customers per variant: every tenth, or every fifth buys, once or twice, for about 20 each. */
const explained = () =>
  analyze({
    experiment: madeDefinition(["control", "treatment"], {
      metrics: [
        { key: "revenue", type: "mean", role: "goal", reasons: ["buyers", "orders"] } as MetricDefinition,
        { key: "buyers", type: "conversion", role: "diagnostic" },
        { key: "orders", type: "count", role: "diagnostic" },
      ],
    }),
    source: fromRows(
      (["control", "treatment"] as const).flatMap((variant, side) =>
        Array.from({ length: 1_000 }, (_, i) => {
          const orders = i % (side === 0 ? 10 : 5) === 0 ? 1 + (i % 3 === 0 ? 1 : 0) : 0;
          return { variant, buyers: orders > 0 ? 1 : 0, orders, revenue: orders * (15 + (i % 11)) };
        }),
      ),
      { variant: "variant" },
    ),
  });

/** Everyone buys on most days; the new variant adds buyers on the first days only. */
function wearingOff(more: number) {
  const users = Array.from({ length: 900 }, (_, i) => ({
    user: `u${i}`,
    variant: i % 2 ? "treatment" : "control",
  }));
  const at = (day: number) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString();
  return analyze({
    experiment: madeDefinition(["control", "treatment"], { metrics: [conversionMetric("order", "goal")] }),
    source: fromRows(
      {
        exposures: users.map((each) => ({ ...each, at: at(0) })),
        events: users.flatMap(({ user, variant }, i) =>
          [0, 1, 2, 3, 4, 5, 6, 7, 8].flatMap((day) =>
            (i * 7 + day * 3) % 20 < 5 + (variant === "treatment" && day < 3 ? more : 0)
              ? [{ user, event: "order", at: at(day) }]
              : [],
          ),
        ),
      },
      {
        exposures: { unit: "user", variant: "variant", at: "at" },
        events: { unit: "user", event: "event", at: "at" },
        ...{ time: { days: 9 }, until: at(9) },
      },
    ),
  });
}

/** For each kind of finding a world in which it holds, and one in which it does not. */
export const findingWorlds: Readonly<Record<FindingKind, Worlds>> = {
  srm: { true: broken, false: alike },
  adaptive: { true: adaptiveReport, false: alike },
  versions: { true: twoVersions, false: alike },
  macro: { true: alike, false: learned },
  guardrail: {
    true: () =>
      ofMetrics(
        [goal, open],
        [
          [1000, 1300],
          [100, 200],
        ],
      ),
    false: alike,
  },
  factors: { true: multivariate, false: alike },
  reasons: { true: explained, false: alike },
  rule: { true: withRule, false: alike },
  influence: { true: () => oneSpender(19.5), false: () => oneSpender(11) },
  heaviest: { true: () => machines([0, 10]), false: () => machines([0, 0], 20) },
  simpson: { true: mixed, false: alike },
  between: { true: madeReport, false: alike },
  between_not_shown: { true: alike, false: madeReport },
  micro: { true: madeReport, false: alike },
  ignores: { true: ignored, false: alike },
  over_time: { true: () => wearingOff(4), false: () => wearingOff(0) },
  trend: { true: () => tiring(), false: () => tiring(9) },
  excluded: { true: madeReport, false: alike },
  served: { true: learned, false: alike },
  gain: { true: learned, false: alike },
  belief: { true: learned, false: unexplained },
};

/** For each rule a world in which it is followed, and one in which another is. */
export const ruleWorlds: Readonly<Record<RuleName, Worlds>> = {
  propensities: { true: tampered, false: learned },
  srm: { true: broken, false: alike },
  bandit: { true: learned, false: tampered },
  adaptive: { true: adaptiveReport, false: alike },
  no_goal: {
    true: () => ofMetrics([conversionMetric("order", "diagnostic")], [[1000, 1300]]),
    false: alike,
  },
  guardrail_harmed: {
    true: () =>
      ofMetrics(
        [goal, open],
        [
          [1000, 1300],
          [100, 200],
        ],
      ),
    false: () =>
      ofMetrics(
        [goal, open],
        [
          [1000, 1300],
          [100, 110],
        ],
      ),
  },
  goals_conflict: {
    true: () =>
      ofMetrics(
        [goal, complaint],
        [
          [1000, 1300],
          [1000, 1300],
        ],
      ),
    false: () =>
      ofMetrics(
        [goal, complaint],
        [
          [1000, 1300],
          [1300, 1000],
        ],
      ),
  },
  goal_worse: {
    true: () => ofMetrics([goal], [[1300, 1000]]),
    false: () => ofMetrics([goal], [[1000, 1300]]),
  },
  no_estimate: { true: onePerSide, false: alike },
  one_unit: { true: () => oneSpender(19.5), false: () => oneSpender(11) },
  few_units: { true: () => machines([0, 10]), false: () => machines([10, 10], 20) },
  reversed: {
    // Mixes that differ by no more than chance allows, and turn what is shown all the same.
    true: () => byChannel({ mail: [120, 12, 80, 6], web: [80, 72, 120, 105] }),
    false: alike,
  },
  no_effect_left: {
    true: () => ofMetrics([worthTen], [[5000, 5010]]),
    false: () => ofMetrics([worthTen], [[500, 501]]),
  },
  futile: {
    true: () => ofMetrics([goal], [[1000, 1000]], givingUp),
    false: () => ofMetrics([goal], [[1000, 1060]], givingUp),
  },
  one_look_ships: {
    true: () => ofMetrics([goal], [[1000, 1100]], unstated),
    false: () => ofMetrics([goal], [[1000, 1300]], unstated),
  },
  one_look_stops: {
    true: () => ofMetrics([goal], [[1100, 1000]], unstated),
    false: () => ofMetrics([goal], [[1300, 1000]], unstated),
  },
  not_shown_yet: { true: alike, false: () => ofMetrics([goal], [[1000, 1300]]) },
  guardrail_without_estimate: {
    true: () =>
      ofMetrics(
        [goal, bounded],
        [
          [1000, 1300],
          [0, 0],
        ],
      ),
    false: () =>
      ofMetrics(
        [goal, bounded],
        [
          [1000, 1300],
          [4000, 4050],
        ],
      ),
  },
  guardrail_open: {
    true: () =>
      ofMetrics(
        [goal, bounded],
        [
          [1000, 1300],
          [100, 105],
        ],
      ),
    false: () =>
      ofMetrics(
        [goal, bounded],
        [
          [1000, 1300],
          [4000, 4050],
        ],
      ),
  },
  goal_better: {
    true: () => ofMetrics([goal], [[1000, 1200, 1400]]),
    false: () => ofMetrics([goal], [[1000, 1030]]),
  },
};

/** Every world, once, by name: what formats and languages have to tell. */
/** Spending that follows what customers spent before, and a covariate that the treatment moved. */
function adjusted(): Promise<Report> {
  const rows = Array.from({ length: 1200 }, (_, i) => {
    const treated = i % 2 === 1;
    const before = (i * 37) % 101;
    return {
      variant: treated ? "treatment" : "control",
      channel: i % 3 === 0 ? "mail" : "web",
      before: i % 50 === 0 ? null : before,
      opened: treated ? before : before / 2,
      spend: 20 + before + ((i * 53) % 29) + (treated ? 2 : 0),
      rare: i % 60 < 2 ? 1 : 0,
    };
  });
  const metrics = [
    { key: "spend", type: "mean", role: "goal", covariates: [{ column: "before" }] },
    { key: "again", type: "mean", role: "goal", column: "spend", covariates: [{ column: "opened" }] },
    { key: "rare", type: "conversion", role: "diagnostic", covariates: [{ column: "before" }] },
  ] as unknown as MetricDefinition[];
  return analyze({
    experiment: madeDefinition(["control", "treatment"], { metrics }),
    source: fromRows(rows, { variant: "variant", dimensions: ["channel"] }),
    ...channels,
  });
}

export const worlds: Readonly<Record<string, () => Promise<Report> | Report>> = {
  ...Object.fromEntries(Object.entries(findingWorlds).map(([kind, each]) => [`finding ${kind}`, each.true])),
  ...Object.fromEntries(Object.entries(ruleWorlds).map(([rule, each]) => [`rule ${rule}`, each.true])),
  "a bandit without recorded vectors": withoutVectors,
  "variants close to each other": () => ofMetrics([goal], [[1000, 1390, 1400]]),
  "rare events": () =>
    ofMetrics(
      [goal, open],
      [
        [4, 30],
        [0, 3],
      ],
    ),
  "a guardrail that holds": () =>
    ofMetrics(
      [goal, bounded],
      [
        [1000, 1300],
        [4000, 4050],
      ],
    ),
  "covariates that are worth it, were moved, or adjust too little": adjusted,
  "a single unit in a cell": () => byChannel({ mail: [5000, 500, 5000, 650], kiosk: [1, 1, 1, 0] }),
};
