import type { Quantity } from "../../core/quantity.js";

/** How a language writes numbers. */
export interface NumberSpelling {
  readonly decimal: string;
  readonly thousands: string;
  /** With the space before it, where there is one. */
  readonly percent: string;
  /** Unit of a difference of shares, with the space before it. */
  points(value: number): string;
  interval(low: string, high: string): string;
  /** Between "<" and the number of a bound: a space, or none. */
  readonly below: string;
  /** `p 0.012` of its text, in a sentence. */
  p(text: string): string;
  readonly months: readonly string[];
  date(day: number, month: string, year?: number): string;
}

/** Lower and upper end. */
type Interval = readonly [low: number, high: number];

/** What an axis shows. */
export type AxisUnit = "lift" | "points" | "amount" | "fraction" | "gain";

/** Numbers as a reader of one language expects them; fractions go in, percentages come out. */
export interface Numbers {
  /** An integer: `64,000`. */
  count(value: number): string;
  /** A metric's value, `18.28%` or three digits and more; the smaller of it and `sizedLike` sets the decimals. */
  level(value: number, quantity: Quantity, sizedLike?: number): string;
  /**
   * A signed difference: of shares in percentage points, `+7.7 points`; of amounts `+0.77`. An interval sets the decimals:
   * two digits of its half-width.
   */
  difference(value: number, quantity: Quantity, interval?: Interval): string;
  /** The same without its unit. */
  plainDifference(value: number, quantity: Quantity, interval?: Interval): string;
  /** `+7.0 to +8.3`, without unit. */
  differenceInterval(interval: Interval, quantity: Quantity): string;
  /** Half of an interval's width, without unit: `1.1`; with the decimals of another interval. */
  halfWidth(half: number, quantity: Quantity, like: Interval): string;
  /** A round size without sign or unit: `4`. */
  size(value: number, quantity: Quantity): string;
  /** Unit of differences: `points`; empty for amounts. */
  unit(quantity: Quantity): string;
  /** A signed whole number, `−682`; with a decimal where the largest beside it is small. */
  signedCount(value: number, largest: number): string;
  /** A signed percentage: `+72.1%`; an interval sets the decimals. */
  lift(value: number, interval?: Interval): string;
  /** `+64% to +81%`. */
  liftInterval(interval: Interval): string;
  /** Three decimals, and four where three would hide which side of a threshold it lies on; never an exponent. */
  pValue(value: number): string;
  /** The same in a sentence: `p 0.012`. */
  p(value: number): string;
  /** About three digits: `0.203`. */
  statistic(value: number): string;
  /** The same with its sign: `+212`. */
  signed(value: number): string;
  /** An unsigned share: `95%`. */
  share(value: number): string;
  /** A share of the traffic or a probability, never rounded to none or all: `<0.1%`. */
  probability(value: number): string;
  /** A label of an axis. */
  tick(value: number, unit: AxisUnit): string;
  /** A label of an axis of time (UTC): the day, or the hour within one. */
  timeTick(time: Date): string;
  /** `5 Jan 2026` (UTC). */
  day(time: string): string;
  interval(low: string, high: string): string;
}

const minus = "−";

/** Decimals that show about three digits of a number of this size, never more than eight. */
function decimalsFor(size: number): number {
  if (size === 0) return 2;
  return Math.min(8, Math.max(0, 2 - Math.floor(Math.log10(size))));
}

/** Decimals that show two digits of an interval's half-width. */
function decimalsWithin(interval: Interval | undefined, scale: number): number | undefined {
  if (!interval) return undefined;
  const half = ((interval[1] - interval[0]) / 2) * scale;
  if (!(half > 0) || !Number.isFinite(half)) return undefined;
  return Math.min(8, Math.max(0, 1 - Math.floor(Math.log10(half))));
}

/** Decimals, up to three more than wanted, at which a number that is not zero does not read as zero. */
function decimalsPastZero(size: number, wanted: number): number {
  for (let decimals = wanted; decimals <= Math.min(8, wanted + 3); decimals++)
    if (Number(size.toFixed(decimals)) > 0) return decimals;
  return wanted;
}

/** @returns the numbers of a language */
export function numbersOf(spelling: NumberSpelling): Numbers {
  const { decimal, thousands, percent } = spelling;
  /** Digits with a point, as the language writes them. */
  const spell = (text: string) => {
    const [whole = "", rest] = text.split(".");
    const head = whole.replace(/\B(?=(\d{3})+(?!\d))/g, thousands);
    return rest === undefined ? head : `${head}${decimal}${rest}`;
  };
  /** "±" before nothing at all, "≈" before what only rounds to it. */
  const withSign = (text: string, value: number) => {
    if (!/[1-9]/.test(text)) return `${value === 0 ? "±" : "≈"}${text}`;
    return `${value < 0 ? minus : "+"}${text}`;
  };
  /** An end of an interval, with as many decimals as it takes not to read as zero; its sign says on which side it lies. */
  const end = (value: number, scale: number, decimals: number) => {
    const size = Math.abs(value) * scale;
    return `${value < 0 ? minus : "+"}${spell(size.toFixed(decimalsPastZero(size, decimals)))}`;
  };
  const scaleOf = (quantity: Quantity) => (quantity === "fraction" ? 100 : 1);
  const plainDifference: Numbers["plainDifference"] = (value, quantity, interval) => {
    const scale = scaleOf(quantity);
    const wanted = decimalsWithin(interval, scale) ?? decimalsFor(Math.abs(value) * scale);
    const size = Math.abs(value) * scale;
    const decimals = decimalsPastZero(size, quantity === "fraction" ? Math.min(wanted, 4) : wanted);
    return withSign(spell(size.toFixed(decimals)), value);
  };
  const short = (value: number) =>
    `${value < 0 ? minus : ""}${spell(String(Number(Math.abs(value).toPrecision(6))))}`;
  const dateOf = (time: Date, year?: number) =>
    spelling.date(time.getUTCDate(), spelling.months[time.getUTCMonth()] as string, year);

  const numbers: Numbers = {
    count: (value) => spell(String(Math.round(value))),
    level(value, quantity, sizedLike = value) {
      const scale = quantity === "fraction" ? 100 : 1;
      const sizes = [Math.abs(value), Math.abs(sizedLike)].filter((each) => each > 0);
      const smallest = (sizes.length > 0 ? Math.min(...sizes) : 0) * scale;
      const decimals =
        quantity === "fraction" ? Math.min(4, Math.max(2, decimalsFor(smallest))) : decimalsFor(smallest);
      const text = spell((Math.abs(value) * scale).toFixed(decimals));
      return `${value < 0 ? minus : ""}${text}${quantity === "fraction" ? percent : ""}`;
    },
    plainDifference,
    difference: (value, quantity, interval) =>
      `${plainDifference(value, quantity, interval)}${quantity === "fraction" ? spelling.points(value * 100) : ""}`,
    differenceInterval(interval, quantity) {
      const scale = scaleOf(quantity);
      const size = Math.max(...interval.map(Math.abs)) * scale;
      const decimals = decimalsWithin(interval, scale) ?? decimalsFor(size);
      const [low, high] = interval.map((each) => end(each, scale, decimals)) as [string, string];
      return spelling.interval(low, high);
    },
    halfWidth(half, quantity, like) {
      const scale = scaleOf(quantity);
      const size = half * scale;
      return spell(size.toFixed(decimalsPastZero(size, decimalsWithin(like, scale) ?? 1)));
    },
    size: (value, quantity) => short(value * scaleOf(quantity)),
    unit: (quantity) => (quantity === "fraction" ? spelling.points(2).trim() : ""),
    signedCount: (value, largest) => withSign(spell(Math.abs(value).toFixed(largest >= 10 ? 0 : 1)), value),
    lift(value, interval) {
      const size = Math.abs(value) * 100;
      const decimals = decimalsPastZero(size, decimalsWithin(interval, 100) ?? (size < 100 ? 1 : 0));
      return withSign(`${spell(size.toFixed(decimals))}${percent}`, value);
    },
    liftInterval(interval) {
      const decimals = decimalsWithin(interval, 100) ?? 1;
      const [low, high] = interval.map((each) => `${end(each, 100, decimals)}${percent}`) as [string, string];
      return spelling.interval(low, high);
    },
    pValue(value) {
      if (value < 1e-4) return `<${spelling.below}${spell("0.0001")}`;
      const short = value.toFixed(3);
      return spell(value < 0.001 || (value < 0.05 && short === "0.050") ? value.toFixed(4) : short);
    },
    p: (value) => spelling.p(numbers.pValue(value)),
    statistic(value) {
      const size = Math.abs(value);
      return `${value < 0 ? minus : ""}${spell(size.toFixed(Math.min(3, decimalsFor(size))))}`;
    },
    signed: (value) => `${value < 0 ? "" : "+"}${numbers.statistic(value)}`,
    share: (value) => `${spell(String(Number((value * 100).toFixed(1))))}${percent}`,
    probability(value) {
      if (value > 0 && value < 0.0005) return `<${spelling.below}${numbers.share(0.001)}`;
      return value > 0.9995 && value < 1 ? `>${spelling.below}${numbers.share(0.999)}` : numbers.share(value);
    },
    tick(value, unit) {
      if (unit === "lift") return `${value > 0 ? "+" : ""}${short(value * 100)}${percent}`;
      if (unit === "gain") return `${value > 0 ? "+" : ""}${short(value)}`;
      if (unit === "points") return `${value > 0 ? "+" : ""}${short(value * 100)}`;
      return unit === "amount" ? short(value) : `${short(value * 100)}${percent}`;
    },
    timeTick(time) {
      const [hours, minutes] = [time.getUTCHours(), time.getUTCMinutes()];
      if (hours === 0 && minutes === 0) return dateOf(time);
      return `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
    },
    day(text) {
      const time = new Date(text);
      return dateOf(time, time.getUTCFullYear());
    },
    interval: (low, high) => spelling.interval(low, high),
  };
  return numbers;
}
