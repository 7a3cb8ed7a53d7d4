import { policies } from "essai/bandits";
import { expect, expectTypeOf, it } from "vitest";
import type { PolicyName } from "../../src/core/policy-name.js";

it("the words that a definition may name are those of the policies there are", () => {
  expectTypeOf<PolicyName>().toEqualTypeOf<keyof typeof policies>();
  expect(Object.keys(policies)).toContain("fixed" satisfies PolicyName);
});
