import type { Evidence } from "../../analysis/index.js";
import type { RuleFacts, Voice } from "./language.js";

/** @returns the metrics of a role with an outcome, each with its lift: `visit +72.1%, spend +12.0%` */
export function evidenceList(
  { verdict }: RuleFacts,
  role: Evidence["role"],
  outcome: Evidence["outcome"],
  voice: Voice,
): string {
  return (verdict?.evidence ?? [])
    .filter((each) => each.role === role && each.outcome === outcome)
    .map(({ metric, lift }) => (lift.value === undefined ? metric : `${metric} ${voice.lift(lift.value)}`))
    .join(", ");
}
