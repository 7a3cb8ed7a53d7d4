import type { ArmBelief, BanditRun, BeliefView, PlayedArm } from "../analysis/bandit-run/run.js";
import * as show from "../core/numbers.js";

const mostArms = 8;

/** Arms that are shown by themselves, and the others together. */
export interface ShownArms {
  /** Places of the arms in the run, the most played first. */
  readonly places: readonly number[];
  /** Names in that order; the last stands for the others where there are any. */
  readonly names: readonly string[];
  /** Number of the others. */
  readonly others: number;
  /** Numbers of every arm as numbers of the shown ones, the others' summed up. */
  of(numbers: readonly number[]): readonly number[];
}

/** @returns an arm's name: of a combination its levels, `story · push · evening` */
export function armName({ arm, action }: Pick<PlayedArm, "arm" | "action">): string {
  const levels = Object.values(action);
  return levels.length > 1 ? levels.join(" · ") : arm;
}

/** @returns the same for the key of an arm */
export const nameOf = ({ arms }: BanditRun, key: string): string => {
  const own = arms.find(({ arm }) => arm === key);
  return own ? armName(own) : key;
};

/** @returns the eight most played arms, and the others together */
export function shownArms({ arms }: BanditRun, most = mostArms): ShownArms {
  const order = [...arms.keys()].sort((a, b) => (arms[b]?.share ?? 0) - (arms[a]?.share ?? 0));
  const places = order.length > most ? order.slice(0, most - 1) : order;
  const others = order.length - places.length;
  const names = places.map((i) => armName(arms[i] as PlayedArm));
  return {
    places,
    names: others > 0 ? [...names, `${others} others`] : names,
    others,
    of(numbers) {
      const own = places.map((i) => numbers[i] ?? 0);
      const rest = numbers.reduce((sum, each) => sum + each, 0) - own.reduce((sum, each) => sum + each, 0);
      return others > 0 ? [...own, Math.max(0, rest)] : own;
    },
  };
}

/** @returns a line as a sentence of its own */
export const sentence = (line: string): string => `${line.charAt(0).toUpperCase()}${line.slice(1)}.`;

/** @returns a share of the traffic: `92.6%`, `<0.1%`, `0%` */
export const share = (value: number): string =>
  value > 0 && value < 0.0005 ? "<0.1%" : value > 0.9995 && value < 1 ? ">99.9%" : show.share(value);

/** @returns a sum of rewards with its sign: `+212` */
export const gained = (value: number): string => `${value < 0 ? "" : "+"}${show.statistic(value)}`;

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** @returns `5 Jan 2026` */
export function day(time: string): string {
  const date = new Date(time);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** @returns `3,000 decisions for 2,400 units, 5 Jan 2026 to 14 Jan 2026, by thompson; 2,990 rewards known, 10 pending` */
export function runLine({ decisions, units, from, to, policies, rewards, pending }: BanditRun): string {
  const when = day(from) === day(to) ? day(from) : `${day(from)} to ${day(to)}`;
  const waiting = pending > 0 ? `, ${show.count(pending)} pending` : "";
  return `${show.count(decisions)} decisions for ${show.count(units)} units, ${when}, by ${policies.join(", ")}; ${show.count(rewards)} rewards known${waiting}`;
}

/** @returns whether actions came as often as recorded, in a sentence without its full stop */
export function servedLine({ served }: BanditRun): string {
  if (served.status === "undefined") return `recorded probabilities not checked: ${served.reason}`;
  const numbers = `χ² ${show.statistic(served.statistic)} on ${served.df} df, p ${show.pValue(served.pValue)}`;
  return served.status === "passed"
    ? `actions came as often as their recorded probabilities say (${numbers})`
    : `actions did NOT come as often as their recorded probabilities say (${numbers})`;
}

/** @returns what was gained over uniform play, in a sentence without its full stop */
export function gainLine({ gain, rewards, level, periods }: BanditRun): string {
  if (gain.status === "ok") {
    const [low, high] = gain.interval;
    return `gained over uniform play: ${gained(gain.value)} in ${show.count(rewards)} rewards, ${show.share(level)} interval ${gained(low)} to ${gained(high)}`;
  }
  const last = periods.findLast((period) => period.gain.status === "ok");
  const until =
    last?.gain.status === "ok"
      ? ` (up to ${day(last.to)}: ${gained(last.gain.value)}, ${gained(last.gain.interval[0])} to ${gained(last.gain.interval[1])})`
      : "";
  return `gained over uniform play: not known, ${gain.reason}${until}`;
}

/** @returns the true regret of a simulated run, in a sentence; undefined where the truth is not known */
export function knownLine({ known, decisions }: BanditRun): string | undefined {
  if (!known) return undefined;
  const saved = known.uniform > 0 ? `, ${share(1 - known.regret / known.uniform)} less` : "";
  return `in truth (simulated): gave up ${show.statistic(known.regret)} in ${show.count(decisions)} decisions against always playing the best, uniform play ${show.statistic(known.uniform)}${known.regret <= known.uniform ? saved : ""}`;
}

/** One arm as strings; empty where there is nothing to tell. */
export interface ArmView {
  readonly arm: string;
  readonly decisions: string;
  readonly share: string;
  readonly reward: string;
  /** Probability with which it is played now, of being best, and what it is believed to earn. */
  readonly now: string;
  readonly best: string;
  readonly believed: string;
  readonly interval: string;
}

/** @returns `18.5%` and `[17.1%, 20.0%]` */
export function believed({ mean, interval }: ArmBelief, { quantity }: BanditRun): readonly [string, string] {
  const [low, high] = interval;
  const width = high - low || mean;
  return [
    show.level(mean, quantity, width),
    `[${show.level(low, quantity, width)}, ${show.level(high, quantity, width)}]`,
  ];
}

/** @returns the shown arms as strings, the others last */
export function armViews(run: BanditRun, shown: ShownArms): readonly ArmView[] {
  const view = run.beliefs.length === 1 ? run.beliefs[0] : undefined;
  const own = shown.places.map((i): ArmView => {
    const arm = run.arms[i] as PlayedArm;
    const belief = view?.arms.find((each) => each.arm === arm.arm);
    const [mean = "", interval = ""] = belief ? believed(belief, run) : [];
    return {
      arm: armName(arm),
      decisions: show.count(arm.decisions),
      share: share(arm.share),
      reward: arm.mean === null ? "–" : show.level(arm.mean, run.quantity),
      now: belief ? share(belief.probability) : view ? "not played" : "",
      best: belief ? share(belief.best) : "",
      believed: mean,
      interval,
    };
  });
  if (shown.others === 0) return own;
  const rest = run.arms.filter((_, i) => !shown.places.includes(i));
  const decisions = rest.reduce((sum, each) => sum + each.decisions, 0);
  const blank = { reward: "", now: "", best: "", believed: "", interval: "" };
  const name = shown.names.at(-1) as string;
  return [
    ...own,
    { ...blank, arm: name, decisions: show.count(decisions), share: share(decisions / run.decisions) },
  ];
}

/** Shares of one factor's levels, in one segment or everywhere. */
export interface FactorShares {
  readonly factor: string;
  readonly levels: readonly { readonly level: string; readonly share: number }[];
}

/** @returns what each level of each factor was played; nothing for a plain experiment */
export function factorShares({ arms }: BanditRun, served: readonly number[]): readonly FactorShares[] {
  const factors = Object.keys(arms[0]?.action ?? {});
  if (factors.length < 2) return [];
  return factors.map((factor) => {
    const levels = new Map<string, number>();
    for (const [i, { action }] of arms.entries()) {
      const level = action[factor];
      if (level !== undefined) levels.set(level, (levels.get(level) ?? 0) + (served[i] ?? 0));
    }
    return { factor, levels: [...levels].map(([level, share]) => ({ level, share })) };
  });
}

/** @returns the three terms that move an arm most: `message +0.82, message × segment −0.31` */
export function reasons({ contributions = {} }: ArmBelief): string {
  return Object.entries(contributions)
    .filter(([name]) => name !== "constant")
    .sort(([, a], [, b]) => Math.abs(b) - Math.abs(a))
    .slice(0, 3)
    .filter(([, value]) => Math.abs(value) >= 0.005)
    .map(([name, value]) => `${name} ${gained(value)}`)
    .join(", ");
}

/** @returns the beliefs about one level of a segment */
export const beliefOf = ({ beliefs }: BanditRun, field: string, level: string): BeliefView | undefined =>
  beliefs.find(({ cell }) => cell[field] === level);

/** @returns why an arm leads: `best with probability 93%, ahead of gift (5%); earns 18.5% [17.1%, 20.0%]; moved most by message +0.82` */
export function why(view: BeliefView | undefined, run: BanditRun): string {
  const [first, second] = view?.arms ?? [];
  if (!first) return "";
  const next = second ? `, ahead of ${nameOf(run, second.arm)} (${share(second.best)})` : "";
  const terms = reasons(first);
  return `${nameOf(run, first.arm)} is the best with probability ${share(first.best)}${next}; earns ${believed(first, run).join(" ")}${terms ? `; moved most by ${terms}` : ""}`;
}
