import type { Estimate } from "../../core/estimate.js";
import type { FindingMember, Tone } from "./finding-kind.js";

function toneOf(gain: Estimate): Tone {
  if (gain.status !== "ok") return "neutral";
  const [low, high] = gain.interval;
  return low > 0 ? "good" : high < 0 ? "bad" : "neutral";
}

/** What a bandit's policy gained over playing all arms alike. */
export const gain: FindingMember<{ readonly gain: Estimate; readonly rewards: number }> = {
  find({ bandit }) {
    if (!bandit) return [];
    const { gain, rewards } = bandit;
    return [{ tone: toneOf(gain), evidence: { gain, rewards } }];
  },
};
