import { type StorePlace, storeSuite } from "essai/testing";
import { test } from "vitest";

/** The suite of a store, as tests. */
export function storeTests(make: () => StorePlace | Promise<StorePlace>): void {
  for (const { name, run } of storeSuite(make)) test(name, run);
}

let places = 0;
/** Something that no other place's names begin with. */
export const newPrefix = (): string => `place${places++}_`;
