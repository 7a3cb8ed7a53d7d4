/** Mean with its standard error. */
function mean(values) {
  const n = values.length;
  const center = values.reduce((sum, x) => sum + x, 0) / n;
  const m2 = values.reduce((sum, x) => sum + (x - center) ** 2, 0);
  return { value: center, error: n > 1 ? Math.sqrt(m2 / (n - 1) / n) : 0 };
}

/** 90th percentile; its error is half the distance between the order statistics one binomial error away. */
function p90(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const n = sorted.length;
  const at = (share) => sorted[Math.min(n - 1, Math.max(0, Math.ceil(share * n) - 1))];
  const step = Math.sqrt(0.09 / n);
  return { value: at(0.9), error: (at(0.9 + step) - at(0.9 - step)) / 2 };
}

/** What a figure may be of its runs' values: value and standard error. */
export const statistics = { mean, p90 };
