import type { Quantity } from "../../core/quantity.js";
import type { CellLevels, Contrast } from "../comparison.js";
import type { FindingMember } from "./finding-kind.js";

/** Cells are many by nature; the rest stays in the report's comparisons. */
const most = 8;

/** A cell whose effect differs from the effect among all other units; not one that is said to ignore the variant. */
export const micro: FindingMember<{
  readonly metric: string;
  readonly quantity: Quantity;
  readonly contrast: Contrast;
  readonly cell: CellLevels;
  /** The cell's difference, in the metric's unit, shrunken towards what the cells of its grain have in common. */
  readonly here: number;
  readonly interval: readonly [lower: number, upper: number];
  readonly level: number;
  /** The cell's difference as measured. */
  readonly raw: number;
  /** The difference among all other units. */
  readonly elsewhere: number;
  /** Less than half of the effect elsewhere. */
  readonly hardly: boolean;
  readonly pAdjusted: number;
}> = {
  find: ({ micro, standingOut, ignoring = [], metrics }) =>
    standingOut
      .flatMap((at) => micro.slice(at, at + 1))
      .filter(
        ({ metric, contrast, cell }) =>
          !ignoring.some(
            (each) => each.metric === metric && each.contrast[1] === contrast[1] && each.cell === cell,
          ),
      )
      .slice(0, most)
      .flatMap(({ metric, contrast, cell, difference, elsewhere, versusRest }) => {
        const [own, apart] = [difference.planned, versusRest?.planned];
        if (own.status !== "ok" || apart?.status !== "ok" || elsewhere === undefined) return [];
        const quantity = metrics.find(({ key }) => key === metric)?.quantity ?? "amount";
        const shown = difference.shrunken?.status === "ok" ? difference.shrunken : own;
        const here = shown.value;
        const evidence = {
          ...{ metric, quantity, contrast, cell, here, elsewhere },
          ...{ interval: shown.interval, level: shown.level, raw: own.value },
          hardly: Math.abs(here) < Math.abs(elsewhere) / 2,
          pAdjusted: apart.pAdjusted ?? apart.pValue,
        };
        return [{ tone: "neutral", evidence }];
      }),
};
