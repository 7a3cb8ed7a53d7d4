import type { Level } from "../../core/definition.js";
import type { Estimate } from "../../core/estimate.js";
import type { Quantity } from "../../core/quantity.js";
import type { MetCombination } from "../factors/factor-effects.js";
import type { FindingMember } from "./finding-kind.js";

/** What the factors do to a metric: the effects that are shown, and the best combination. */
export const factors: FindingMember<{
  readonly metric: string;
  readonly quantity: Quantity;
  /** Effects that were looked for. */
  readonly effects: number;
  /** Shown after correction, the largest first. */
  readonly shown: readonly {
    readonly factors: readonly string[];
    readonly levels: readonly Level[];
    readonly scale: "difference" | "deviation";
    readonly effect: Estimate;
    readonly aliases: readonly string[];
  }[];
  readonly best?: MetCombination;
  readonly control?: MetCombination;
}> = {
  find: ({ factors = [], metrics, level }) =>
    factors.flatMap((found) => {
      if (found.status !== "ok") return [];
      const shown = found.effects.flatMap(({ effect: { planned }, factors, levels, scale, aliases }) =>
        planned.status === "ok" && (planned.pAdjusted ?? planned.pValue) < 1 - level
          ? [{ factors, levels, scale, effect: planned, aliases }]
          : [],
      );
      shown.sort((a, b) => Math.abs(b.effect.value) - Math.abs(a.effect.value));
      const quantity = metrics.find(({ key }) => key === found.metric)?.quantity ?? "amount";
      return [
        {
          tone: "neutral",
          evidence: {
            ...{ metric: found.metric, quantity, effects: found.effects.length, shown },
            ...(found.best ? { best: found.best } : {}),
            ...(found.control ? { control: found.control } : {}),
          },
        },
      ];
    }),
};
