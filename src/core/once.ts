const memory = new WeakMap<object, unknown>();

/** What follows from an immutable object, worked out at the first call and kept as long as the object lives. */
export function once<K extends object, T>(key: K, make: (key: K) => T): T {
  let known = memory.get(key) as T | undefined;
  if (known === undefined) memory.set(key, (known = make(key)));
  return known;
}
