import type { BanditRound } from "./bandit-round.js";

/** What was played, as one text: its variant's key, or the levels as a multivariate definition writes them. */
export function armOf({ decision: { variant, action } }: Pick<BanditRound, "decision">): string {
  if (variant !== undefined) return variant;
  const levels = Object.entries(action);
  if (levels.length === 1 && levels[0]?.[0] === "variant") return levels[0][1];
  return levels
    .map(([factor, level]) => `${factor}=${level}`)
    .sort()
    .join();
}
