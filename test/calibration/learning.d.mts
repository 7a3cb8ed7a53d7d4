import type { learnedValue, RidgeLearner, RidgeRounds } from "../../src/ope/learning/index.js";
import type { LearningRounds } from "../../src/ope/learning/learned-value.js";
import type { randomSource } from "../../src/random/index.js";

export interface LearningWorld {
  readonly key: string;
  readonly learns?: boolean;
  rate(kind: number, action: number): number;
}

export const learningWorlds: readonly LearningWorld[];

export interface LearningEssai {
  readonly randomSource: typeof randomSource;
  readonly learnedValue: typeof learnedValue;
  readonly RidgeLearner: typeof RidgeLearner;
}

export function playLearning(
  world: LearningWorld,
  seed: string,
  rounds: number,
  essai: Pick<LearningEssai, "randomSource">,
): LearningRounds & RidgeRounds & { readonly kinds: Int32Array };

export function calibrateLearning(
  world: LearningWorld,
  options: { readonly seed: string; readonly runs: number; readonly rounds: number },
  essai: LearningEssai,
): Readonly<
  Record<
    | "value"
    | "over"
    | "known"
    | "beats"
    | "better"
    | "bias"
    | "biasError"
    | "sameLogBias"
    | "halfWidth"
    | "error"
    | "ofSplit",
    number
  >
>;

export function printLearning(
  given: {
    readonly seed: string;
    readonly replications?: number | undefined;
    readonly words: readonly string[];
    readonly about: string;
  },
  essai: LearningEssai,
): number;
