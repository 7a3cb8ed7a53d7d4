/** What a metric's values are, for showing them: a share of units, or an amount. */
export type Quantity = "fraction" | "amount";

const minus = "−";

function signed(text: string, value: number): string {
  const zero = !/[1-9]/.test(text);
  return zero ? `±${text}` : value < 0 ? `${minus}${text}` : `+${text}`;
}

/** @returns an integer with thousands separators: `64,000` */
export function count(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** Decimals that show about three digits of a number of this size, never more than eight. */
function decimalsFor(size: number): number {
  if (size === 0) return 2;
  return Math.min(8, Math.max(0, 2 - Math.floor(Math.log10(size))));
}

function grouped(text: string): string {
  const [whole = "", rest] = text.split(".");
  const head = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return rest === undefined ? head : `${head}.${rest}`;
}

/**
 * @param sizedLike another value to stand beside: the smaller of the two sets the decimals
 * @returns a metric's value: a fraction as `18.28%`, an amount with three digits or more
 */
export function level(value: number, quantity: Quantity, sizedLike = value): string {
  const scale = quantity === "fraction" ? 100 : 1;
  const sizes = [Math.abs(value), Math.abs(sizedLike)].filter((each) => each > 0);
  const smallest = (sizes.length > 0 ? Math.min(...sizes) : 0) * scale;
  const decimals =
    quantity === "fraction" ? Math.min(4, Math.max(2, decimalsFor(smallest))) : decimalsFor(smallest);
  const text = grouped((Math.abs(value) * scale).toFixed(decimals));
  return `${value < 0 ? minus : ""}${text}${quantity === "fraction" ? "%" : ""}`;
}

/** @returns a difference with its sign: of fractions in percentage points, `+7.66 pp`; of amounts, `+0.770` */
export function difference(value: number, quantity: Quantity): string {
  const [number, unit] = differenceParts(value, quantity, value);
  return `${number}${unit}`;
}

function differenceParts(value: number, quantity: Quantity, sizedLike: number): [string, string] {
  const scale = quantity === "fraction" ? 100 : 1;
  const decimals = decimalsFor(Math.abs(sizedLike) * scale);
  const text = grouped(
    (Math.abs(value) * scale).toFixed(quantity === "fraction" ? Math.min(decimals, 4) : decimals),
  );
  return [signed(text, value), quantity === "fraction" ? " pp" : ""];
}

/** @returns an interval of differences, without unit: `[+7.00, +8.32]` */
export function differenceInterval([low, high]: readonly [number, number], quantity: Quantity): string {
  const size = Math.max(Math.abs(low), Math.abs(high));
  return `[${differenceParts(low, quantity, size)[0]}, ${differenceParts(high, quantity, size)[0]}]`;
}

/** @returns a lift, a fraction, as a signed percentage: `+72.1%` */
export function lift(value: number): string {
  const size = Math.abs(value) * 100;
  return signed(`${grouped(size.toFixed(size < 100 ? 1 : 0))}%`, value);
}

/** @returns an interval of lifts: `[+64.2%, +80.5%]` */
export function liftInterval([low, high]: readonly [number, number]): string {
  return `[${lift(low)}, ${lift(high)}]`;
}

/** @returns a p-value: three decimals, four below 0.1, and `1.5e-13` below 1e-4 */
export function pValue(value: number): string {
  if (value === 0) return "<1e-300";
  if (value < 1e-4) return value.toExponential(1).replace(".0e", "e");
  return value < 0.1 ? value.toFixed(4) : value.toFixed(3);
}

/** @returns a plain number with about three digits: `0.203` */
export function statistic(value: number): string {
  const size = Math.abs(value);
  return `${value < 0 ? minus : ""}${grouped(size.toFixed(Math.min(3, decimalsFor(size))))}`;
}

/** @returns an unsigned share: `95%`, `99.5%` */
export function share(value: number): string {
  return `${Number((value * 100).toFixed(1))}%`;
}
