/**
 * What was worked out lately, by a key that says everything that it depends on.
 * @param most  kept at once; beyond that all is forgotten
 */
export function remembered<T>(most: number): (key: string, make: () => T) => T {
  const known = new Map<string, { readonly value: T }>();
  return (key, make) => {
    const had = known.get(key);
    if (had) return had.value;
    if (known.size >= most) known.clear();
    const value = make();
    known.set(key, { value });
    return value;
  };
}
