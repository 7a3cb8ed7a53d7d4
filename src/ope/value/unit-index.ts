/** Rounds by unit: where each round's unit stands, and how many units there are. */
export interface UnitIndex {
  readonly of: Int32Array;
  readonly count: number;
}

/** @returns undefined where every round has a unit of its own */
export function unitIndex(units: ArrayLike<string | number> | undefined): UnitIndex | undefined {
  if (units === undefined) return undefined;
  const places = new Map<string | number, number>();
  const of = new Int32Array(units.length);
  for (let i = 0; i < units.length; i++) {
    const unit = units[i] as string | number;
    let place = places.get(unit);
    if (place === undefined) places.set(unit, (place = places.size));
    of[i] = place;
  }
  return places.size === units.length ? undefined : { of, count: places.size };
}

/** Sums of a column by unit; the column itself where every round has a unit of its own. */
export function sumsByUnit(column: Float64Array, units: UnitIndex | undefined): Float64Array {
  if (!units) return column;
  const sums = new Float64Array(units.count);
  for (let i = 0; i < column.length; i++) {
    const at = units.of[i] as number;
    sums[at] = (sums[at] as number) + (column[i] as number);
  }
  return sums;
}

/**
 * Standard error of a mean whose rounds have these centred influences.
 * @returns that of rounds, or of units where they have several rounds
 */
export function errorOfMean(influences: Float64Array, units: UnitIndex | undefined): number {
  const sums = sumsByUnit(influences, units);
  let squares = 0;
  for (const each of sums) squares += each * each;
  return Math.sqrt((squares * sums.length) / (sums.length - 1)) / influences.length;
}
