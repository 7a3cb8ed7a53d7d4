const ALLOWED = 3;

/** The stored result of a row's figure. */
export const resultOf = (results, key, { name, statistic = "mean" }) =>
  results.rows[key]?.figures[`${name} ${statistic}`];

/**
 * Holds a figure against its bars.
 * @returns the bars in words, and whether all hold; null where there is none
 */
export function judge(results, row, figure) {
  const { reference, likeReference, atMost, atLeast, atMostTimes, exact, digits = 1 } = figure;
  const { value, error } = resultOf(results, row.key, figure);
  const slack = exact ? 0 : ALLOWED * error;
  const bars = [];
  if (atMost !== undefined) bars.push([`≤ ${atMost}`, value <= atMost + slack]);
  if (atLeast !== undefined) bars.push([`≥ ${atLeast}`, value >= atLeast - slack]);
  if (likeReference) {
    const both = Math.hypot(error, reference.error ?? 0);
    bars.push(["no worse than the reference", value - reference.value <= ALLOWED * both]);
  }
  if (atMostTimes) {
    const other = resultOf(results, atMostTimes.row, figure);
    const bar = atMostTimes.times * (other?.value ?? Number.NaN);
    const both = Math.hypot(error, atMostTimes.times * (other?.error ?? 0));
    bars.push([
      `≤ ${bar.toFixed(digits)} (${atMostTimes.row} × ${atMostTimes.times})`,
      value <= bar + ALLOWED * both,
    ]);
  }
  return {
    bar: bars.map(([words]) => words).join(", "),
    held: bars.length > 0 ? bars.every(([, good]) => good) : null,
  };
}
