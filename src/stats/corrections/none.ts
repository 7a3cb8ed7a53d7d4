/**
 * No correction: the p-values as they are.
 * @param pValues  p-values in [0, 1], any order
 * @returns a copy
 */
export function none(pValues: readonly number[]): number[] {
  return [...pValues];
}
