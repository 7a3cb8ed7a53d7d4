/** A day of 24 hours. */
export const microsecondsPerDay = 86_400e6;

const hours: Readonly<Record<string, number>> = { hour: 1, day: 24, week: 168 };

/**
 * A length of time as a definition spells it: `"36 hours"`, `"14 days"`, `"2 weeks"`.
 * @returns microseconds, > 0; undefined for a text that is not a period
 */
export function microsecondsIn(period: string): number | undefined {
  const [, count, unit = ""] = /^([1-9]\d{0,4}) (hour|day|week)s?$/.exec(period) ?? [];
  const each = hours[unit];
  return each && Number(count) * each * 3600e6;
}
