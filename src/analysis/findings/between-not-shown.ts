import type { Heterogeneity } from "../comparison.js";
import type { FindingMember } from "./finding-kind.js";

/** A dimension between whose levels no effect is shown to differ, on either scale. */
export const betweenNotShown: FindingMember<{
  readonly dimension: string;
  readonly tests: number;
  readonly smallestAdjusted: number;
  /** Units that were met in several levels, where there are any. */
  readonly repeated?: NonNullable<Heterogeneity["repeated"]>;
}> = {
  find({ between }) {
    const dimensions = [...new Set(between.map(({ dimension }) => dimension))];
    return dimensions.flatMap((dimension) => {
      const own = between.filter((test) => test.dimension === dimension);
      const adjusted = own
        .flatMap(({ difference, lift }) => [difference, lift])
        .flatMap((test) => (test.status === "ok" ? [test.pAdjusted] : []));
      if (adjusted.length === 0) return [];
      if (own.some(({ differs }) => differs !== "neither" && differs !== "untested")) return [];
      const smallestAdjusted = Math.min(...adjusted);
      const [repeated] = own.flatMap((test) => test.repeated ?? []);
      const evidence = {
        dimension,
        tests: adjusted.length,
        smallestAdjusted,
        ...(repeated ? { repeated } : {}),
      };
      return [{ tone: "neutral", evidence }];
    });
  },
};
