import { type DecisionPlan, powerForDecision } from "../../stats/index.js";

/**
 * Units that are used on average, where all is as supposed and where the treatment changes nothing.
 * @param control  units of the control at the planned end
 * @param all      units of all variants there, whole ones
 */
export function unitsUsed(decision: DecisionPlan, control: number, all: number) {
  const used = powerForDecision(decision, control);
  const share = all / used.units;
  return {
    expectedUnits: share * used.expectedUnits,
    expectedUnitsWithoutEffect: share * used.expectedUnitsWithoutEffect,
  };
}
