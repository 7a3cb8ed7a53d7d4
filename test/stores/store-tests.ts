import { type LedgerPlace, ledgerStoreSuite, storeSuite } from "essai/testing";
import { test } from "vitest";

/** The suites of a store, as tests. */
export function storeTests(make: () => LedgerPlace | Promise<LedgerPlace>): void {
  for (const { name, run } of [...storeSuite(make), ...ledgerStoreSuite(make)]) test(name, run, 30_000);
}

let places = 0;
/** Something that no other place's names begin with. */
export const newPrefix = (): string => `place${places++}_`;
