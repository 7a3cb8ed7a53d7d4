import type { Quantity } from "../../core/quantity.js";
import type { Contrast } from "../comparison.js";
import type { FindingMember } from "./finding-kind.js";

/** A difference that moves once the levels of a dimension are weighted alike on both sides. */
export const simpson: FindingMember<{
  readonly metric: string;
  readonly quantity: Quantity;
  readonly contrast: Contrast;
  readonly dimension: string;
  readonly agreement: "simpson" | "shifted";
  readonly crude: number;
  readonly stratified: number;
}> = {
  find: ({ stratified, metrics }) =>
    stratified.flatMap((each) => {
      const { metric, contrast, dimension, agreement } = each;
      if (agreement !== "simpson" && agreement !== "shifted") return [];
      if (each.crude.status !== "ok" || each.stratified.status !== "ok") return [];
      const quantity = metrics.find(({ key }) => key === metric)?.quantity ?? "amount";
      const [crude, weighted] = [each.crude.value, each.stratified.value];
      const evidence = { metric, quantity, contrast, dimension, agreement, crude, stratified: weighted };
      return [{ tone: "warning", evidence }];
    }),
};
