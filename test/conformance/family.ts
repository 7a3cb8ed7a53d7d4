import type { Case } from "essai/testing";
import { describe, expect, test } from "vitest";

/**
 * Runs the suite of every member of a family. The members are the family's own: one without a suite fails here, and does
 * not compile.
 */
export function familySuite<K extends string>(
  family: Readonly<Record<K, unknown>>,
  suites: { readonly [Key in NoInfer<K>]: () => Case[] },
): void {
  describe.each(Object.keys(family) as K[])("%s", (key) => {
    test("has a suite", () => expect(Object.keys(suites)).toContain(key));
    const make = suites[key] as (() => Case[]) | undefined;
    for (const { name, run } of make?.() ?? []) test(name, run);
  });
}

/** Runs the suite of a broken member, which has to name what is wrong. */
export function rejects(what: string, cases: () => Case[], message: RegExp): void {
  test(`the suite rejects ${what}`, () => {
    const found = cases().flatMap(({ run }) => {
      try {
        run();
        return [];
      } catch (error) {
        return [(error as Error).message];
      }
    });
    expect(found.filter((each) => message.test(each)).length, found.join("\n")).toBeGreaterThan(0);
  });
}
