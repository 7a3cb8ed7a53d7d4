import { ExperimentError, out_of_range, unknown_key } from "../../errors/index.js";
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

/** @throws ExperimentError `out_of_range` at ["options", name] unless in (0, 1) */
function fraction(value: number, name: string): number {
  if (!(value > 0 && value < 1)) throw new ExperimentError({ out_of_range }, ["options", name], value);
  return value;
}

/** Options with their defaults, checked; `tail` is the error on one side. */
export function readPower(options: PowerOptions) {
  const alpha = fraction(options.alpha ?? 0.05, "alpha");
  const power = fraction(options.power ?? 0.8, "power");
  const ratio = options.ratio ?? 1;
  if (!(ratio > 0 && Number.isFinite(ratio)))
    throw new ExperimentError({ out_of_range }, ["options", "ratio"], ratio);
  const alternative = options.alternative ?? "two-sided";
  if (alternative !== "two-sided" && alternative !== "one-sided")
    throw new ExperimentError({ unknown_key }, ["options", "alternative"], alternative);
  const tail = alternative === "two-sided" ? alpha / 2 : alpha;
  return { tail, power, ratio, twoSided: alternative === "two-sided" };
}

/** Sum of the normal points of error and power. */
export function normalPoints(options: PowerOptions) {
  const { tail, power, ratio } = readPower(options);
  return { error: normalTail.critical(tail), power: normalTail.critical(1 - power), ratio };
}

/** A positive finite number, or a refusal. */
export function positive(value: number, name: string): number {
  if (!(value > 0 && Number.isFinite(value))) throw new ExperimentError({ out_of_range }, [name], value);
  return value;
}

/** Rounds up what a formula gives. */
export function sized(exactControl: number, ratio: number): SampleSize {
  return { control: Math.ceil(exactControl), treatment: Math.ceil(exactControl * ratio), exactControl };
}
