import type { Moments } from "../core/moments.js";
import { stepShift, stepsPerLog, type TailPart, type TailPlan } from "../metrics/data/index.js";
import type { Dialect } from "./dialects/index.js";
import { type ResultRow, valueSql } from "./moments-sql.js";

/** What a query needs to group its units a second time, by how large a value is. */
export interface TailsSql {
  /** The relation with a column for each plan's steps. */
  from(relation: string): string;
  /** Items of the SELECT list. */
  readonly items: readonly string[];
  /** The GROUP BY clause's sets, as text. */
  groupBy(cells: readonly string[]): string;
  /** Whether a row is of a plan's steps, not of cells. */
  isStep(row: ResultRow): boolean;
  /**
   * @param found  the row's moments of every metric
   * @returns what a row says of a plan's steps; undefined for a row of cells
   */
  read(row: ResultRow, found: readonly Moments[]): Pick<TailPart, "plan" | "step" | "moments"> | undefined;
}

/**
 * Groups units by cells and, in the same pass, by the steps of each planned value, over all levels.
 * @param plans   values whose heaviest units are wanted; none leaves the query as it is
 * @param shared  columns that units of one variant and version agree in
 * @param dialect the engine's spelling
 */
export function tailsSql(plans: readonly TailPlan[], shared: readonly string[], dialect: Dialect): TailsSql {
  const list = (items: readonly string[]) => items.join(", ");
  const steps = plans.map(({ terms, cap }) => {
    const x = valueSql(terms, cap, dialect);
    const step = `floor(ln(${x}) * ${dialect.double(String(stepsPerLog))} + ${dialect.double(String(stepShift))})`;
    return `CASE WHEN ${x} > 0 THEN ${step} END`;
  });
  const planAt = (row: ResultRow) => plans.findIndex((_, i) => Number(row[`whole${i}`]) === 0);
  if (plans.length === 0)
    return {
      from: (relation) => relation,
      items: [],
      groupBy: list,
      isStep: () => false,
      read: () => undefined,
    };
  return {
    from: (relation) =>
      `(SELECT *, ${list(steps.map((step, i) => `${step} AS step${i}`))} FROM ${relation}) AS stepped`,
    items: plans.flatMap((_, i) => [`step${i}`, `GROUPING(step${i}) AS whole${i}`]),
    groupBy: (cells) =>
      `GROUPING SETS (${list([`(${list(cells)})`, ...plans.map((_, i) => `(${list([...shared, `step${i}`])})`)])})`,
    isStep: (row) => planAt(row) >= 0,
    read(row, found) {
      const at = planAt(row);
      const plan = plans[at];
      const moments = plan && found[plan.metricAt];
      if (!moments) return undefined;
      const step = row[`step${at}`];
      return {
        plan,
        step: step === null || step === undefined ? undefined : Number(step),
        moments,
      };
    },
  };
}
