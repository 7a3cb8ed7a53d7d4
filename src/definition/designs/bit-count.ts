/**
 * The number of bits set.
 * @param bits  a non-negative integer below 2³¹
 * @returns the count
 */
export function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest > 0; rest &= rest - 1) count += 1;
  return count;
}
