import { type RandomSource, samplePoisson } from "../../random/index.js";
import type { Arrivals } from "./bandit-world.js";

const HOUR = 3_600_000;

/**
 * When units come: a Poisson number an hour, evenly through it.
 * @param arrivals  how many, and at which times of day and week
 * @param random    source of chance
 * @param start     milliseconds since 1970 of the first hour
 * @returns without end: whole hours since the start, and milliseconds since 1970
 */
export function* arrivalTimes(
  { perDay = 1_000, hours, weekdays }: Arrivals,
  random: RandomSource,
  start: number,
): Generator<{ readonly hour: number; readonly at: number }, never> {
  const mean = (weights: readonly number[]) =>
    weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  const scale = perDay / 24 / (hours ? mean(hours) : 1) / (weekdays ? mean(weekdays) : 1);
  for (let hour = 0; ; hour++) {
    const begin = start + hour * HOUR;
    const date = new Date(begin);
    const rate = scale * (hours?.[date.getUTCHours()] ?? 1) * (weekdays?.[date.getUTCDay()] ?? 1);
    const count = samplePoisson(random, rate);
    for (let i = 0; i < count; i++) yield { hour, at: begin + Math.floor(((i + 0.5) / count) * HOUR) };
  }
}
