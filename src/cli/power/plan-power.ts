import type { Definition } from "../../core/definition.js";
import { lookRuleName, type Plan, type TestingMethod } from "../../core/plan.js";
import type { Past, PastTraffic } from "../../simulation/index.js";
import {
  type BelievedSize,
  type DecisionPlan,
  type DecisionSize,
  detectableLift,
  type PlannedMetric,
  powerForDecision,
  sampleSizeForDecision,
} from "../../stats/index.js";
import { type Believes, believedSize, believingWay } from "./believing-way.js";
import { unitsUsed } from "./units-used.js";
import type { Needed, ReadingPlan, Way } from "./way.js";

/** What a plan that decides by beliefs does with the units that it needs. */
export interface BelievedPlan extends Omit<BelievedSize, "control" | "treatment">, Believes {
  readonly variants: Readonly<Record<string, number>>;
  readonly days?: number;
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
    /** Units that are used on average, where it is as supposed and where the treatment changes nothing. */
    readonly expectedUnits: number;
    readonly expectedUnitsWithoutEffect: number;
  };
  /**
   * Of a plan that decides by beliefs, in place of `size`; null where no size is enough for what is supposed, absent where nothing
   * is.
   */
  readonly believed?: BelievedPlan | null;
  readonly plans: readonly ReadingPlan[];
  /** The goal whose effect is varied. */
  readonly goal: string;
  /** One row per effect; one entry per plan, null where no size is enough. */
  readonly effects: readonly { readonly lift: number; readonly plans: readonly (Needed | null)[] }[];
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
  /** Where the experiment's own plan decides by beliefs; `decision` is what it is put beside. */
  readonly believes?: Believes;
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

type Read = Pick<Plan, "looks" | "units" | "spending"> & {
  readonly futility?: DecisionPlan["futility"];
  readonly method?: TestingMethod;
};

/** The experiment's own plan first, then one look, alpha spending and any number of looks, where they are others. */
function plansOf(
  { plan }: Definition,
  { method, futility }: DecisionPlan,
  believes: Believes | undefined,
): readonly { readonly shown: ReadingPlan; readonly read: Read }[] {
  const shownOf = (read: Read, own: boolean): ReadingPlan => {
    const rule = lookRuleName(read);
    const { looks } = read;
    const count = typeof looks === "number" ? looks : typeof looks === "object" ? looks.length : undefined;
    const futility = read.futility && (read.futility.binding ? "binding" : "free");
    return { rule, own, ...(count === undefined ? {} : { looks: count }), ...(futility ? { futility } : {}) };
  };
  const { looks, units, spending } = plan;
  const own: Read = {
    ...(looks === undefined ? { looks: 1 } : { looks }),
    ...(method ? { method } : {}),
    ...(units === undefined ? {} : { units }),
    ...(spending ? { spending } : {}),
    ...(futility ? { futility } : {}),
  };
  const others: readonly Read[] = [{ looks: 1 }, { looks: usualLooks, units: 1 }, { looks: "any" }];
  const all = [
    ...(looks === undefined || believes ? [] : [{ shown: shownOf(own, true), read: own }]),
    ...others.map((read) => ({ shown: shownOf(read, false), read })),
  ];
  const same = (one: ReadingPlan, other: ReadingPlan) =>
    one.rule === other.rule && one.futility === other.futility;
  return all.filter(({ shown }, at) => all.findIndex((each) => same(each.shown, shown)) === at);
}

/** A decision read by a plan; always-valid readings are tuned where they end, unless the plan says where. */
function readBy(
  { method: _, futility: __, ...decision }: DecisionPlan,
  { looks, method, units, spending, futility }: Read,
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
    ...(futility ? { futility } : {}),
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

/** A way that tests. */
function testingWay(
  { decision, ofControl, shares }: Supposed,
  { shown, read }: ReturnType<typeof plansOf>[number],
  key: string,
): Way {
  const asked = (lift: number) => readBy(withLift(decision, key, lift), read);
  return {
    shown,
    needs(lift) {
      const size = sampleSizeForDecision(asked(lift));
      const units = wholeOf(shares, ofControl, size.exactControl);
      return { units, ...unitsUsed(asked(lift), size.control, units) };
    },
    power: (lift, units) => powerForDecision(asked(lift), units * ofControl).power,
    shows: (units) => detectableLift(readBy(decision, read), units * ofControl, key),
  };
}

/** Whole units of every variant. */
const variantsOf = (shares: Supposed["shares"], ofControl: number, control: number) =>
  shares.map(([variant, share]) => [variant, Math.ceil((control * share) / ofControl)] as const);
const wholeOf = (shares: Supposed["shares"], ofControl: number, control: number) =>
  variantsOf(shares, ofControl, control).reduce((sum, [, count]) => sum + count, 0);

/** What the experiment's own plan by beliefs does with what it needs; null where no size is enough. */
function believedPlan(supposed: Supposed, believes: Believes): BelievedPlan | null {
  const size = believedSize(supposed, believes);
  if (!size) return null;
  const { control, treatment: _, ...found } = size;
  const { shares, ofControl } = supposed;
  return {
    ...found,
    ...believes,
    units: wholeOf(shares, ofControl, control),
    variants: Object.fromEntries(variantsOf(shares, ofControl, control)),
  };
}

/** A guardrail that so many units do not show to stay within its margin, whatever the effect. */
function blockedBy(
  { decision, ofControl }: Supposed,
  plans: ReturnType<typeof plansOf>,
  units: number,
  key: string,
): Pick<NonNullable<PowerPlan["reverse"]>, "blocked"> {
  const [first] = plans;
  if (!first) return {};
  const goal = decision.metrics.find((each) => each.key === key);
  const asked = readBy(withLift(decision, key, largeLift(goal)), first.read);
  const [open] = powerForDecision(asked, units * ofControl)
    .tests.filter(({ role }) => role === "guardrail")
    .sort((one, other) => one.power - other.power);
  return open && open.power < (decision.power ?? 0.8) + 0.1 ? { blocked: open.key } : {};
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
  const { definition, metrics, decision, believes, shares, ofControl, traffic, days, most } = supposed;
  // Of all variants; where treatments have unequal shares, the smallest is planned for.
  const perControl = 1 / ofControl;
  const daysFor = (units: number) => (traffic ? { days: Math.ceil(units / traffic.daily) } : {});
  const plans = plansOf(definition, decision, believes);
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
  const ways: readonly Way[] = [
    ...(believes ? [believingWay(supposed, believes, key)] : []),
    ...plans.map((each) => testingWay(supposed, each, key)),
  ];
  const effects = lifts.map((lift) => ({
    lift,
    plans: ways.map((way): Needed | null => {
      const needed = way.needs(lift);
      return needed && { ...needed, ...daysFor(needed.units) };
    }),
  }));
  const own = moving && !believes ? sampleSizeForDecision(decision) : undefined;
  const believed = moving && believes ? believedPlan(supposed, believes) : undefined;
  const all = own ? wholeOf(shares, ofControl, own.exactControl) : believed?.units;
  const longest = Math.max(
    0,
    ...(effects.find(({ lift }) => lift === moving?.lift)?.plans ?? []).map((each) => each?.units ?? 0),
  );
  const curve =
    moving &&
    Array.from({ length: points }, (_, i) => {
      const units = Math.max(perControl, Math.round((1.25 * longest * (i + 1)) / points));
      return { units, ...daysFor(units), power: ways.map((way) => way.power(moving.lift ?? 0, units)) };
    });
  const inDays = traffic && Math.max(perControl, Math.floor(traffic.daily * days));
  const needed = all !== undefined && traffic ? Math.ceil(all / traffic.daily) : undefined;
  const shown = inDays === undefined ? [] : ways.map((way) => way.shows(inDays));
  const reverse =
    inDays === undefined
      ? undefined
      : {
          ...{ days, units: inDays, lifts: shown },
          ...(shown.includes(null) ? blockedBy(supposed, plans, inDays, key) : {}),
        };
  return {
    format: "essai.power/1",
    experiment: definition.key,
    unit: definition.unit,
    ...{ power: decision.power ?? 0.8, level: decision.level ?? 0.95, metrics },
    ...(traffic ? { traffic } : {}),
    ...(own && all !== undefined
      ? {
          size: {
            ...own,
            variants: Object.fromEntries(variantsOf(shares, ofControl, own.exactControl)),
            ...{ units: all, ...daysFor(all) },
            ...unitsUsed(decision, own.exactControl, all),
          },
        }
      : {}),
    ...(believed === undefined ? {} : { believed: believed && { ...believed, ...daysFor(believed.units) } }),
    plans: ways.map((way) => way.shown),
    goal: key,
    effects,
    ...(curve ? { curve } : {}),
    ...(reverse ? { reverse } : {}),
    ...(needed === undefined ? {} : { worth: { days: needed, most, starts: needed <= most } }),
    savings: savingsOf(supposed, wanted || 0.05),
  };
}
