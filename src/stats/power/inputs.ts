import type { FieldsFor } from "../../shapes/index.js";
import { normalTail } from "../inference/tail.js";

/** How sure a test is to be, and how the units are split. */
export interface PowerOptions {
  /** Probability of a false alarm, in (0, 1); default 0.05. */
  readonly alpha?: number;
  /** Probability of finding the effect, in (0, 1); default 0.8. */
  readonly power?: number;
  /** Treatment units per control unit, > 0; default 1. */
  readonly ratio?: number;
  /** Default `"two-sided"`. */
  readonly alternative?: "two-sided" | "one-sided";
}

/** Units needed, rounded up, and the unrounded number in control. */
export interface SampleSize {
  readonly control: number;
  readonly treatment: number;
  readonly exactControl: number;
}

const fraction = { kind: "number", above: 0, below: 1, optional: true } as const;

/** The keys of {@link PowerOptions}. */
export const powerFields = {
  alpha: fraction,
  power: fraction,
  ratio: { kind: "number", above: 0, optional: true },
  alternative: { kind: "word", of: ["two-sided", "one-sided"], optional: true },
} as const satisfies FieldsFor<PowerOptions>;

/** Checked options with their defaults; `tail` is the error on one side. */
export function readPower({ alpha = 0.05, power = 0.8, ratio = 1, alternative = "two-sided" }: PowerOptions) {
  const twoSided = alternative === "two-sided";
  return { tail: twoSided ? alpha / 2 : alpha, power, ratio, twoSided };
}

/** Sum of the normal points of error and power. */
export function normalPoints(options: PowerOptions) {
  const { tail, power, ratio } = readPower(options);
  return { error: normalTail.critical(tail), power: normalTail.critical(1 - power), ratio };
}

/** Rounds up what a formula gives. */
export function sized(exactControl: number, ratio: number): SampleSize {
  return { control: Math.ceil(exactControl), treatment: Math.ceil(exactControl * ratio), exactControl };
}
