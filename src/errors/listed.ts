/** As many names as a sentence can list. */
export const MOST_LISTED = 12;

/**
 * @param known  names, in order
 * @param more   what is said of the others
 * @returns the first names with commas, and how many were left out
 */
export function listed(known: readonly string[], more: (count: number) => string): string {
  const first = known.slice(0, MOST_LISTED);
  const left = known.length - first.length;
  return first.join(", ") + (left > 0 ? more(left) : "");
}
