import type { Comparison } from "./comparison.js";

const restP = (comparison: Comparison | undefined): number => {
  const apart = comparison?.versusRest?.planned;
  return apart?.status === "ok" ? (apart.pAdjusted ?? 1) : 1;
};

/** @returns places of the cells that differ from the rest of the units after correction, the clearest first */
export function standingOut(micro: readonly Comparison[], level: number): readonly number[] {
  return [...micro.keys()]
    .filter((at) => restP(micro[at]) < 1 - level)
    .sort((a, b) => restP(micro[a]) - restP(micro[b]));
}
