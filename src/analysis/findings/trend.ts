import type { Quantity } from "../../core/quantity.js";
import type { Trend } from "../trends/trend.js";
import type { FindingMember, Tone } from "./finding-kind.js";

/** Series are many by nature; the rest stays in the report. */
const most = 8;

type Told = Extract<Trend, { readonly status: "ok" }>;

/** How strongly a series is shown to change. */
const p = ({ shows, line, change }: Told): number => (shows === "trend" ? line.pAdjusted : change.pAdjusted);

/** A value or an effect that changes along an ordered dimension: at once after a level, or steadily. */
export const trend: FindingMember<{
  readonly metric: string;
  readonly quantity: Quantity;
  readonly dimension: string;
  readonly within: Trend["within"];
  readonly of: Trend["of"];
  readonly shows: "change" | "trend";
  readonly randomized: boolean;
  readonly line: Told["line"];
  readonly change: Told["change"];
  /** First and last level, with their values. */
  readonly ends: readonly [
    from: { readonly level: string; readonly value: number },
    to: { readonly level: string; readonly value: number },
  ];
  /** What comes later is worse by the metric's own direction. */
  readonly worsens: boolean;
  /** Of a difference: after the change no gain is shown any more. */
  readonly spent: boolean;
}> = {
  find: ({ trends = [], metrics }) =>
    trends
      .flatMap((each) => (each.status === "ok" && each.told ? [each] : []))
      .sort((a, b) => p(a) - p(b))
      .slice(0, most)
      .flatMap((each) => {
        const { metric, dimension, within, of, shows, randomized = false, line, change, points } = each;
        const known = metrics.find(({ key }) => key === metric);
        const [first, last] = [points[0], points.at(-1)];
        if (shows === "nothing" || !first || !last) return [];
        const falls = shows === "change" ? change.since < change.before : line.slope < 0;
        const worsens = falls === (known?.better !== "lower");
        const [low, high] = change.sinceInterval;
        const gains = known?.better === "lower" ? high < 0 : low > 0;
        const spent = worsens && shows === "change" && "contrast" in of && !gains;
        const tone: Tone = "neutral";
        const end = ({ level, value }: typeof first) => ({ level, value });
        return [
          {
            tone,
            evidence: {
              ...{ metric, quantity: known?.quantity ?? "amount", dimension, within, of, shows },
              ...{ randomized, line, change, ends: [end(first), end(last)] as const, worsens, spent },
            },
          },
        ];
      }),
};
