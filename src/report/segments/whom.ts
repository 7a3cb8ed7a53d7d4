import type { BudgetValues, PolicyValues, SegmentDiscovery } from "../../segments/index.js";

/** Whom a treatment works for, told in a report: what `essai segments --json` prints. */
export interface Whom {
  readonly segments: SegmentDiscovery;
  /** Of `policyValues`: what everyone the same, today's rules, a bandit and the best tree are worth. */
  readonly values?: PolicyValues;
  /** Of `budgetValues`: what budgets bring. */
  readonly budget?: BudgetValues;
}
