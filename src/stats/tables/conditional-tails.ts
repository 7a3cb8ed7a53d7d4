/** Probabilities of a count's outcomes beside the observed one. */
export interface ConditionalTails {
  readonly less: number;
  readonly greater: number;
  /** Outcomes no likelier than the observed one. */
  readonly unlikely: number;
  readonly equal: number;
}

// Below this a product with a ratio near 1 rounds to itself and would never end.
const vanished = 1e-307;

/**
 * Tails of a unimodal distribution on low … high that is known by the ratio of neighbours, summed outwards from its
 * mode until the terms vanish: no factorial is ever formed, so nothing is lost to cancelling logarithms.
 * @param ratio  P(k + 1)/P(k)
 */
export function conditionalTails(
  low: number,
  high: number,
  mode: number,
  ratio: (k: number) => number,
  observed: number,
): ConditionalTails {
  // The weight of the observed outcome comes first: what is as unlikely is compared with it.
  let equal = 1;
  if (observed > mode) for (let k = mode; k < observed && equal > vanished; k++) equal *= ratio(k);
  else for (let k = mode; k > observed && equal > vanished; k--) equal /= ratio(k - 1);
  if (equal <= vanished) equal = 0;
  const bound = equal * (1 + 1e-7);
  let total = 0;
  let less = 0;
  let greater = 0;
  let unlikely = 0;
  const take = (k: number, term: number) => {
    total += term;
    if (k <= observed) less += term;
    if (k >= observed) greater += term;
    if (term <= bound) unlikely += term;
  };
  take(mode, 1);
  let up = 1;
  for (let k = mode; k < high && up > vanished; k++) take(k + 1, (up *= ratio(k)));
  let down = 1;
  for (let k = mode; k > low && down > vanished; k--) take(k - 1, (down /= ratio(k - 1)));
  return {
    less: Math.min(1, less / total),
    greater: Math.min(1, greater / total),
    unlikely: Math.min(1, unlikely / total),
    equal: equal / total,
  };
}

/** The p-value of an alternative, or its mid-p, which counts the observed outcome half. */
export function conditionalPValue(
  tails: ConditionalTails,
  alternative: "two-sided" | "greater" | "less",
  midP: boolean,
): number {
  const whole =
    alternative === "two-sided" ? tails.unlikely : alternative === "greater" ? tails.greater : tails.less;
  return midP ? whole - tails.equal / 2 : whole;
}
