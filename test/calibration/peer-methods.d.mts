import type { RandomSource } from "../../src/random/index.js";

/** What a method needs of an arm. */
export interface PeerArm {
  readonly n: number;
  readonly mean: number;
  readonly m2: number;
}
/** What a method says: whether its test shows a gain or a loss, one-sided at 2.5 %, and its interval where it has one. */
export interface PeerAnswer {
  readonly gain: boolean;
  readonly harm: boolean;
  readonly width: number | undefined;
  readonly interval?: readonly number[];
}
export type PeerTest = (control: PeerArm, treatment: PeerArm) => PeerAnswer;

export const welchTest: PeerTest;
export const pooledTest: PeerTest;
export const unpooledTest: PeerTest;
export const relativeTest: PeerTest;
export const relativeStudentTest: PeerTest;
export const fisherTest: PeerTest;
export function exactSize(
  test: PeerTest,
  units: readonly [number, number],
  rate: number,
): { readonly gain: number; readonly harm: number };
export function bootstrapLiftTest(
  control: { readonly n: number; readonly values: readonly number[] },
  treatment: { readonly n: number; readonly values: readonly number[] },
  random: RandomSource,
  sampleBinomial: (random: RandomSource, n: number, p: number) => number,
  replicates?: number,
): PeerAnswer;
