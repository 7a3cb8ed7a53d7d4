import type { Quantity } from "../../core/quantity.js";
import type { Influence } from "../influence.js";
import type { FindingMember } from "./finding-kind.js";

/** One unit that weighs on a comparison as no single unit should. */
export const influence: FindingMember<Influence & { readonly quantity: Quantity }> = {
  find: ({ influence, metrics }) =>
    influence.map((each) => ({
      tone: "warning",
      evidence: { ...each, quantity: metrics.find(({ key }) => key === each.metric)?.quantity ?? "amount" },
    })),
};
