import type { Quantity } from "../../core/quantity.js";
import type { CellLevels, Contrast } from "../comparison.js";
import type { FindingMember } from "./finding-kind.js";

/** Cells are many by nature; the rest stays in the report's comparisons. */
const most = 8;

/** A cell whose effect differs from the effect among all other units. */
export const micro: FindingMember<{
  readonly metric: string;
  readonly quantity: Quantity;
  readonly contrast: Contrast;
  readonly cell: CellLevels;
  /** Differences, in the metric's unit. */
  readonly here: number;
  readonly elsewhere: number;
  readonly pAdjusted: number;
}> = {
  find: ({ micro, standingOut, metrics }) =>
    standingOut
      .slice(0, most)
      .flatMap((at) => micro.slice(at, at + 1))
      .flatMap(({ metric, contrast, cell, difference, versusRest }) => {
        const [own, apart] = [difference.planned, versusRest?.planned];
        if (own.status !== "ok" || apart?.status !== "ok") return [];
        const quantity = metrics.find(({ key }) => key === metric)?.quantity ?? "amount";
        const [here, elsewhere] = [own.value, own.value - apart.value];
        const pAdjusted = apart.pAdjusted ?? apart.pValue;
        return [
          { tone: "neutral", evidence: { metric, quantity, contrast, cell, here, elsewhere, pAdjusted } },
        ];
      }),
};
