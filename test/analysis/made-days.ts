import { randomSource, sampleBinomial, sampleNormal } from "../../src/random/index.js";

/** What a unit does on a day since exposure: chance of an order, and the mean of its amount. */
export type DayLaw = (day: number) => { readonly chance: number; readonly amount: number };

const day = 86_400_000;
const start = Date.UTC(2026, 0, 5);
export const at = (days: number): string => new Date(start + days * day).toISOString();

/**
 * Exposures over some days and orders afterwards: each unit at its own hour, at most one order per day.
 * @param laws  of control and treatment
 */
export function madeDays(
  laws: readonly [control: DayLaw, treatment: DayLaw],
  { seed = "days", units = 2000, days = 14, arrive = 7, steady = 0 } = {},
) {
  const random = randomSource(seed);
  const exposures = [];
  const events = [];
  for (let i = 0; i < units; i++) {
    const side = random.next() < 0.5 ? 0 : 1;
    const first = random.next() * arrive;
    // A unit's own taste, the same on all days, so that days are correlated.
    const taste = Math.exp(steady * sampleNormal(random) - (steady * steady) / 2);
    exposures.push({ user: `u${i}`, variant: side === 1 ? "new" : "old", at: at(first) });
    for (let d = 0; d < days + arrive - first; d++) {
      const { chance, amount } = laws[side](d);
      if (sampleBinomial(random, 1, Math.min(1, chance * taste)) === 0) continue;
      const value = Math.max(0.01, amount + 3 * sampleNormal(random));
      events.push({ user: `u${i}`, event: "order", at: at(first + d + 0.9 * random.next()), value });
    }
  }
  return { exposures, events };
}

/** The mapping of such rows. */
export const dayMapping = {
  exposures: { unit: "user", variant: "variant", at: "at" },
  events: { unit: "user", event: "event", at: "at" },
} as const;
