import { nothing, type Part } from "./markup.js";
import { line, text, textWidth } from "./svg.js";

/** Numbers on a line of pixels. */
export interface Axis {
  /** Place of a number, not beyond the ends. */
  readonly at: (value: number) => number;
  /** Whether a number lies beyond an end: −1 below, 1 above. */
  readonly beyond: (value: number) => -1 | 0 | 1;
  readonly ticks: readonly { readonly value: number; readonly at: number; readonly label: string }[];
  readonly left: number;
  readonly right: number;
}

function roundSteps(low: number, high: number, most: number): readonly number[] {
  const rough = (high - low) / most;
  const power = Number(`1e${Math.floor(Math.log10(rough))}`);
  const step = ([1, 2, 5, 10].find((each) => each * power >= rough * (1 - 1e-9)) ?? 10) * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

/** Labels must not touch, and stay within the picture. */
function fits(ticks: Axis["ticks"], width: number): boolean {
  return ticks.every(({ at, label }, i) => {
    const half = textWidth(label) / 2;
    const before = ticks[i - 1];
    return (
      at - half >= -8 &&
      at + half <= width + 8 &&
      (!before || at - half - (before.at + textWidth(before.label) / 2) >= 7)
    );
  });
}

/** An extreme end, beside which everything else would shrink to nothing, is cut off. */
function bounded(values: readonly number[]): readonly [number, number] {
  const sizes = values
    .map(Math.abs)
    .filter((size) => size > 0)
    .sort((a, b) => a - b);
  const middle = sizes[Math.floor(sizes.length / 2)] ?? 0;
  const limit = middle > 0 ? 8 * middle : Number.POSITIVE_INFINITY;
  const kept = values.map((value) => Math.max(-limit, Math.min(limit, value)));
  return [Math.min(...kept), Math.max(...kept)];
}

/**
 * An axis through some numbers.
 * @param values  what must be seen; zero is included unless told otherwise
 * @param width   units of the picture
 * @param format  of the labels
 * @param most    labels at most
 * @param whole   whether extreme ends are shown, too
 */
export function axisOf(
  values: readonly number[],
  width: number,
  format: (value: number) => string,
  {
    most = 5,
    margin = 12,
    zero = true,
    whole = false,
  }: { most?: number; margin?: number; zero?: boolean; whole?: boolean } = {},
): Axis {
  const shown = zero ? [0, ...values] : values;
  const [lowest, highest] = whole ? [Math.min(...shown), Math.max(...shown)] : bounded(shown);
  const flat = !(highest > lowest);
  const [low, high] = flat
    ? [lowest - (Math.abs(lowest) || 1) * 0.5, highest + (Math.abs(highest) || 1) * 0.5]
    : [lowest, highest];
  const space = (high - low) * 0.04;
  const [from, to] = [low - space, high + space];
  const [left, right] = [margin, width - margin];
  const place = (value: number) => left + ((value - from) / (to - from)) * (right - left);
  const tries = Array.from({ length: most - 1 }, (_, i) =>
    roundSteps(from, to, most - i).map((value) => ({ value, at: place(value), label: format(value) })),
  );
  const ends = [...new Set([low, high])].map((value) => ({
    value,
    at: place(value),
    label: format(Number(value.toPrecision(2))),
  }));
  return {
    at: (value) => Math.max(left, Math.min(right, place(value))),
    beyond: (value) => (place(value) < left - 0.05 ? -1 : place(value) > right + 0.05 ? 1 : 0),
    ticks: tries.find((each) => each.length > 1 && fits(each, width)) ?? [
      tries.flat().find(({ value }) => value === 0) ?? (ends[0] as Axis["ticks"][number]),
    ],
    left,
    right,
  };
}

/** @returns vertical lines at the ticks, zero stronger; and their labels below, where asked */
export function gridOf({ ticks }: Axis, top: number, bottom: number, labelsAt?: number): readonly Part[] {
  return ticks.map(({ value, at, label }) => [
    line(value === 0 ? "zero" : "grid", at, top, at, bottom),
    labelsAt === undefined ? nothing : text("soft", at, labelsAt, "middle", label),
  ]);
}
