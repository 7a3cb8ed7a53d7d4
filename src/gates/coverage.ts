import { COVERAGE, pointsOf } from "../hash/seed.js";

/** The share of the audience that is enrolled. */
export const coverage = ({ salt, coverage }: { readonly salt: string; readonly coverage: number }) => {
  const point = pointsOf(salt, COVERAGE);
  return (unitId: string) => coverage >= 1 || point(unitId) < coverage;
};
