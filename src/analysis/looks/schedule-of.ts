import type { Plan } from "../../core/plan.js";

/** @returns the fractions at which the plan looks; undefined where it does not count its looks */
export function scheduleOf({ looks }: Plan): readonly number[] | undefined {
  if (typeof looks !== "number") return looks === "any" ? undefined : looks;
  return Array.from({ length: looks }, (_, at) => (at + 1) / looks);
}
