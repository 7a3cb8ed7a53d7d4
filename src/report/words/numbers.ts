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
  /** A p-value below 0.0001. */
  smallP(value: number): string;
  /** `p 0.012` of its text, in a sentence. */
  p(text: string): string;
  readonly months: readonly string[];
  date(day: number, month: string, year?: number): string;
}

/** What an axis shows. */
export type AxisUnit = "lift" | "points" | "amount" | "fraction" | "gain";

/** Numbers as a reader of one language expects them; fractions go in, percentages come out. */
export interface Numbers {
  /** An integer: `64,000`. */
  count(value: number): string;
  /** A metric's value, `18.28%` or three digits and more; the smaller of it and `sizedLike` sets the decimals. */
  level(value: number, quantity: Quantity, sizedLike?: number): string;
  /** A signed difference: of shares in percentage points, `+7.66 pp`; of amounts `+0.770`. */
  difference(value: number, quantity: Quantity): string;
  /** `[+7.00, +8.32]`, without unit. */
  differenceInterval(interval: readonly [number, number], quantity: Quantity): string;
  /** A signed percentage: `+72.1%`. */
  lift(value: number): string;
  /** `[+64.2%, +80.5%]`. */
  liftInterval(interval: readonly [number, number]): string;
  /** Three decimals, four below 0.1. */
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

/** @returns the numbers of a language */
export function numbersOf(spelling: NumberSpelling): Numbers {
  const { decimal, thousands, percent } = spelling;
  /** Digits with a point, as the language writes them. */
  const spell = (text: string) => {
    const [whole = "", rest] = text.split(".");
    const head = whole.replace(/\B(?=(\d{3})+(?!\d))/g, thousands);
    return rest === undefined ? head : `${head}${decimal}${rest}`;
  };
  const withSign = (text: string, value: number) =>
    `${!/[1-9]/.test(text) ? "±" : value < 0 ? minus : "+"}${text}`;
  const differenceOf = (value: number, quantity: Quantity, sizedLike: number) => {
    const scale = quantity === "fraction" ? 100 : 1;
    const wanted = decimalsFor(Math.abs(sizedLike) * scale);
    const decimals = quantity === "fraction" ? Math.min(wanted, 4) : wanted;
    return withSign(spell((Math.abs(value) * scale).toFixed(decimals)), value);
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
    difference: (value, quantity) =>
      `${differenceOf(value, quantity, value)}${quantity === "fraction" ? spelling.points(value * 100) : ""}`,
    differenceInterval([low, high], quantity) {
      const size = Math.max(Math.abs(low), Math.abs(high));
      return spelling.interval(differenceOf(low, quantity, size), differenceOf(high, quantity, size));
    },
    lift(value) {
      const size = Math.abs(value) * 100;
      return withSign(`${spell(size.toFixed(size < 100 ? 1 : 0))}${percent}`, value);
    },
    liftInterval: ([low, high]) => spelling.interval(numbers.lift(low), numbers.lift(high)),
    pValue: (value) =>
      value < 1e-4 ? spelling.smallP(value) : spell(value < 0.1 ? value.toFixed(4) : value.toFixed(3)),
    p: (value) => spelling.p(numbers.pValue(value)),
    statistic(value) {
      const size = Math.abs(value);
      return `${value < 0 ? minus : ""}${spell(size.toFixed(Math.min(3, decimalsFor(size))))}`;
    },
    signed: (value) => `${value < 0 ? "" : "+"}${numbers.statistic(value)}`,
    share: (value) => `${spell(String(Number((value * 100).toFixed(1))))}${percent}`,
    probability(value) {
      if (value > 0 && value < 0.0005) return `<${numbers.share(0.001)}`;
      return value > 0.9995 && value < 1 ? `>${numbers.share(0.999)}` : numbers.share(value);
    },
    tick(value, unit) {
      if (unit === "lift") return `${value > 0 ? "+" : ""}${short(value * 100)}${percent}`;
      if (unit === "gain") return `${value > 0 ? "+" : ""}${short(value)}`;
      return unit === "amount" ? short(value) : `${short(value * 100)}${unit === "fraction" ? percent : ""}`;
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
