import type { RandomSource } from "../../random/index.js";
import type { FieldsFor } from "../../shapes/index.js";
import { drawLaw } from "../laws/draw-law.js";
import { type Law, lawSettings } from "../laws/index.js";

/** What a delay says beside its law. */
export interface DelaySettings {
  /** Mean of the delays, in hours, > 0. */
  readonly meanHours: number;
  /** The fraction of rewards that never happen; default 0. */
  readonly lost?: number;
}

/** How long after its decision a reward happens. */
export type Delay = Law & DelaySettings;

const settings = {
  meanHours: { kind: "number", above: 0 },
  lost: { kind: "number", atLeast: 0, atMost: 1, optional: true },
} as const satisfies FieldsFor<DelaySettings>;

type DelayFields = {
  readonly [K in Law["kind"]]: (typeof lawSettings)[K] & typeof settings;
};

/** What a delay may be: any law, with its own settings. */
export const delayShape = {
  kind: "choice",
  by: "kind",
  of: Object.fromEntries(
    Object.entries(lawSettings).map(([kind, own]) => [kind, { ...own, ...settings }]),
  ) as DelayFields,
} as const;

/** Hours until a reward happens; Infinity if it never does. */
export function drawDelay(delay: Delay, random: RandomSource): number {
  const lost = random.next() < (delay.lost ?? 0);
  const hours = delay.meanHours * drawLaw(delay, random);
  return lost ? 1 / 0 : hours;
}
