/** A UTF-16 unit's place among code points: surrogates stand for what lies beyond U+FFFF. */
const rank = (unit: number) => unit + (unit >> 11 === 27 ? 0x10000 : 0);

/**
 * Orders texts by code point: the canonical order of object keys, the same in every language and store. JavaScript's
 * own order of strings is by UTF-16 unit and differs beyond U+FFFF.
 * @param a  any text
 * @param b  any text
 * @returns negative, zero or positive, for `sort`
 */
export function byCodePoint(a: string, b: string): number {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  // Past the end of one of them is NaN.
  return rank(a.charCodeAt(i)) - rank(b.charCodeAt(i)) || a.length - b.length;
}

/**
 * An object's own entries in canonical order, so that nothing follows from the order in which its keys were written.
 * @param record  a JSON object
 * @returns its entries, keys by code point
 */
export function canonicalEntries<T>(record: { readonly [key: string]: T }): [key: string, value: T][] {
  return Object.entries(record).sort(([a], [b]) => byCodePoint(a, b));
}
