/**
 * The actions a unit may still get: those it has had fewer times than allowed.
 * @param actions  keys of the actions in question
 * @param counts   how often the unit has had each, by key; not named means never
 * @param most     how often it may, by key; not named means without limit
 * @returns keys for `decide`'s `eligible`; may be empty, and then the unit is to be left alone
 */
export const withinFrequency = (
  actions: readonly string[],
  counts: Readonly<Record<string, number>>,
  most: Readonly<Record<string, number>>,
): string[] => actions.filter((key) => (counts[key] ?? 0) < (most[key] ?? 1 / 0));
