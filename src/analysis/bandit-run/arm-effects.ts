import { AdaptiveTally, contradictedReason, readableShare } from "../../ope/adaptive/index.js";
import type { BanditLog, LogRow } from "../../rounds/index.js";
import type { ArmEffect, BanditRun, ServedCheck } from "./run.js";

/** Arms that are compared with control at most; the most played ones. */
const mostArms = 24;
/** Decisions at which the intervals that hold at every look are narrowest. */
const tunedAt = 10_000;

/** The places of the arms that are compared, control first. */
function compared(arms: BanditLog["arms"], rows: readonly LogRow[], control: string): number[] {
  const counts = arms.map(() => 0);
  for (const { arm, reward } of rows) if (reward !== null) counts[arm] = (counts[arm] ?? 0) + 1;
  const own = arms.findIndex(({ key }) => key === control);
  const others = [...arms.keys()].filter((i) => i !== own);
  const kept = new Set(others.toSorted((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0)).slice(0, mostArms - 1));
  return [own, ...others.filter((i) => kept.has(i))].filter((i) => i >= 0);
}

/**
 * What each arm earns more than control, by methods that hold although the policy learned from these very rewards.
 * @param served  the check of the log's own probabilities: one that failed leaves nothing to weigh by
 */
export function armEffects(
  { arms, rows }: BanditLog,
  control: string,
  level: number,
  served: ServedCheck,
): Pick<BanditRun, "effects" | "readableShare"> {
  const places = compared(arms, rows, control);
  const at = new Map(places.map((place, i) => [place, i]));
  const tally = new AdaptiveTally(
    places.map((place) => arms[place]?.key ?? ""),
    0,
  );
  const known = new WeakMap<readonly number[], readonly number[]>();
  const own = (vector: readonly number[] | undefined) => {
    if (!vector) return undefined;
    let part = known.get(vector);
    if (!part) known.set(vector, (part = places.map((place) => vector[place] ?? 0)));
    return part;
  };
  for (const { arm, reward, vector, propensity } of rows)
    if (reward !== null) tally.add({ arm: at.get(arm), reward, propensity, vector: own(vector) });
  const refused = served.status === "failed" ? contradictedReason : undefined;
  return {
    effects: tally
      .contrasts({ level, tunedAt }, refused)
      .map(({ arm, fixed, anytime }): ArmEffect => ({ arm, fixed, anytime })),
    readableShare: readableShare(arms.length, Math.max(1, tally.rounds)),
  };
}
