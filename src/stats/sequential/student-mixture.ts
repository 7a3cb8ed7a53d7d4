import type { Boundary, LookScale } from "./boundary.js";

/**
 * The normal mixture for a coefficient of a linear model whose variance is estimated, too: exact for normal errors from
 * the first units on, and the asymptotic one as degrees of freedom grow.
 * @source Lindon, Ham, Tingley & Bojinov (2022), "Anytime-valid linear models and regression adjusted causal inference"
 * @checked test/reference/sequential.json — mpmath
 */
export function studentMixture({ ratio, df }: Pick<LookScale, "ratio" | "df">): Boundary {
  const start = -Math.log1p(ratio) / 2;
  return {
    logE(deviate) {
      const square = (deviate * deviate) / df;
      // What a deviate beyond all bounds tends to, where its square overflows.
      if (square === Number.POSITIVE_INFINITY) return start + ((df + 1) / 2) * Math.log1p(ratio);
      return start + ((df + 1) / 2) * (Math.log1p(square) - Math.log1p(square / (1 + ratio)));
    },
    critical(logE) {
      const least = Math.expm1((2 * Math.max(0, logE - start)) / (df + 1));
      return least < ratio
        ? Math.sqrt((df * least * (1 + ratio)) / (ratio - least))
        : Number.POSITIVE_INFINITY;
    },
  };
}
