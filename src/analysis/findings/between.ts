import type { Contrast } from "../comparison.js";
import type { FindingMember } from "./finding-kind.js";

/** An effect that differs between the levels of a dimension. */
export const between: FindingMember<{
  readonly dimension: string;
  readonly metric: string;
  readonly contrast: Contrast;
  readonly q: number;
  readonly df: number;
  readonly pAdjusted: number;
  readonly iSquared: number;
}> = {
  find: ({ between, level }) =>
    between.flatMap((test) => {
      if (test.status !== "ok" || test.pAdjusted >= 1 - level) return [];
      const { dimension, metric, contrast, q, df, pAdjusted, iSquared } = test;
      return [{ tone: "neutral", evidence: { dimension, metric, contrast, q, df, pAdjusted, iSquared } }];
    }),
};
