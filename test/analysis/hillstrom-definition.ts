import type { Definition } from "../../src/core/definition.js";
import { madeDefinition } from "./made-cells.js";

/** The Hillstrom test as a definition: three equal arms, three goals. */
export function hillstromDefinition(changes: Partial<Definition> = {}): Definition {
  return madeDefinition(["No E-Mail", "Mens E-Mail", "Womens E-Mail"], {
    key: "hillstrom",
    unit: "customer",
    metrics: [
      { key: "visit", type: "conversion", role: "goal" },
      { key: "conversion", type: "conversion", role: "goal" },
      { key: "spend", type: "mean", role: "goal" },
    ],
    ...changes,
  });
}
