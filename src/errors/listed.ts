/** As many names as a sentence can list. */
const MOST = 12;

/**
 * @param known  names, in order
 * @param near   the one that must be among those listed
 * @param more   what is said of the others
 * @returns the first names with commas, and how many were left out
 */
export function listed(
  known: readonly string[],
  near: string | undefined,
  more: (count: number) => string,
): string {
  const first = known.slice(0, MOST);
  if (near !== undefined && !first.includes(near)) first[MOST - 1] = near;
  const left = known.length - first.length;
  return first.join(", ") + (left > 0 ? more(left) : "");
}
