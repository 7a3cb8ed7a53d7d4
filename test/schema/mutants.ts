/** What was done to a value: where, and to which key. */
export interface Mutant {
  readonly value: unknown;
  readonly done: "renamed" | "added" | "removed" | "moved" | "retyped";
  readonly key: string;
  /** What stood there, or was put there. */
  readonly part: unknown;
}

/** Numbers in [0, 1) that follow from a seed. */
export function chancesOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Holder = Record<string, unknown> | unknown[];

function holdersOf(value: unknown, found: Holder[] = []): Holder[] {
  if (typeof value === "object" && value !== null) {
    found.push(value as Holder);
    for (const each of Object.values(value)) holdersOf(each, found);
  }
  return found;
}

const others: readonly unknown[] = [
  ...[null, true, false, 0, 1, -1, 0.5, 1.5, 95, 2 ** 32, 1e300, "", "x", "control", "1", "2026-02-30"],
  ...[[], {}, ["x"], [1], [[]], { key: "x" }, { attribute: "a", eq: 1 }, { all: [] }, "holm", "dunnett"],
];
const names = [
  ...["colour", "key", "role", "type", "plan", "macro", "looks", "when", "value", "of", "not", "all", "eq"],
  ...[
    "column",
    "file",
    "table",
    "settings",
    "windowDays",
    "holdback",
    "payload",
    "data",
    "covariates",
    "unit",
  ],
];

function misspelt(name: string, chance: () => number): string {
  const at = Math.floor(chance() * name.length);
  const turned = name.slice(0, at) + name.slice(at + 1, at + 2) + name.slice(at, at + 1) + name.slice(at + 2);
  return [turned, name.slice(0, at) + name.slice(at + 1), `${name}s`, name.toUpperCase(), `_${name}`][
    Math.floor(chance() * 5)
  ] as string;
}

/**
 * Changes one thing in a copy of a value: a key renamed, added, removed or moved a level, or a value of another type.
 * @param original  plain JSON
 * @param chance    numbers in [0, 1)
 */
export function mutate(original: unknown, chance: () => number): Mutant {
  const value: unknown = structuredClone(original);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)] as T;
  const holders = holdersOf(value);
  const holder = pick(holders);
  const object = holder as Record<string, unknown>;
  const key = pick(Object.keys(holder)) ?? "";
  const part = object[key];
  const done = pick(["renamed", "added", "removed", "moved", "retyped", "retyped"] as const);
  if (Array.isArray(holder) && (done === "added" || key === "")) {
    const added = pick([...holder, ...others]);
    holder.push(added);
    return { value, done: "added", key: String(holder.length - 1), part: added };
  }
  if (Array.isArray(holder) && (done === "renamed" || done === "moved" || done === "removed")) {
    holder.splice(Number(key), 1);
    return { value, done: "removed", key, part };
  }
  if (done === "added" || key === "") {
    const [name, added] = [pick([...names, misspelt(key || "key", chance)]), pick(others)];
    object[name] = added;
    return { value, done: "added", key: name, part: added };
  }
  if (done === "retyped") {
    const other = pick(others);
    object[key] = other;
    return { value, done, key, part: other };
  }
  delete object[key];
  if (done === "renamed") object[misspelt(key, chance)] = part;
  if (done === "moved") {
    const elsewhere = pick(holders.filter((each) => !Array.isArray(each) && !holdersOf(part).includes(each)));
    (elsewhere as Record<string, unknown>)[key] = part;
  }
  return { value, done, key, part };
}
