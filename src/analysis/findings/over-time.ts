import type { Quantity } from "../../core/quantity.js";
import type { Contrast } from "../comparison.js";
import type { ScaleChange, SinceChange } from "../over-time/over-time.js";
import type { FindingMember } from "./finding-kind.js";

type Read = Extract<SinceChange, { readonly status: "ok" }>;

/** An effect that changes with days since exposure: it wears off, or takes time to come. */
export const overTime: FindingMember<{
  readonly metric: string;
  readonly quantity: Quantity;
  readonly contrast: Contrast;
  readonly days: Read["days"];
  readonly shows: "fades" | "grows" | "turns";
  readonly on: "both" | "difference" | "lift";
  readonly difference: ScaleChange;
  readonly lift?: ScaleChange;
}> = {
  find: ({ overTime, metrics }) =>
    (overTime?.effects ?? []).flatMap(({ metric, contrast, change }) => {
      if (change.status !== "ok" || change.shows === "nothing" || !change.on) return [];
      const { days, shows, on, difference, lift } = change;
      const quantity = metrics.find(({ key }) => key === metric)?.quantity ?? "amount";
      return [
        {
          tone: "warning",
          evidence: {
            ...{ metric, quantity, contrast, days, shows, on, difference },
            ...(lift ? { lift } : {}),
          },
        },
      ];
    }),
};
