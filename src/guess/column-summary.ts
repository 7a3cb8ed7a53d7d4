import { trimmed } from "../core/data-grammar.js";
import { missingBy, numberBy, readySpelling, type Spelling } from "../core/data-spelling.js";
import { microsecondsOf, numberOf, textOf } from "../metrics/data/index.js";

/** Levels that are counted one by one; a column with more is no dimension of cells. */
export const mostLevels = 10_000;

/** What the values of one column look like. */
export interface ColumnSummary {
  readonly name: string;
  /** Values that are there. */
  readonly present: number;
  /** How often each value occurs, in the order in which they were met; undefined with more than {@link mostLevels}. */
  readonly levels: ReadonlyMap<string, number> | undefined;
  /** Different values. */
  readonly distinct: number;
  /** Values that are numbers as they stand or as was declared, true and false as 1 and 0. */
  readonly numbers: number;
  readonly least: number;
  readonly most: number;
  /** How often the least and the most occur. */
  readonly atLeast: number;
  readonly atMost: number;
  /** The number next to the least, and next to the most. */
  readonly nextToLeast: number;
  readonly nextToMost: number;
  /** Whether every number is whole. */
  readonly whole: boolean;
  /** Values that are times, and not numbers. */
  readonly times: number;
  /** Texts that are neither number nor time, up to {@link mostLevels} of them, each with how often it occurs. */
  readonly texts: ReadonlyMap<string, number>;
  /** For each row the place of its level in `levels`, −1 where it is missing; undefined where `levels` is. */
  readonly codes: readonly number[] | undefined;
}

/** What a table's columns look like. */
export interface TableSummary {
  readonly rows: number;
  readonly columns: readonly ColumnSummary[];
}

class Extreme {
  value = Number.NaN;
  next = Number.NaN;
  times = 0;
  /** @param sign  1 for the largest, −1 for the smallest */
  constructor(readonly sign: 1 | -1) {}
  add(x: number): void {
    if (x === this.value) this.times++;
    else if (this.times === 0 || this.sign * x > this.sign * this.value) {
      this.next = this.value;
      this.value = x;
      this.times = 1;
    } else if (!(this.sign * x <= this.sign * this.next)) this.next = x;
  }
}

/**
 * Looks at a column.
 * @param values   one per row: text as it is in the file, or typed where the format is
 * @param declared  how its table is written
 */
export function summarizeColumn(
  name: string,
  values: readonly unknown[],
  declared: Spelling = {},
): ColumnSummary {
  const spelling = readySpelling(declared);
  const isMissing = spelling ? missingBy(spelling) : () => false;
  const written = spelling ? numberBy(spelling) : (value: unknown) => value;
  const levels = new Map<string, number>();
  const places = new Map<string, number>();
  const codes: number[] = [];
  const texts = new Map<string, number>();
  const different = new Set<string>();
  const [low, high] = [new Extreme(-1), new Extreme(1)];
  let [present, numbers, times] = [0, 0, 0];
  let whole = true;
  for (const value of values) {
    const text = textOf(value);
    if (trimmed(text) === "" || isMissing(value)) {
      codes.push(-1);
      continue;
    }
    present++;
    different.add(text);
    if (!places.has(text)) places.set(text, places.size);
    codes.push(places.get(text) ?? -1);
    if (levels.size <= mostLevels) levels.set(text, (levels.get(text) ?? 0) + 1);
    const number = numberOf(written(value));
    if (typeof number === "number" && Number.isFinite(number)) {
      numbers++;
      low.add(number);
      high.add(number);
      whole &&= Number.isInteger(number);
    } else if (typeof microsecondsOf(value) === "number") times++;
    else if (texts.has(text) || texts.size < mostLevels) texts.set(text, (texts.get(text) ?? 0) + 1);
  }
  const few = different.size <= mostLevels;
  return {
    ...{ name, present, distinct: different.size, numbers, whole, times, texts },
    ...{ least: low.value, atLeast: low.times, nextToLeast: low.next },
    ...{ most: high.value, atMost: high.times, nextToMost: high.next },
    levels: few ? levels : undefined,
    codes: few ? codes : undefined,
  };
}

/** Whether every value is 0 or 1, or true or false, and both occur. */
export const isBinary = ({ present, numbers, least, most, distinct, whole }: ColumnSummary): boolean =>
  numbers === present && least === 0 && most === 1 && whole && distinct >= 2;

/** Whether every value is a number, and more than two differ. */
export const isNumeric = (column: ColumnSummary): boolean =>
  column.present > 0 && column.numbers === column.present && !isBinary(column);
