import type { Quantity } from "../../core/quantity.js";
import type { Ignoring } from "../ignoring/ignoring.js";
import type { FindingMember } from "./finding-kind.js";

/** Cells are many by nature; the rest stays in the report. */
const most = 8;

/** A cell that ignores a treatment to which everyone else reacts. */
export const ignores: FindingMember<Ignoring & { readonly quantity: Quantity }> = {
  find: ({ ignoring = [], metrics }) =>
    ignoring.slice(0, most).map((each) => {
      const quantity = metrics.find(({ key }) => key === each.metric)?.quantity ?? "amount";
      return { tone: "neutral", evidence: { ...each, quantity } };
    }),
};
