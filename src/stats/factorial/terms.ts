import type { Level } from "../../core/definition.js";
import type { ScalarMoments } from "../../core/moments.js";
import {
  duplicate_key,
  ExperimentError,
  missing_value,
  nearName,
  requireArray,
  requireObject,
  too_few_levels,
  unknown_factor,
  unknown_name,
  wrong_type,
} from "../../errors/index.js";
import { requireUnits } from "../inference/check-arms.js";

/** A factor of a multivariate test and its levels, the first being the reference. */
export interface Factor {
  readonly name: string;
  readonly levels: readonly Level[];
}

/** Outcomes where every factor stood at a level. */
export interface FactorialCell {
  /** Level of each factor, by the factor's name. */
  readonly levels: Readonly<Record<string, Level>>;
  readonly moments: ScalarMoments;
}

/** One column of the design: an effect of a level, or of a combination of levels. */
export interface Column {
  /** Factors in it, e.g. ["headline", "image"]; none for the overall mean. */
  readonly factors: readonly string[];
  /** The levels it speaks of, one per factor. */
  readonly levels: readonly Level[];
  /** Its code in every cell. */
  readonly codes: readonly number[];
}

/** Effect codes: the reference level is −1 in every column of its factor, so that columns speak of the overall mean. */
function factorColumns(factor: Factor, cells: readonly FactorialCell[]): Column[] {
  return factor.levels.slice(1).map((level) => ({
    factors: [factor.name],
    levels: [level],
    codes: cells.map(({ levels }) => {
      const own = levels[factor.name];
      return own === level ? 1 : own === factor.levels[0] ? -1 : 0;
    }),
  }));
}

function checkFactor({ name, levels }: Factor, i: number): void {
  if (typeof name !== "string") {
    const entry = name === undefined ? { missing_value } : { wrong_type };
    throw new ExperimentError(entry, ["factors", i, "name"], name, { expected: { type: "text" } });
  }
  requireArray(levels, ["factors", i, "levels"]);
  if (levels.length < 2)
    throw new ExperimentError({ too_few_levels }, ["factors", i, "levels"], levels.length, {
      expected: { atLeast: 2 },
    });
  if (new Set(levels).size < levels.length)
    throw new ExperimentError({ duplicate_key }, ["factors", i, "levels"], levels.join(", "));
}

function checkCell({ levels }: FactorialCell, i: number, factors: readonly Factor[]): void {
  requireObject(levels, ["cells", i, "levels"]);
  const names = factors.map(({ name }) => name);
  for (const name of Object.keys(levels))
    if (!names.includes(name))
      throw new ExperimentError(
        { unknown_factor },
        ["cells", i, "levels", name],
        name,
        nearName(name, names),
      );
  for (const { name, levels: known } of factors) {
    const level = levels[name];
    if (known.includes(level as Level)) continue;
    const entry = level === undefined ? { missing_value } : { unknown_name };
    throw new ExperimentError(entry, ["cells", i, "levels", name], level, nearName(level, known.map(String)));
  }
}

/** Refuses factors and cells that do not belong together. */
export function checkDesign(factors: readonly Factor[], cells: readonly FactorialCell[]): void {
  requireArray(factors, ["factors"]);
  requireArray(cells, ["cells"]);
  requireUnits(factors.length, ["factors"], 1);
  requireUnits(cells.length, ["cells"], 1);
  const names = new Set<string>();
  factors.forEach((factor, i) => {
    requireObject(factor, ["factors", i]);
    checkFactor(factor, i);
    if (names.has(factor.name))
      throw new ExperimentError({ duplicate_key }, ["factors", i, "name"], factor.name);
    names.add(factor.name);
  });
  cells.forEach((cell, i) => {
    requireObject(cell, ["cells", i]);
    checkCell(cell, i, factors);
  });
}

/** The overall mean's column, then main effects, then interactions up to an order, lower orders first. */
export function designColumns(
  factors: readonly Factor[],
  cells: readonly FactorialCell[],
  order: number,
): Column[] {
  const mean: Column = { factors: [], levels: [], codes: cells.map(() => 1) };
  let all: Column[] = [mean];
  for (const factor of factors) {
    const own = factorColumns(factor, cells);
    const joint = all.flatMap((column) =>
      column.factors.length >= order
        ? []
        : own.map((each) => ({
            factors: [...column.factors, factor.name],
            levels: [...column.levels, each.levels[0] as Level],
            codes: column.codes.map((code, i) => code * (each.codes[i] as number)),
          })),
    );
    all = [...all, ...joint];
  }
  const position = (column: Column) =>
    column.factors.map((name) => factors.findIndex((f) => f.name === name));
  return all.sort((a, b) => {
    if (a.factors.length !== b.factors.length) return a.factors.length - b.factors.length;
    const [p, q] = [position(a), position(b)];
    const i = p.findIndex((value, at) => value !== q[at]);
    return i < 0 ? 0 : (p[i] as number) - (q[i] as number);
  });
}
