import type { ErrorParameters } from "./parameters.js";

/** Edit distance with swapped neighbours as one edit (optimal string alignment). */
function distance(a: string, b: string): number {
  let [last, row] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (of: readonly number[], j: number) => of[j] as number;
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(row, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(last, j - 2) + 1 : Infinity;
      next.push(Math.min(at(row, j) + 1, at(next, j - 1) + 1, replaced, swapped));
    }
    [last, row] = [row, next];
  }
  return at(row, b.length);
}

/** Longer names are no misspellings, and their distance costs the square of their length. */
const LONGEST = 200;

/**
 * What to tell of a name that does not exist.
 * @param name   what was asked for
 * @param known  the names that exist
 * @returns `known`, and `near`, the known name that was probably meant, if there is one
 * @example
 * nearName("segmnet", ["segment", "day"]); // { known: ["segment", "day"], near: "segment" }
 */
export function nearName(
  name: unknown,
  known: readonly string[],
): Required<Pick<ErrorParameters, "known">> & Pick<ErrorParameters, "near"> {
  // Not every value has a text: a symbol and an object without prototype refuse to become one.
  const wanted = (["string", "number"].includes(typeof name) ? `${name}` : "")
    .slice(0, LONGEST)
    .toLowerCase();
  let [near, least] = [undefined as string | undefined, Math.max(1, Math.min(3, wanted.length / 2)) + 0.5];
  for (const each of known) {
    const other = each.slice(0, LONGEST).toLowerCase();
    const part = wanted.length > 2 && other.length > 2 && (other.includes(wanted) || wanted.includes(other));
    const far = Math.min(distance(wanted, other), part ? 1 : Infinity);
    if (far < least) [near, least] = [each, far];
  }
  return near === undefined ? { known } : { known, near };
}
