/**
 * Projects probabilities onto bounds: of all vectors within them the nearest one by Kullback–Leibler divergence. Each
 * becomes min(most, max(least, c p)) for one c, so those that no bound holds keep their ratios. Where every positive
 * probability is at its largest, the rest is shared among the others in proportion to the room that they have left.
 *
 * c is found by fixing variables: after each guess, the side on which more was cut off is at its bounds for good.
 * @param p      probabilities that sum to 1
 * @param least  lower bounds, whose sum is at most 1
 * @param most   upper bounds, none below its lower one, whose sum is at least 1
 * @returns probabilities that sum to 1, within the bounds to the last bit
 * @source Bitran & Hax (1981), Management Science 27(4)
 */
export function project(
  p: readonly number[],
  least: ArrayLike<number>,
  most: ArrayLike<number>,
): readonly number[] {
  if (p.every((share, i) => share >= least[i]! && share <= most[i]!)) return p;
  const projected = p.slice();
  const free: number[] = [];
  let [left, room] = [1, 0];
  for (let i = 0; i < p.length; i++) {
    if (p[i]) free.push(i);
    else {
      const low = least[i]!;
      projected[i] = low;
      left -= low;
      room += most[i]! - low;
    }
  }
  while (free.length > 0) {
    let weight = 0;
    for (const i of free) weight += p[i]!;
    const scale = Math.max(0, left) / weight;
    let [below, above] = [0, 0];
    for (const i of free) {
      const scaled = scale * p[i]!;
      below += Math.max(0, least[i]! - scaled);
      above += Math.max(0, scaled - most[i]!);
      projected[i] = Math.min(most[i]!, Math.max(least[i]!, scaled));
    }
    if (below === above) return projected;
    let still = 0;
    for (const i of free) {
      const scaled = scale * p[i]!;
      if (below > above ? scaled <= least[i]! : scaled >= most[i]!) left -= projected[i]!;
      else free[still++] = i;
    }
    free.length = still;
  }
  // Rounding may leave a little where there is nothing to share.
  const part = Math.min(1, Math.max(0, left) / room) || 0;
  for (let i = 0; i < p.length; i++) if (!p[i]) projected[i] = least[i]! + part * (most[i]! - least[i]!);
  return projected;
}
