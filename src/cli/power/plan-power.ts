import type { Definition } from "../../core/definition.js";
import { lookRuleName, type Plan, type TestingMethod } from "../../core/plan.js";
import type { Past, PastTraffic } from "../../simulation/index.js";
import {
  type DecisionPlan,
  type DecisionSize,
  detectableLift,
  type PlannedMetric,
  powerForDecision,
  sampleSizeForDecision,
} from "../../stats/index.js";

/** A way to read results, beside which others are put. */
export interface ReadingPlan {
  readonly rule: "one-look" | TestingMethod;
  /** How often results are read at most; absent for any number. */
  readonly looks?: number;
  /** Whether it is the experiment file's own. */
  readonly own: boolean;
}

/** Units of all variants, and days where it is known how many come. */
export interface Needed {
  readonly units: number;
  readonly days?: number;
  /** Units that are used on average: less, where a look may end the test. */
  readonly expectedUnits: number;
}

/** What would save units, for the same effect. */
export interface Saving {
  readonly metric: string;
  readonly by: "covariates" | "cap" | "metric";
  /** Units with it over units without. */
  readonly times: number;
  /** Share of the variance that covariates explain. */
  readonly explained?: number;
  readonly cap?: number;
  /** The metric that needs fewer. */
  readonly other?: string;
}

/** What planning says; `essai.power/1` as JSON. */
export interface PowerPlan {
  readonly format: "essai.power/1";
  readonly experiment: string;
  readonly unit: string;
  readonly power: number;
  readonly level: number;
  readonly metrics: readonly PlannedMetric[];
  readonly traffic?: Pick<PastTraffic, "daily"> & Partial<PastTraffic>;
  /** Units for the effects that are supposed, by the experiment's own plan; absent where no goal is supposed to gain. */
  readonly size?: DecisionSize & {
    readonly variants: Readonly<Record<string, number>>;
    readonly units: number;
    readonly days?: number;
  };
  readonly plans: readonly ReadingPlan[];
  /** The goal whose effect is varied. */
  readonly goal: string;
  /** One row per effect; one entry per plan. */
  readonly effects: readonly { readonly lift: number; readonly plans: readonly Needed[] }[];
  /** Power by units, for the supposed effect, one entry per plan; absent where none is supposed. */
  readonly curve?: readonly {
    readonly units: number;
    readonly days?: number;
    readonly power: readonly number[];
  }[];
  /** What effect some days can show, one entry per plan; null where none. */
  readonly reverse?: {
    readonly days: number;
    readonly units: number;
    readonly lifts: readonly (number | null)[];
    /** A guardrail that so many units do not show to stay within its margin, whatever the effect. */
    readonly blocked?: string;
  };
  /** Whether the supposed effect is found within `most` days; absent where days are not known. */
  readonly worth?: { readonly days: number; readonly most: number; readonly starts: boolean };
  readonly savings: readonly Saving[];
}

/** Planning for an experiment: what is supposed, and what comes. */
export interface Supposed {
  readonly definition: Definition;
  readonly metrics: readonly PlannedMetric[];
  readonly decision: DecisionPlan;
  /** Share of each variant. */
  readonly shares: readonly (readonly [key: string, share: number])[];
  readonly ofControl: number;
  readonly traffic?: PowerPlan["traffic"];
  readonly days: number;
  readonly most: number;
  readonly past?: Past;
}

const usualLooks = 10;
const usualLifts = [0.01, 0.02, 0.05, 0.1, 0.2];
const around = [0.5, 0.75, 1, 1.5, 2];
const points = 13;

type Read = Pick<Plan, "looks" | "units" | "spending"> & { readonly method?: TestingMethod };

/** The experiment's own plan first, then one look, alpha spending and any number of looks, where they are others. */
function plansOf(
  { plan }: Definition,
  { method }: DecisionPlan,
): readonly { readonly shown: ReadingPlan; readonly read: Read }[] {
  const shownOf = (read: Read, own: boolean): ReadingPlan => {
    const rule = lookRuleName(read);
    const { looks } = read;
    const count = typeof looks === "number" ? looks : typeof looks === "object" ? looks.length : undefined;
    return { rule, own, ...(count === undefined ? {} : { looks: count }) };
  };
  const { looks, units, spending } = plan;
  const own: Read = {
    ...(looks === undefined ? { looks: 1 } : { looks }),
    ...(method ? { method } : {}),
    ...(units === undefined ? {} : { units }),
    ...(spending ? { spending } : {}),
  };
  const others: readonly Read[] = [{ looks: 1 }, { looks: usualLooks, units: 1 }, { looks: "any" }];
  const all = [
    ...(looks === undefined ? [] : [{ shown: shownOf(own, true), read: own }]),
    ...others.map((read) => ({ shown: shownOf(read, false), read })),
  ];
  return all.filter(({ shown }, at) => all.findIndex((each) => each.shown.rule === shown.rule) === at);
}

/** A decision read by a plan; always-valid readings are tuned where they end, unless the plan says where. */
function readBy(
  { method: _, ...decision }: DecisionPlan,
  { looks, method, units, spending }: Read,
): DecisionPlan {
  const rule = lookRuleName({
    ...(looks === undefined ? {} : { looks }),
    ...(method ? { method } : {}),
    ...(units === undefined ? {} : { units }),
  });
  return {
    ...decision,
    ...(looks === undefined ? {} : { looks }),
    ...(rule === "one-look" ? {} : { method: rule }),
    ...(spending ? { spending } : {}),
    units: units ?? "end",
  };
}

const withLift = (decision: DecisionPlan, key: string, lift: number): DecisionPlan => ({
  ...decision,
  metrics: decision.metrics.map((each) => (each.key === key ? { ...each, lift } : each)),
});

/** A gain so large that it is found in any test. */
function largeLift(goal: PlannedMetric | undefined): number {
  if (goal?.better === "lower") return -0.5;
  return goal?.variance === undefined ? Math.min(1, (1 / (goal?.baseline ?? 0.5) - 1) / 2) : 1;
}

/** What effect on a goal so many units can show, by every plan. */
function shownBy(
  { decision, ofControl }: Supposed,
  plans: ReturnType<typeof plansOf>,
  units: number,
  key: string,
): Pick<NonNullable<PowerPlan["reverse"]>, "lifts" | "blocked"> {
  const control = units * ofControl;
  const lifts = plans.map(({ read }) => detectableLift(readBy(decision, read), control, key));
  const [first] = plans;
  if (!lifts.includes(null) || !first) return { lifts };
  const goal = decision.metrics.find((each) => each.key === key);
  const { tests } = powerForDecision(readBy(withLift(decision, key, largeLift(goal)), first.read), control);
  const [open] = tests
    .filter(({ role }) => role === "guardrail")
    .sort((one, other) => one.power - other.power);
  return { lifts, ...(open && open.power < (decision.power ?? 0.8) + 0.1 ? { blocked: open.key } : {}) };
}

function savingsOf({ past, metrics, decision }: Supposed, lift: number): readonly Saving[] {
  if (!past) return [];
  const per = (metric: PlannedMetric, change: Partial<PlannedMetric>) => {
    const sign = metric.better === "lower" ? -1 : 1;
    const one = { ...metric, ...change, role: "goal", lift: sign * Math.abs(lift) } as const;
    const { margin: _, ...plain } = one;
    return sampleSizeForDecision({ metrics: [plain], power: decision.power ?? 0.8 }).exactControl;
  };
  const goals = metrics.filter(({ role }) => role === "goal");
  const own = goals.flatMap((metric): readonly Saving[] => {
    const known = past.metrics.find(({ key }) => key === metric.key);
    if (!known) return [];
    const { explained, capped } = known;
    return [
      ...(explained === undefined
        ? []
        : [{ metric: metric.key, by: "covariates" as const, times: 1 - explained, explained }]),
      ...(capped
        ? [
            {
              metric: metric.key,
              by: "cap" as const,
              cap: capped.cap,
              times: per(metric, { baseline: capped.baseline, variance: capped.variance }) / per(metric, {}),
            },
          ]
        : []),
    ];
  });
  const sized = goals
    .map((metric) => ({ key: metric.key, units: per(metric, {}) }))
    .sort((a, b) => a.units - b.units);
  const [least] = sized;
  const better = sized.slice(1).map(
    ({ key, units }): Saving => ({
      ...{ metric: key, by: "metric", times: (least?.units ?? units) / units },
      ...(least ? { other: least.key } : {}),
    }),
  );
  return [...own, ...better].filter(({ times, by }) => times < (by === "metric" ? 0.5 : 0.98));
}

/** @returns everything that planning says, as data */
export function planPower(supposed: Supposed): PowerPlan {
  const { definition, metrics, decision, shares, ofControl, traffic, days, most } = supposed;
  // Of all variants; where treatments have unequal shares, the smallest is planned for.
  const perControl = 1 / ofControl;
  const daysFor = (units: number) => (traffic ? { days: Math.ceil(units / traffic.daily) } : {});
  const plans = plansOf(definition, decision);
  const goals = metrics.filter(({ role }) => role === "goal");
  const moving = goals.find(({ lift = 0, better }) => (better === "lower" ? -lift : lift) > 0);
  const goal = moving ?? goals[0];
  const key = goal?.key ?? "";
  const sign = goal?.better === "lower" ? -1 : 1;
  const wanted = Math.abs(moving?.lift ?? 0);
  const rate = goal !== undefined && goal.variance === undefined;
  const possible = (lift: number) => lift > -1 && !(rate && goal.baseline * (1 + lift) >= 1);
  const lifts = (wanted > 0 ? around.map((each) => each * wanted) : usualLifts)
    .map((each) => sign * Number(each.toPrecision(6)))
    .filter(possible);
  const variantsOf = ({ exactControl }: DecisionSize) =>
    shares.map(([variant, share]) => [variant, Math.ceil((exactControl * share) / ofControl)] as const);
  const whole = (size: DecisionSize) => variantsOf(size).reduce((sum, [, count]) => sum + count, 0);
  const effects = lifts.map((lift) => ({
    lift,
    plans: plans.map(({ read }): Needed => {
      const asked = withLift(decision, key, lift);
      const size = sampleSizeForDecision(readBy(asked, read));
      const units = whole(size);
      const used = powerForDecision(readBy(asked, read), size.control);
      return { units, ...daysFor(units), expectedUnits: (units * used.expectedUnits) / used.units };
    }),
  }));
  const own = moving ? sampleSizeForDecision(decision) : undefined;
  const all = own ? whole(own) : 0;
  const asked = moving && withLift(decision, key, moving.lift ?? 0);
  const longest = Math.max(
    0,
    ...(effects.find(({ lift }) => lift === moving?.lift)?.plans ?? []).map(({ units }) => units),
  );
  const curve =
    asked &&
    Array.from({ length: points }, (_, i) => {
      const units = Math.max(perControl, Math.round((1.25 * longest * (i + 1)) / points));
      const power = plans.map(({ read }) => powerForDecision(readBy(asked, read), units / perControl).power);
      return { units, ...daysFor(units), power };
    });
  const inDays = traffic && Math.max(perControl, Math.floor(traffic.daily * days));
  const needed = own && traffic ? Math.ceil(all / traffic.daily) : undefined;
  const reverse =
    inDays === undefined ? undefined : { days, units: inDays, ...shownBy(supposed, plans, inDays, key) };
  return {
    format: "essai.power/1",
    experiment: definition.key,
    unit: definition.unit,
    ...{ power: decision.power ?? 0.8, level: decision.level ?? 0.95, metrics },
    ...(traffic ? { traffic } : {}),
    ...(own
      ? { size: { ...own, variants: Object.fromEntries(variantsOf(own)), units: all, ...daysFor(all) } }
      : {}),
    plans: plans.map(({ shown }) => shown),
    goal: key,
    effects,
    ...(curve ? { curve } : {}),
    ...(reverse ? { reverse } : {}),
    ...(needed === undefined ? {} : { worth: { days: needed, most, starts: needed <= most } }),
    savings: savingsOf(supposed, wanted || 0.05),
  };
}
