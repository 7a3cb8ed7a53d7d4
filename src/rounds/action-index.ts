/** An action's levels as one text, in the order of the factors; no two actions share one. What is not text is no arm's level. */
function levelsOf(factors: readonly string[], action: unknown): string {
  const levels = Object(action) as Readonly<Record<string, unknown>>;
  const own = factors.map((factor) => typeof levels[factor] === "string" && levels[factor]);
  return JSON.stringify([Object.keys(levels).length, ...own]);
}

/**
 * Finds arms by what they play.
 * @param arms  keys and actions, at least one
 * @returns the index of the arm that plays an action, given by its key or by its levels in any order (stores reorder
 *          keys); −1 if none does
 */
export function actionIndex(
  arms: readonly { readonly key: string; readonly action: Readonly<Record<string, string>> }[],
): (action: unknown) => number {
  const factors = Object.keys(arms[0]!.action);
  const byKey = new Map(arms.map(({ key }, i) => [key, i]));
  const byLevels = new Map(arms.map(({ action }, i) => [levelsOf(factors, action), i]));
  return (action) =>
    (typeof action === "string" ? byKey.get(action) : byLevels.get(levelsOf(factors, action))) ?? -1;
}
