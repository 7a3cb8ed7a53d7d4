import { count, share, level as showLevel, pValue as showP, statistic } from "../../core/numbers.js";
import type { Finding } from "../report.js";
import type { BanditRun, BeliefView } from "./run.js";

/** @returns `segment deal hunter`; empty for everyone */
export const cellText = ({ cell }: BeliefView): string =>
  Object.entries(cell)
    .map(([field, level]) => `${field} ${level}`)
    .join(" · ");

/** @returns a sum of rewards with its sign */
const signed = (value: number) => `${value < 0 ? "" : "+"}${statistic(value)}`;

function aboutServed({ served }: BanditRun): Finding {
  if (served.status === "undefined")
    return {
      kind: "bandit",
      tone: "neutral",
      sentence: `Recorded probabilities were not checked: ${served.reason}.`,
      evidence: {},
    };
  const numbers = `χ² ${statistic(served.statistic)} on ${served.df} df, p ${showP(served.pValue)}`;
  const passed = served.status === "passed";
  return {
    kind: "bandit",
    tone: passed ? "neutral" : "warning",
    sentence: passed
      ? `Actions came as often as their recorded probabilities say (${numbers}).`
      : `Actions did NOT come as often as their recorded probabilities say (${numbers}), so something between decision and log is broken and no estimate from them can be trusted.`,
    evidence: { statistic: served.statistic, df: served.df, pValue: served.pValue },
  };
}

function aboutGain({ gain, rewards, level }: BanditRun): Finding {
  if (gain.status !== "ok")
    return {
      kind: "bandit",
      tone: "neutral",
      sentence: `No gain over uniform play is given: ${gain.reason}.`,
      evidence: {},
    };
  const [low, high] = gain.interval;
  return {
    kind: "bandit",
    tone: low > 0 ? "good" : high < 0 ? "bad" : "neutral",
    sentence: `Over uniform play the policy gained ${signed(gain.value)} in ${count(rewards)} rewards (${share(level)} interval ${signed(low)} to ${signed(high)}), estimated from the recorded probabilities.`,
    evidence: { gain: gain.value, standardError: gain.standardError, pValue: gain.pValue, rewards },
  };
}

function aboutBelief(view: BeliefView, { arms, quantity, level }: BanditRun): Finding[] {
  const [first, second] = view.arms;
  if (!first) return [];
  const where = cellText(view);
  const about = where === "" ? "" : `${where}: `;
  const nameOf = (key: string) => {
    const levels = Object.values(arms.find(({ arm }) => arm === key)?.action ?? {});
    return levels.length > 1 ? levels.join(" · ") : key;
  };
  const next = second ? `, ahead of ${nameOf(second.arm)} (${share(second.best)})` : "";
  const reach = first.interval
    .map((end) => showLevel(end, quantity, first.interval[1] - first.interval[0]))
    .join(" to ");
  return [
    {
      kind: "bandit",
      tone: "neutral",
      sentence: `${about}${nameOf(first.arm)} is the best with probability ${share(first.best)}${next}; it is believed to earn ${showLevel(first.mean, quantity, first.interval[1] - first.interval[0])} (${share(level)} interval ${reach}) and is played ${share(first.probability)} of the time.`,
      evidence: { arm: first.arm, best: first.best, mean: first.mean, probability: first.probability },
    },
  ];
}

/** @returns what a run shows, in sentences: the log's own truth, the gain, the leading arm in each cell */
export function banditFindings(run: BanditRun): readonly Finding[] {
  return [aboutServed(run), aboutGain(run), ...run.beliefs.flatMap((view) => aboutBelief(view, run))];
}
