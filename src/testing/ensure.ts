import { ExperimentError } from "../errors/index.js";

/** @throws Error with the message unless the condition holds */
export function ensure(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** A value as text in which keys are in order. */
const textOf = (value: unknown): string =>
  JSON.stringify(value, (_, each) =>
    typeof each === "object" && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : typeof each === "number" && !Number.isFinite(each)
        ? String(each)
        : each,
  );

/** @throws Error unless both are the same data */
export function ensureSame(what: string, found: unknown, expected: unknown): void {
  const [a, b] = [textOf(found), textOf(expected)];
  ensure(a === b, `${what}: found ${a}, expected ${b}`);
}

/** @throws Error unless two blocks of numbers agree to eight digits */
export function ensureClose(
  what: string,
  found: readonly (readonly number[])[],
  expected: readonly (readonly number[])[],
): void {
  ensureSame(
    `${what}: lengths`,
    found.map((each) => each.length),
    expected.map((each) => each.length),
  );
  found.forEach((block, i) => {
    block.forEach((value, j) => {
      const other = expected[i]?.[j] ?? Number.NaN;
      const gap = Math.abs(value - other) / (Math.abs(other) || 1);
      ensure(gap < 1e-8, `${what}: [${i}][${j}] is ${value}, expected ${other}`);
    });
  });
}

/** @throws Error unless the numbers are probabilities that sum to 1, as many as expected, and 0 where told */
export function ensureVector(
  what: string,
  vector: readonly number[],
  length: number,
  zero: readonly number[] = [],
): void {
  const told = `${what}: [${vector.join(", ")}]`;
  ensure(vector.length === length, `${told} has ${vector.length} probabilities, expected ${length}`);
  ensure(
    vector.every((p) => p >= 0 && p <= 1 + 1e-12),
    `${told} has a number outside [0, 1]`,
  );
  const sum = vector.reduce((total, p) => total + p, 0);
  ensure(Math.abs(sum - 1) < 1e-9, `${told} sums to ${sum}, not to 1`);
  for (const i of zero) ensure(vector[i] === 0, `${told} plays action ${i}, which is not eligible`);
}

/** @throws Error unless counts are what so many draws with these probabilities give, to 4.5 standard errors */
export function ensureDrawn(what: string, counts: readonly number[], vector: readonly number[]): void {
  const n = counts.reduce((sum, count) => sum + count, 0);
  vector.forEach((p, i) => {
    const error = Math.sqrt(Math.max(0, p * (1 - p)) / n);
    const share = (counts[i] ?? 0) / n;
    ensure(
      // One draw more of what is rare is no sign of anything.
      Math.abs(share - p) <= 4.5 * error + 1 / n,
      `${what}: action ${i} was drawn ${share} of ${n} times, its probability is ${p}`,
    );
  });
}

/** What an act throws as an ExperimentError; another error passes. */
export function refusalOf(act: () => unknown): ExperimentError | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof ExperimentError) return error;
    throw error;
  }
}

/** The same of a promise. */
export async function rejectionOf(act: () => Promise<unknown>): Promise<ExperimentError | undefined> {
  try {
    await act();
    return undefined;
  } catch (error) {
    if (error instanceof ExperimentError) return error;
    throw error;
  }
}

/** A value that throws when it is written to. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const each of Object.values(value)) deepFreeze(each);
  }
  return value;
}
