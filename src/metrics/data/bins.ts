import type { BinnedColumn, ExposuresMapping, TableMapping } from "../../core/data-mapping.js";
import { calendarLevel } from "./calendar.js";
import { textOf } from "./parse.js";
import type { RowTable } from "./row-table.js";
import type { ValueProblems } from "./value-problems.js";

/** The level of what a binned dimension does not keep. */
export const otherLevel = "(other)";

/** A dimension whose levels are made from a column's values. */
export interface Bin extends BinnedColumn {
  /** Name of the column that is made. */
  readonly name: string;
}

type UnitMapping = TableMapping | ExposuresMapping;

/** @returns the level of each stretch of numbers, below the first edge, from each edge on: `< 12`, `12 – < 24`, `≥ 24` */
export function edgeLevels(edges: readonly number[]): readonly string[] {
  const between = edges.slice(1).map((edge, i) => `${edges[i]} – < ${edge}`);
  return [`< ${edges[0]}`, ...between, `≥ ${edges.at(-1)}`];
}

/**
 * @param asked  dimensions that are read
 * @param known  the table's columns
 * @returns the dimensions that are made from columns which exist, and the mapping with these as if they were columns
 */
export function binsOf<M extends UnitMapping>(
  mapping: M,
  asked: readonly string[],
  known: readonly string[],
): { readonly bins: readonly Bin[]; readonly mapping: M } {
  const { dimensions = [] } = mapping;
  if (isList(dimensions)) return { bins: [], mapping };
  const bins: Bin[] = [];
  const names = Object.entries(dimensions).map(([dimension, column]): [string, string] => {
    if (typeof column === "string") return [dimension, column];
    if (!column.edges && !column.keep && !column.by) return [dimension, column.column];
    const same = known.filter((each) => each.toLowerCase() === column.column.toLowerCase());
    if (!asked.includes(dimension) || same.length !== 1 || same[0] !== column.column)
      return [dimension, column.column];
    const name = `essai bin ${bins.length}`;
    bins.push({ ...column, name });
    return [dimension, name];
  });
  return { bins, mapping: { ...mapping, dimensions: Object.fromEntries(names) } };
}

const isList = (dimensions: NonNullable<UnitMapping["dimensions"]>): dimensions is readonly string[] =>
  Array.isArray(dimensions);

/** @returns the level of a number */
function levelOf(number: number, edges: readonly number[]): string {
  const at = edges.findIndex((edge) => number < edge);
  return edgeLevels(edges).at(at) ?? "";
}

/**
 * @param problems  receives what is not a number where edges ask for one, and what is not a time
 * @returns the table with a column for each binned dimension
 */
export function withBins(table: RowTable, bins: readonly Bin[], problems: ValueProblems): RowTable {
  if (bins.length === 0) return table;
  const byName = new Map(bins.map((bin) => [bin.name, bin]));
  const level = (bin: Bin | undefined, value: unknown, row: number): unknown => {
    if (!bin) return value;
    if (bin.keep) {
      const text = textOf(value);
      return text === "" || bin.keep.includes(text) ? text : otherLevel;
    }
    if (bin.by) {
      const time = problems.time(value, bin.column, row);
      return time === null ? null : calendarLevel(time, bin.by);
    }
    const number = problems.spelled(value, bin.column, row);
    return number === null || !Number.isFinite(number) ? null : levelOf(number, bin.edges ?? []);
  };
  return {
    columns: () => table.columns(),
    async *rows(columns) {
      const made = columns.map((name) => byName.get(name));
      let row = 0;
      for await (const batch of table.rows(columns.map((name, i) => made[i]?.column ?? name)))
        yield batch.map((cells) => {
          row++;
          return cells.map((value, i) => level(made[i], value, row));
        });
    },
  };
}
