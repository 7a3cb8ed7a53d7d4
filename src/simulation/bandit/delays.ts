import { type RandomSource, sampleExponential, sampleLognormal } from "../../random/index.js";

/** How long after its decision a reward happens. `lost` is the fraction that never does; default 0. */
export type Delay = { readonly lost?: number } & (
  | { readonly kind: "fixed"; readonly hours: number }
  | { readonly kind: "exponential"; readonly meanHours: number }
  | { readonly kind: "lognormal"; readonly medianHours: number; readonly sigma: number }
);

type Of<K> = Extract<Delay, { kind: K }>;

/** The kinds of delay: what has to be positive, and a draw in hours. */
export const delayKinds = {
  fixed: {
    positive: ["hours"],
    draw: ({ hours }: Of<"fixed">, _random: RandomSource) => hours,
  },
  exponential: {
    positive: ["meanHours"],
    draw: ({ meanHours }: Of<"exponential">, random: RandomSource) => meanHours * sampleExponential(random),
  },
  lognormal: {
    positive: ["medianHours", "sigma"],
    draw: ({ medianHours, sigma }: Of<"lognormal">, random: RandomSource) =>
      sampleLognormal(random, Math.log(medianHours), sigma),
  },
} as const;

/** Hours until a reward happens; Infinity if it never does. */
export function drawDelay(delay: Delay, random: RandomSource): number {
  const lost = random.next() < (delay.lost ?? 0);
  const kind = delayKinds[delay.kind] as { draw(delay: Delay, random: RandomSource): number };
  const hours = kind.draw(delay, random);
  return lost ? 1 / 0 : hours;
}
