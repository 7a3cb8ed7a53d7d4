import type { LawKind } from "./law-kind.js";

const settings = {} as const;

/** Always the mean. */
export const fixed: LawKind<typeof settings> = {
  settings,
  quantile: () => 1,
  variance: () => 0,
};
