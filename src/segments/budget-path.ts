import { byteAt, floatAt, placeAt } from "./number-at.js";

/** Steps of units from control to a treatment, and from one to a dearer one: those that bring most per amount first. */
export interface BudgetPath {
  readonly unit: Int32Array;
  /** Arms before and after; 0 is control. */
  readonly from: Uint8Array;
  readonly to: Uint8Array;
  /** What a step costs, > 0, and what it is expected to bring per amount, > 0. */
  readonly cost: Float64Array;
  readonly ratio: Float64Array;
}

/**
 * The order in which a budget is spent: each unit's treatments as a concave line of gains over costs, and of all units' pieces the
 * steepest first.
 * @param expected  by treatment, of each unit: gain over control, before costs
 * @param costs     of the treatments, over control's; > 0
 * @param units     places of the units that may be treated
 * @source Sverdrup, Wu, Athey & Wager (2025), Qini curves for multi-armed treatment rules, J. Comput. Graph. Stat. 34
 */
export function budgetPath(
  expected: readonly Float64Array[],
  costs: readonly number[],
  units: Int32Array,
): BudgetPath {
  const steps: { unit: number; from: number; to: number; cost: number; ratio: number }[] = [];
  for (const unit of units) {
    let [from, spent, gained] = [0, 0, 0];
    for (;;) {
      let [to, ratio] = [0, 0];
      costs.forEach((cost, k) => {
        if (cost <= spent) return;
        const own = (floatAt(expected[k] ?? new Float64Array(0), unit) - gained) / (cost - spent);
        if (own > ratio) [to, ratio] = [k + 1, own];
      });
      if (to === 0) break;
      const cost = (costs[to - 1] ?? 0) - spent;
      steps.push({ unit, from, to, cost, ratio });
      [from, spent] = [to, spent + cost];
      gained = expected[to - 1]?.[unit] ?? 0;
    }
  }
  steps.sort((a, b) => b.ratio - a.ratio || a.unit - b.unit);
  return {
    unit: Int32Array.from(steps, ({ unit }) => unit),
    from: Uint8Array.from(steps, ({ from }) => from),
    to: Uint8Array.from(steps, ({ to }) => to),
    cost: Float64Array.from(steps, ({ cost }) => cost),
    ratio: Float64Array.from(steps, ({ ratio }) => ratio),
  };
}

/**
 * What the first steps bring at some budgets, per unit.
 * @param gains    of each unit with each treatment over control, by arm; of control 0
 * @param weights  of each unit
 * @param budgets  rising, per unit
 */
export function gainsAt(
  { unit, from, to, cost }: BudgetPath,
  gains: readonly Float64Array[],
  { weights, total, budgets }: { weights: Float64Array; total: number; budgets: readonly number[] },
): Float64Array {
  const found = new Float64Array(budgets.length);
  let [spent, gained, next] = [0, 0, 0];
  for (let k = 0; k < unit.length && next < budgets.length; k++) {
    const i = placeAt(unit, k);
    const weight = floatAt(weights, i) / total;
    const own = gains[byteAt(to, k)];
    const before = gains[byteAt(from, k)];
    if (weight === 0 || !own || !before) continue;
    const price = weight * floatAt(cost, k);
    const more = weight * (floatAt(own, i) - floatAt(before, i));
    for (let at = budgets[next]; at !== undefined && spent + price >= at; at = budgets[++next])
      found[next] = gained + (more * (at - spent)) / price;
    spent += price;
    gained += more;
  }
  for (; next < budgets.length; next++) found[next] = gained;
  return found;
}

/** Which arm each unit is given for a budget: units in whole, so that no more is spent. */
export function armsAt(
  { unit, to, cost }: BudgetPath,
  n: number,
  budget: number,
): { readonly arms: Uint8Array; readonly spent: number } {
  const arms = new Uint8Array(n);
  let spent = 0;
  for (let k = 0; k < unit.length; k++) {
    const after = spent + floatAt(cost, k);
    if (after > budget * (1 + 1e-12)) break;
    spent = after;
    arms[placeAt(unit, k)] = byteAt(to, k);
  }
  return { arms, spent };
}
