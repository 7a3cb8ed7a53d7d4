import type { DelayModel } from "./delay-model.js";
import type { KindRule } from "./kind-rules.js";
import { nothing, type Standing, WHOLE } from "./standing.js";

/** Silence is learned anew once it counts so much more. */
const STEP = 8;

/**
 * How a decision is to stand with one kind of reward.
 * @param from   how it stands
 * @param value  what its rewards come to; undefined: there are none
 * @param age    milliseconds since it was made
 */
export function wantedStanding(
  { window, missing, early }: KindRule,
  delays: DelayModel | undefined,
  from: Standing,
  value: number | undefined,
  action: string,
  age: number,
): Standing {
  const closed = age > window;
  if (value !== undefined) return early || closed ? { value, weight: WHOLE } : nothing;
  if (missing === null) return nothing;
  if (closed) return { value: missing, weight: WHOLE };
  if (!early) return nothing;
  const weight = Math.min(WHOLE - 1, Math.floor(WHOLE * (delays?.silence(action, age) ?? 0)));
  const silent = from.weight < WHOLE && (from.value === missing || from.weight === 0);
  return silent && weight < from.weight + STEP ? from : { value: missing, weight };
}
