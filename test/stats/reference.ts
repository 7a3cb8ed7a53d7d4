import { readFileSync } from "node:fs";
import { expect } from "vitest";

/** One reference case as its maker wrote it. */
export interface Case {
  readonly id: string;
  readonly family: string;
  readonly fn: string;
  // biome-ignore lint/suspicious/noExplicitAny: each family of cases has its own shape
  readonly input: any;
  // biome-ignore lint/suspicious/noExplicitAny: each family of cases has its own shape
  readonly expected: any;
  readonly rtol: number;
}

/** The cases of one file in test/reference, all or those of one `fn`. */
export function cases(file: string, fn?: string): Case[] {
  const url = new URL(`../reference/${file}.json`, import.meta.url);
  const all = (JSON.parse(readFileSync(url, "utf8")) as { cases: Case[] }).cases;
  return fn ? all.filter((each) => each.fn === fn) : all;
}

/** Holds a number to a relative tolerance (absolute where zero is expected). */
export function near(received: number | undefined, expected: number | string, rtol: number): void {
  const target = Number(expected);
  if (!Number.isFinite(target)) expect(received).toBe(target);
  const error = Math.abs((received as number) - target);
  const bound = target === 0 ? rtol : rtol * Math.abs(target);
  if (!(error <= bound))
    expect(received, `relative error ${error / Math.abs(target)} > ${rtol}`).toBe(target);
}

/** Moments of one value per unit from a mean and a sample variance. */
export const summary = (of: { mean: number; variance: number; n: number }) => ({
  n: of.n,
  mean: of.mean,
  m2: of.variance * (of.n - 1),
});
