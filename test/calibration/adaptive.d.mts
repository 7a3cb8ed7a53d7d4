import type { mixture } from "../../src/bandits/index.js";
import type { AdaptiveTally, TallyRound } from "../../src/ope/adaptive/adaptive-tally.js";
import type { RandomSource } from "../../src/random/index.js";

export interface AdaptiveWorld {
  readonly key: string;
  readonly rates: readonly number[];
  readonly floor?: number;
  /** Played by the constraint `mixture` instead of a floor. */
  readonly mixed?: boolean;
  readonly drift?: number;
}

export interface AdaptiveParts {
  readonly AdaptiveTally: typeof AdaptiveTally;
  readonly mixture: typeof mixture;
  readonly randomSource: (seed: string | number) => RandomSource;
  readonly normalCdf: (z: number) => number;
  readonly normalPdf: (z: number) => number;
}

export interface AdaptiveCalibration {
  readonly everMissed: { readonly anytime: number; readonly mixture: number };
  readonly methods: Readonly<Record<string, { coverage: number; halfWidth: number; known: number }>>;
}

export const adaptiveWorlds: readonly AdaptiveWorld[];
export function playAdaptive(
  world: AdaptiveWorld,
  seed: string,
  essai: Omit<AdaptiveParts, "AdaptiveTally">,
  add: (round: TallyRound) => void,
  look?: () => void,
): void;
export function calibrateAdaptive(
  world: AdaptiveWorld,
  options: { readonly seed: string; readonly runs: number },
  essai: AdaptiveParts,
): AdaptiveCalibration;
