// Aggregated facts of Hillstrom's MineThatData e-mail test (64,000 customers, 2008): moments per arm,
// computed in exact rational arithmetic.
export const email = {
  none: {
    n: 21306,
    visits: 2262,
    conversions: 122,
    spend: { n: 21306, mean: 0.6527893551112363, m2: 2860971.152328626, m3: 874095697.640166 },
  },
  mens: {
    n: 21307,
    visits: 3894,
    conversions: 267,
    spend: { n: 21307, mean: 1.4226165110057727, m2: 6715902.586629512, m3: 2144170855.7602484 },
  },
  womens: {
    n: 21387,
    visits: 3238,
    conversions: 189,
    spend: { n: 21387, mean: 1.0772015710478329, m2: 4886629.888014027, m3: 1457126793.1761732 },
  },
} as const;

/** Moments of a value that is 0 or 1. */
export const binary = (x: number, n: number) => ({ n, mean: x / n, m2: (x * (n - x)) / n });
