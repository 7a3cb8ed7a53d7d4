import { requireArray, requireNumber } from "../../errors/index.js";
import { requireKeys } from "../../shapes/index.js";
import { bracketedRoot } from "../numeric/bracketed-root.js";
import { boundariesOf } from "./boundaries.js";
import { type ReadPlan, readPlan, requireRising, type SequentialPlan } from "./plan.js";

/** What was seen at a look. */
export interface SeenLook {
  /** Of the planned information, > 0. */
  readonly fraction: number;
  readonly z: number;
}

/** The smallest error that is told: below it, it is 0 for every purpose. */
const SMALLEST = 1e-15;

/**
 * A p-value that holds at every look, whether the trial stopped or not: the smallest error at which the plan's boundaries,
 * spent the same way, would have been crossed by now. It never rises from look to look; at one look it is the plain one.
 * @param plan   spending and alternative are read; level plays no part, nor does futility
 * @param looks  so far, with fractions that rise, whatever the plan foresaw; beyond 1, all error is spent at 1
 * @returns in [1e-15, 1], relative error about 1e-9
 * @throws ExperimentError as `groupSequentialDesign` within ["plan"]; `missing_value`, `unknown_key`, `wrong_type`,
 *         `not_finite` or `out_of_range` within ["looks"]
 * @source Jennison & Turnbull (2000), ch. 9; Posch, Wassmer & Brannath (2008), Statistics in Medicine 27
 * @checked test/stats/group-sequential/stagewise.test.ts — inverts the boundaries
 * @example
 * const looks = [{ fraction: 0.5, z: 1.8 }, { fraction: 1, z: 2.2 }];
 * repeatedPValue({ looks: 2 }, looks); // 0.02816
 */
export function repeatedPValue(plan: SequentialPlan, looks: readonly SeenLook[]): number {
  const read = readPlan(plan);
  requireArray(looks, ["looks"]);
  looks.forEach((look, i) => {
    requireKeys(look, { fraction: true, z: true }, ["looks", i]);
    requireNumber(look.z, ["looks", i, "z"]);
  });
  const fractions = looks.map(({ fraction }) => fraction);
  requireNumber(fractions[0], ["looks", 0, "fraction"], { above: 0 });
  requireRising(fractions, ["looks"]);
  return smallestError(
    read,
    fractions,
    looks.map(({ z }) => distance(read, z)),
  );
}

/** How far z lies towards the alternative. */
const distance = ({ alternative }: ReadPlan, z: number): number =>
  alternative === "two-sided" ? Math.abs(z) : alternative === "less" ? -z : z;

function smallestError(plan: ReadPlan, fractions: readonly number[], far: readonly number[]): number {
  const sides = plan.alternative === "two-sided" ? 2 : 1;
  const { futility: _, ...rule } = plan;
  const critical = (log: number, count: number) =>
    boundariesOf({ ...rule, error: Math.exp(log) / sides }, fractions.slice(0, count), false, 0);
  let best = 0;
  far.forEach((z, i) => {
    // How far the boundary at this look is above z, for an error: it falls with the error.
    const excess = (log: number) => Math.max(critical(log, i + 1)[i]?.upper ?? 0, -10) - z;
    if (excess(best) > 0) return;
    const smallest = Math.log(SMALLEST);
    best = excess(smallest) <= 0 ? smallest : bracketedRoot(excess, smallest, best, 1e-11);
  });
  return Math.exp(best);
}
