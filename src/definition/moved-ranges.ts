import type { PointRange } from "../core/definition.js";
import { POINTS } from "../core/points.js";

/**
 * Ranges for other shares, moving as few points as can be: a point changes its variant only if that variant shrinks or
 * ends, and exactly the difference moves.
 * @param old     sorted, disjoint, covering
 * @param target  ranges whose widths are wanted; where they lie does not matter
 * @param keys    the variants of `target`, in order
 * @returns sorted, disjoint ranges that cover, with the widths of `target`; one for each variant at least
 */
export function movedRanges(
  old: readonly PointRange[],
  target: readonly PointRange[],
  keys: readonly string[],
): PointRange[] {
  // How many points each variant is to gain; losers are negative.
  const gain = new Map(keys.map((key) => [key, 0]));
  for (const { from, to, variant } of target) gain.set(variant, gain.get(variant)! + to - from);
  for (const { from, to, variant } of old) gain.set(variant, (gain.get(variant) ?? 0) - to + from);
  const ranges: PointRange[] = [];
  const put = (from: number, to: number, variant: string) => {
    const last = ranges.at(-1);
    if (last?.variant === variant) ranges[ranges.length - 1] = { ...last, to };
    else if (to > from) ranges.push({ from, to, variant });
  };
  // Each range keeps its beginning and gives away its end, as far as its variant loses.
  const receivers = keys.filter((key) => gain.get(key)! > 0);
  for (const { from, to, variant } of old) {
    const given = Math.min(to - from, Math.max(0, -gain.get(variant)!));
    gain.set(variant, gain.get(variant)! + given);
    put(from, to - given, variant);
    let at = to - given;
    while (at < to) {
      const receiver = receivers.find((key) => gain.get(key)! > 0)!;
      const taken = Math.min(to - at, gain.get(receiver)!);
      gain.set(receiver, gain.get(receiver)! - taken);
      put(at, at + taken, receiver);
      at += taken;
    }
  }
  const named = new Set(ranges.map(({ variant }) => variant));
  for (const variant of keys) if (!named.has(variant)) ranges.push({ from: POINTS, to: POINTS, variant });
  return ranges;
}
