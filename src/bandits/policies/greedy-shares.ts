/** All probability on the largest index, shared equally among ties. */
export function greedyShares(indices: readonly number[]): number[] {
  const top = Math.max(...indices);
  const ties = indices.filter((index) => index === top).length;
  return indices.map((index) => (index === top ? 1 / ties : 0));
}
