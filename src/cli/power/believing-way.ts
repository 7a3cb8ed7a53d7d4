import type { Plan } from "../../core/plan.js";
import {
  type BeliefPlan,
  type BelievedSize,
  type DecisionPlan,
  powerForBeliefs,
  sizeForBeliefs,
} from "../../stats/index.js";
import type { Way } from "./way.js";

/** What a plan that decides by beliefs states. */
export interface Believes {
  readonly prior: NonNullable<Plan["prior"]>;
  readonly loss: number;
  readonly looks?: NonNullable<Plan["looks"]>;
}

/** What is decided, and the control's share of the units. */
interface Asked {
  readonly decision: DecisionPlan;
  readonly ofControl: number;
}

/** Simulated tests of what is told, and of every size that is tried on the way to a table. */
const [told, tried] = [4000, 2000];
const seed = "essai power";
/** The largest gain that is looked for, and how near the smallest one is found. */
const [largest, near] = [1, 1.005];

function planOf(
  { metrics, treatments, level, strict, power, ratio }: DecisionPlan,
  believes: Believes,
): BeliefPlan {
  return {
    ...{ metrics, ...believes },
    looks: believes.looks ?? "any",
    ...(treatments === undefined ? {} : { treatments }),
    ...(level === undefined ? {} : { level }),
    ...(strict === undefined ? {} : { strict }),
    ...(power === undefined ? {} : { power }),
    ...(ratio === undefined ? {} : { ratio }),
  };
}

/** @returns what the plan needs for what is supposed; null where no size is enough */
export const believedSize = (
  { decision }: Pick<Asked, "decision">,
  believes: Believes,
): BelievedSize | null => sizeForBeliefs(planOf(decision, believes), { seed, runs: told });

/** The experiment's own way to read results, where it decides by beliefs. */
export function believingWay({ decision, ofControl }: Asked, believes: Believes, key: string): Way {
  const asked = (lift: number): BeliefPlan =>
    planOf(
      {
        ...decision,
        metrics: decision.metrics.map((each) => (each.key === key ? { ...each, lift } : each)),
      },
      believes,
    );
  const options = { seed, runs: tried };
  const power = (lift: number, units: number) =>
    powerForBeliefs(asked(lift), units * ofControl, options).supposed.ship;
  const { looks } = believes;
  const count = typeof looks === "number" ? looks : typeof looks === "object" ? looks.length : undefined;
  const goal = decision.metrics.find((each) => each.key === key);
  const sign = goal?.better === "lower" ? -1 : 1;
  return {
    shown: { rule: "bayes", own: true, ...(count === undefined ? {} : { looks: count }) },
    needs(lift) {
      const size = sizeForBeliefs(asked(lift), options);
      if (!size) return null;
      const perControl = size.units / size.control;
      return { units: Math.ceil(size.control * perControl), expectedUnits: size.supposed.expectedUnits };
    },
    power,
    shows(units) {
      const most =
        sign > 0 && goal && goal.variance === undefined ? Math.min(largest, 1 / goal.baseline - 1) : largest;
      const enough = (size: number) => power(sign * size, units) >= (decision.power ?? 0.8);
      let [low, high] = [1e-4, 0.999 * most];
      if (!enough(high)) return null;
      while (high > near * low) {
        const middle = Math.sqrt(low * high);
        if (enough(middle)) high = middle;
        else low = middle;
      }
      return sign * high;
    },
  };
}
