import { ExperimentError, insufficient_data } from "../errors/index.js";

const fewestPerArm = 100;
/** Below this many units with an unusual outcome, an arm's average is not near normal, and one without any seems exact. */
export const fewestEvents = 10;

/**
 * Refuses arms that are too small to be judged, or that too few events would be expected in: by the share of all units whose
 * outcome is not the most frequent one.
 * @param variant  places of the units' arms
 * @param outcome  of each unit
 * @param arms     how many arms there are
 * @returns how many units each arm has, and the share of all units whose outcome is an event
 * @throws ExperimentError `insufficient_data` at ["variant"] below 100 units, at ["outcome"] below 10 expected events
 */
export function requireEnough(
  variant: Uint8Array,
  outcome: Float64Array,
  arms: number,
): { readonly sizes: readonly number[]; readonly eventful: number } {
  const sizes: number[] = new Array(arms).fill(0);
  for (const arm of variant) sizes[arm] = (sizes[arm] ?? 0) + 1;
  const fewest = Math.min(...sizes);
  if (fewest < fewestPerArm)
    throw new ExperimentError({ insufficient_data }, ["variant"], fewest, {
      expected: { atLeast: fewestPerArm },
    });
  const times = new Map<number, number>();
  for (const value of outcome) times.set(value, (times.get(value) ?? 0) + 1);
  let usual = 0;
  for (const count of times.values()) usual = Math.max(usual, count);
  const eventful = (outcome.length - usual) / outcome.length;
  const events = Math.floor(eventful * fewest);
  if (events < fewestEvents)
    throw new ExperimentError({ insufficient_data }, ["outcome"], events, {
      expected: { atLeast: fewestEvents },
    });
  return { sizes, eventful };
}
