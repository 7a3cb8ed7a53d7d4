import type { FindingMember } from "./finding-kind.js";

/** A dimension between whose levels no effect is shown to differ. */
export const betweenNotShown: FindingMember<{
  readonly dimension: string;
  readonly tests: number;
  readonly smallestAdjusted: number;
}> = {
  find({ between, level }) {
    const dimensions = [...new Set(between.map(({ dimension }) => dimension))];
    return dimensions.flatMap((dimension) => {
      const adjusted = between.flatMap((test) =>
        test.status === "ok" && test.dimension === dimension ? [test.pAdjusted] : [],
      );
      const smallestAdjusted = Math.min(...adjusted);
      if (adjusted.length === 0 || smallestAdjusted < 1 - level) return [];
      return [{ tone: "neutral", evidence: { dimension, tests: adjusted.length, smallestAdjusted } }];
    });
  },
};
