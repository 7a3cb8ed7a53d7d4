import type { Calendar } from "../../core/data-mapping.js";
import { microsecondsPerDay } from "../../core/period.js";

/** @returns when the day, or the week from Monday on, of a time begins, in UTC; both in microseconds since 1970 */
export function startOf(time: number, by: "day" | "week"): number {
  const day = Math.floor(time / microsecondsPerDay);
  const first = by === "week" ? day - ((((day + 3) % 7) + 7) % 7) : day;
  return first * microsecondsPerDay;
}

/** @returns the level of a time in microseconds since 1970: its day, its week's Monday, or its month, in UTC */
export function calendarLevel(time: number, by: Calendar): string {
  const first = startOf(time, by === "week" ? "week" : "day");
  return new Date(first / 1000).toISOString().slice(0, by === "month" ? 7 : 10);
}
