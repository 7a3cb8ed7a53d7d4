import type { Quantity } from "../../core/quantity.js";
import type { Heaviest } from "../heaviest.js";
import type { FindingMember } from "./finding-kind.js";

/** A few units without whose weight a comparison reads otherwise. */
export const heaviest: FindingMember<Heaviest & { readonly quantity: Quantity }> = {
  find: ({ heaviest = [], metrics }) =>
    heaviest.map((each) => ({
      tone: "warning",
      evidence: { ...each, quantity: metrics.find(({ key }) => key === each.metric)?.quantity ?? "amount" },
    })),
};
