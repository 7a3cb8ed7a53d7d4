import type { Estimate } from "../../core/estimate.js";
import {
  ExperimentError,
  out_of_range,
  requireArray,
  requireNumber,
  requireObject,
} from "../../errors/index.js";
import { checkFields, type FieldsFor, fitsFields } from "../../shapes/index.js";

/** What the looks so far have said together: plain JSON, to be kept until the next one. */
export interface SequentialState {
  /** Looks with new units. */
  readonly looks: number;
  /** Units at the last one. */
  readonly control: number;
  readonly treatment: number;
  readonly level: number;
  /** The smallest so far. */
  readonly pValue: number;
  /** The intersection of the intervals so far; absent where nothing has bounded that side. */
  readonly lower?: number;
  readonly upper?: number;
}

/** One look: an estimate that holds at every look, and the units that it was made of. */
export interface SequentialLook {
  readonly control: number;
  readonly treatment: number;
  readonly estimate: Estimate;
}

const count = { kind: "number", atLeast: 0, whole: true } as const;
const share = { kind: "number", atLeast: 0, atMost: 1 } as const;
const level = { kind: "number", above: 0, below: 1 } as const;
/** The keys of {@link SequentialState}. */
export const sequentialStateFields = {
  looks: count,
  control: count,
  treatment: count,
  level,
  pValue: share,
  lower: { kind: "number", optional: true },
  upper: { kind: "number", optional: true },
} as const satisfies FieldsFor<SequentialState>;
const lookFields = {
  control: count,
  treatment: count,
  estimate: { kind: "anything" },
} as const satisfies FieldsFor<SequentialLook>;

/** Refuses an estimate whose numbers a state could not keep. */
function checkEstimate(estimate: Estimate): void {
  const path = ["look", "estimate"];
  requireObject(estimate, path);
  const { status, level, pValue } = estimate;
  if (level !== undefined) requireNumber(level, [...path, "level"], { above: 0, below: 1 });
  if (pValue !== undefined) requireNumber(pValue, [...path, "pValue"], { atLeast: 0, atMost: 1 });
  if (status !== "ok") {
    if (estimate.lower !== undefined) requireNumber(estimate.lower, [...path, "lower"]);
    return;
  }
  requireArray(estimate.interval, [...path, "interval"]);
  for (const i of [0, 1] as const) {
    const end = estimate.interval[i];
    if (end !== Number.POSITIVE_INFINITY && end !== Number.NEGATIVE_INFINITY)
      requireNumber(end, [...path, "interval", i]);
  }
}

/** What all looks say together. */
function readingOf(state: SequentialState, estimate: Estimate): Estimate {
  const { method, status } = estimate;
  const { lower = Number.NEGATIVE_INFINITY, upper = Number.POSITIVE_INFINITY, pValue } = state;
  if (lower > upper)
    return {
      status: "undefined",
      method,
      reason: "the looks' intervals have no value in common: the effect changed, or the data did",
      level: state.level,
      pValue,
    };
  if (status === "ok") return { ...estimate, interval: [lower, upper], pValue };
  return { ...estimate, pValue, ...(state.lower === undefined ? {} : { lower }) };
}

/**
 * Adds a look to those before it: intervals that hold at every look hold together, so what counts is their
 * intersection, and the smallest p-value. The same look again changes nothing.
 * @param state  of the look before, or null at the first
 * @param look   units of both arms, and an estimate of one of the sequential functions, always of the same settings
 * @returns the state to keep, and the reading: the estimate with the intersection as interval and the smallest pValue;
 *          `undefined` when the intervals contradict each other
 * @throws ExperimentError `out_of_range` at ["look", "control"] or ["look", "treatment"] for fewer units than before (data
 *         that shrank), at ["look", "estimate", "level"] for another level; `missing_value`, `wrong_type` or `unknown_key` at the
 *         field
 * @source Howard, Ramdas, McAuliffe & Sekhon (2021), Annals of Statistics 49
 * @checked test/stats/add-look.test.ts
 * @example
 * const at = (units: number, mean: number) =>
 *   sequentialMeans({ n: units, mean: 10, m2: 4 * units }, { n: units, mean, m2: 4 * units }, { tunedAt: 5000 });
 * const monday = { control: 1000, treatment: 1000, estimate: at(1000, 10.5).difference };
 * const first = addLook(null, monday);
 * const tuesday = { control: 2000, treatment: 2000, estimate: at(2000, 10.1).difference };
 * const second = addLook(first.state, tuesday);
 * second.reading.pValue === first.reading.pValue; // true
 */
export function addLook(
  state: SequentialState | null,
  look: SequentialLook,
): { readonly state: SequentialState; readonly reading: Estimate } {
  if (state !== null && !fitsFields(state, sequentialStateFields))
    checkFields(state, sequentialStateFields, ["state"]);
  if (!fitsFields(look, lookFields)) checkFields(look, lookFields, ["look"]);
  const { control, treatment, estimate } = look;
  checkEstimate(estimate);
  const levelNow = estimate.level ?? state?.level ?? 0.95;
  if (state) {
    for (const arm of ["control", "treatment"] as const)
      if (look[arm] < state[arm])
        throw new ExperimentError({ out_of_range }, ["look", arm], look[arm], {
          expected: { atLeast: state[arm] },
        });
    if (levelNow !== state.level)
      throw new ExperimentError({ out_of_range }, ["look", "estimate", "level"], levelNow, {
        expected: { atLeast: state.level, atMost: state.level },
      });
  }
  const [low, high] = estimate.status === "ok" ? estimate.interval : [estimateLower(estimate), undefined];
  const lower = Math.max(state?.lower ?? Number.NEGATIVE_INFINITY, low ?? Number.NEGATIVE_INFINITY);
  const upper = Math.min(state?.upper ?? Number.POSITIVE_INFINITY, high ?? Number.POSITIVE_INFINITY);
  const grown = !state || control > state.control || treatment > state.treatment;
  const next: SequentialState = {
    looks: (state?.looks ?? 0) + (grown ? 1 : 0),
    control,
    treatment,
    level: levelNow,
    pValue: Math.min(state?.pValue ?? 1, estimate.pValue ?? 1),
    ...(lower === Number.NEGATIVE_INFINITY ? {} : { lower }),
    ...(upper === Number.POSITIVE_INFINITY ? {} : { upper }),
  };
  return { state: next, reading: readingOf(next, estimate) };
}

const estimateLower = (estimate: Estimate) => (estimate.status === "ok" ? undefined : estimate.lower);
