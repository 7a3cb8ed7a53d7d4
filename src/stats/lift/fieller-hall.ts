import type { Alternative, Estimate } from "../../core/estimate.js";
import { hall, hallInverse } from "../../core/hall.js";
import { interval, outside, pValueOf } from "../inference/tail.js";
import { pooledSkewness, type SkewedArms } from "../skewed/pooled-skewness.js";
import { type LiftInputs, zeroBaseline } from "./baseline.js";
import { fieller, fiellerSet } from "./fieller.js";

const method = "fieller-hall";

/**
 * One bound: the lift whose transformed statistic is `target`, the skewness being that at the bound itself (or at
 * `at`, when given); undefined where Fieller's set has no such end.
 */
function bound(inputs: LiftInputs, arms: SkewedArms, target: number, at?: number): number | undefined {
  let lift = (inputs.treatment - inputs.control) / inputs.control;
  for (let i = 0; i < 100; i++) {
    const signed = hallInverse(target, pooledSkewness(arms, 1 + (at ?? lift)));
    const { kind, bounds } = fiellerSet(inputs, Math.abs(signed));
    if (kind !== "interval") return undefined;
    const next = bounds[signed > 0 ? 0 : 1];
    const moved = Math.abs(next - lift);
    lift = next;
    if (moved <= 1e-13 * (1 + Math.abs(lift))) break;
  }
  return lift;
}

/** Both bounds. A skewness that changes along the set can cross them; then that of the estimate serves for both. */
function bothBounds(inputs: LiftInputs, arms: SkewedArms, critical: number) {
  const own = [bound(inputs, arms, critical), bound(inputs, arms, -critical)] as const;
  if (own[0] === undefined || own[1] === undefined || own[0] <= own[1]) return own;
  const at = (inputs.treatment - inputs.control) / inputs.control;
  return [bound(inputs, arms, critical, at), bound(inputs, arms, -critical, at)] as const;
}

/** A metric and its negative have opposite lifts: a negative baseline is computed as its mirror image. */
function mirrored(inputs: LiftInputs): LiftInputs {
  const { arms, ...rest } = inputs;
  const turned = ({ n, mean, m2, m3 }: SkewedArms["control"]) => ({ n, mean: -mean, m2, m3: -m3 });
  return {
    ...rest,
    control: -inputs.control,
    treatment: -inputs.treatment,
    ...(arms ? { arms: { control: turned(arms.control), treatment: turned(arms.treatment) } } : {}),
  };
}

/** Fieller's set of Welch statistics whose skewness Hall's transformation has taken away; see `lift`. */
export function fiellerHall(inputs: LiftInputs, level: number, alternative: Alternative): Estimate {
  const { arms } = inputs;
  if (!arms) return { ...fieller(inputs, level, alternative), method };
  if (inputs.control < 0) {
    const opposite = { "two-sided": "two-sided", greater: "less", less: "greater" } as const;
    const image = fiellerHall(mirrored(inputs), level, opposite[alternative]);
    const value = image.value === undefined ? {} : { value: -image.value };
    if (image.status !== "ok") return { ...image, ...value };
    const [lower, upper] = image.interval;
    return { ...image, ...value, interval: [-upper, -lower], statistic: -(image.statistic as number) };
  }
  const plain = fieller(inputs, level, alternative);
  if (inputs.control === 0) return zeroBaseline(method, level);
  const { controlVariance, treatmentVariance } = inputs;
  const variance = controlVariance + treatmentVariance;
  if (plain.status === "degenerate") return { ...plain, method };
  const tail = inputs.tail(controlVariance, treatmentVariance);
  const difference = inputs.treatment - inputs.control;
  const statistic = hall(difference / Math.sqrt(variance), pooledSkewness(arms, 1));
  const pValue = pValueOf(statistic, alternative, tail);
  const critical = tail.critical(outside(level, alternative));
  const [lower, upper] = bothBounds(inputs, arms, critical);
  if (plain.status !== "ok" || lower === undefined || upper === undefined)
    return {
      status: "unbounded",
      method,
      reason:
        "the control's value cannot be distinguished from zero at this level, so the lift has no finite bounds",
      value: plain.value as number,
      level,
      pValue,
      ...(plain.status !== "ok" && plain.complement ? { complement: plain.complement } : {}),
    };
  return { ...plain, method, statistic, pValue, interval: interval(lower, upper, alternative) };
}
