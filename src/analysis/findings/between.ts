import type { Quantity } from "../../core/quantity.js";
import type { Contrast, Heterogeneity, LevelTest } from "../comparison.js";
import type { FindingMember } from "./finding-kind.js";

/** An effect that differs between the levels of a dimension, and on which scales. */
export const between: FindingMember<{
  readonly dimension: string;
  readonly metric: string;
  readonly quantity: Quantity;
  readonly contrast: Contrast;
  readonly differs: "both" | "difference" | "lift";
  readonly difference: LevelTest;
  readonly lift: LevelTest;
  /** Units that were met in several levels, where there are any. */
  readonly repeated?: NonNullable<Heterogeneity["repeated"]>;
  /** Where the levels agree on the other scale, and chance does not explain how far their baselines lie apart. */
  readonly baselines?: NonNullable<Heterogeneity["baselines"]>;
}> = {
  find: ({ between, metrics, level }) =>
    between.flatMap(({ dimension, metric, contrast, differs, difference, lift, baselines, repeated }) => {
      if (differs === "neither" || differs === "untested") return [];
      const quantity = metrics.find(({ key }) => key === metric)?.quantity ?? "amount";
      const evidence = {
        ...{ dimension, metric, quantity, contrast, differs, difference, lift },
        ...(repeated ? { repeated } : {}),
      };
      const explained = differs !== "both" && (baselines?.pValue ?? 1) < 1 - level;
      return [
        { tone: "neutral", evidence: { ...evidence, ...(baselines && explained ? { baselines } : {}) } },
      ];
    }),
};
