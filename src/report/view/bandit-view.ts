import type { ArmBelief, BanditRun, BeliefView, PlayedArm, SegmentPlay } from "../../analysis/index.js";
import { armName } from "../words/arm-name.js";
import type { Voice } from "../words/language.js";
import { effectLines, learnedLine, mostArms, segmentEffectLines } from "./effect-lines.js";

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

/** Shares of one factor's levels, in one segment or everywhere. */
export interface FactorShares {
  readonly factor: string;
  readonly levels: readonly { readonly level: string; readonly share: number }[];
}

/** What one level of a segment was played, in words. */
export interface PlayView {
  readonly play: SegmentPlay;
  /** `1,200 decisions, reward 12%`. */
  readonly decisions: string;
  readonly mean: string;
  /** `message: story 60%, discount 40%` for each factor of a combination. */
  readonly factors: readonly string[];
  /** Why its arm leads; empty where no belief was given. */
  readonly why: string;
  /** What the arms that lead there earn more than control, and how many cannot be read. */
  readonly effectLines: readonly string[];
}

/** A bandit's run in words. */
export interface BanditView {
  readonly run: BanditRun;
  readonly voice: Voice;
  /** Clauses, without a full stop; as they stand in a line. */
  readonly runLine: string;
  readonly servedLine: string;
  readonly gainLine: string;
  /** What the shown arms earn more than control, one clause each, and what would have made others readable. */
  readonly effectLines: readonly string[];
  /** Whether a policy that reads contexts beats the best single arm; absent where none was learned. */
  readonly learnedLine: string | undefined;
  /** The true regret of a simulated run. */
  readonly knownLine: string | undefined;
  readonly failed: boolean;
  readonly factors: readonly string[];
  readonly segments: readonly { readonly field: string; readonly plays: readonly PlayView[] }[];
  /** @returns the most played arms, and the others together */
  shown(most?: number): ShownArms;
  /** @returns the shown arms as strings, the others last */
  arms(shown: ShownArms): readonly ArmView[];
  /** @returns the name of an arm by its key */
  nameOf(key: string): string;
  /** @returns `18.5%` and `[17.1%, 20.0%]` */
  believed(belief: ArmBelief): readonly [mean: string, interval: string];
}

function shownArms({ arms }: BanditRun, most: number, voice: Voice): ShownArms {
  const order = [...arms.keys()].sort((a, b) => (arms[b]?.share ?? 0) - (arms[a]?.share ?? 0));
  const places = order.length > most ? order.slice(0, most - 1) : order;
  const others = order.length - places.length;
  const names = places.map((i) => armName(arms[i] as PlayedArm));
  return {
    places,
    names: others > 0 ? [...names, voice.say("others", { count: others })] : names,
    others,
    of(numbers) {
      const own = places.map((i) => numbers[i] ?? 0);
      const rest = numbers.reduce((sum, each) => sum + each, 0) - own.reduce((sum, each) => sum + each, 0);
      return others > 0 ? [...own, Math.max(0, rest)] : own;
    },
  };
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

function factorLines(run: BanditRun, served: readonly number[], voice: Voice): readonly string[] {
  return factorShares(run, served).map(({ factor, levels }) => {
    const sorted = [...levels].sort((a, b) => b.share - a.share);
    const line = sorted.map(({ level, share }) => `${level} ${voice.probability(share)}`).join(", ");
    return voice.say("scoped", { scope: factor, line });
  });
}

function runLine(
  { decisions, units, from, to, policies, rewards, pending }: BanditRun,
  voice: Voice,
): string {
  const [first, last] = [voice.day(from), voice.day(to)];
  const known = voice.say("run_rewards", { count: rewards });
  return voice.say("run_line", {
    decisions: voice.say("run_decisions", {
      count: decisions,
      units: voice.say("run_units", { count: units }),
    }),
    when: first === last ? first : voice.say("from_to", { from: first, to: last }),
    policies: policies.join(", "),
    rewards: pending > 0 ? voice.say("run_pending", { rewards: known, count: pending }) : known,
  });
}

function servedLine({ served }: BanditRun, voice: Voice): string {
  if (served.status === "undefined")
    return voice.say("served_skipped", { reason: voice.words.reason(served.reason) });
  const numbers = voice.say("chi_square", {
    statistic: voice.statistic(served.statistic),
    df: String(served.df),
    p: voice.p(served.pValue),
  });
  return voice.say(served.status === "passed" ? "served_passed" : "served_failed", { numbers });
}

function gainLine({ gain, rewards, level, periods }: BanditRun, voice: Voice): string {
  const ends = ([low, high]: readonly [number, number]) => ({
    low: voice.signed(low),
    high: voice.signed(high),
  });
  if (gain.status === "ok")
    return voice.say("gain_line", {
      gain: voice.signed(gain.value),
      count: rewards,
      level: voice.share(level),
      ...ends(gain.interval),
    });
  const line = voice.say("gain_unknown", { reason: voice.words.reason(gain.reason) });
  const last = periods.findLast((period) => period.gain.status === "ok");
  if (last?.gain.status !== "ok") return line;
  const until = { day: voice.day(last.to), gain: voice.signed(last.gain.value) };
  return voice.say("gain_until", { line, ...until, ...ends(last.gain.interval) });
}

function knownLine({ known, decisions }: BanditRun, voice: Voice): string | undefined {
  if (!known) return undefined;
  const { regret, uniform } = known;
  const numbers = { regret: voice.statistic(regret), uniform: voice.statistic(uniform) };
  const line = voice.say("known_line", { ...numbers, count: decisions });
  if (!(uniform > 0 && regret <= uniform)) return line;
  return voice.say("known_saved", { line, saved: voice.probability(1 - regret / uniform) });
}

/** The three terms that move an arm most: `message +0.82, message × segment −0.31`. */
function reasons({ contributions = {} }: ArmBelief, voice: Voice): string {
  return Object.entries(contributions)
    .filter(([name]) => name !== "constant")
    .sort(([, a], [, b]) => Math.abs(b) - Math.abs(a))
    .slice(0, 3)
    .filter(([, value]) => Math.abs(value) >= 0.005)
    .map(([name, value]) => `${name} ${voice.signed(value)}`)
    .join(", ");
}

/** @returns a bandit's run in words */
export function banditView(run: BanditRun, voice: Voice): BanditView {
  const { quantity } = run;
  const nameOf = (key: string) => {
    const own = run.arms.find(({ arm }) => arm === key);
    return own ? armName(own) : key;
  };
  const believed = ({ mean, interval: [low, high] }: ArmBelief) => {
    const width = high - low || mean;
    const [from, to] = [voice.level(low, quantity, width), voice.level(high, quantity, width)];
    return [voice.level(mean, quantity, width), voice.interval(from, to)] as const;
  };
  const why = (view: BeliefView | undefined) => {
    const [first, second] = view?.arms ?? [];
    if (!first) return "";
    const known = {
      arm: nameOf(first.arm),
      best: voice.probability(first.best),
      earns: believed(first).join(" "),
    };
    const line = second
      ? voice.say("why_line_ahead", {
          ...known,
          next: nameOf(second.arm),
          nextBest: voice.probability(second.best),
        })
      : voice.say("why_line", known);
    const terms = reasons(first, voice);
    return terms ? voice.say("why_terms", { line, terms }) : line;
  };
  const playView = (field: string, play: SegmentPlay): PlayView => {
    const decisions = voice.say("decisions_of", { count: play.decisions });
    const mean = play.mean === null ? "" : voice.level(play.mean, quantity);
    return {
      play,
      decisions: mean ? voice.say("decisions_reward", { decisions, reward: mean }) : decisions,
      mean,
      factors: factorLines(run, play.served, voice),
      why: why(run.beliefs.find(({ cell }) => cell[field] === play.level)),
      effectLines: segmentEffectLines(run, play, voice, nameOf),
    };
  };
  return {
    run,
    voice,
    runLine: runLine(run, voice),
    servedLine: servedLine(run, voice),
    gainLine: gainLine(run, voice),
    effectLines: effectLines(run, voice, nameOf),
    learnedLine: learnedLine(run, voice, nameOf),
    knownLine: knownLine(run, voice),
    failed: run.served.status === "failed",
    factors: factorLines(
      run,
      run.arms.map(({ share }) => share),
      voice,
    ),
    segments: run.segments.map(({ field, levels }) => ({
      field,
      plays: levels.map((play) => playView(field, play)),
    })),
    shown: (most = mostArms) => shownArms(run, most, voice),
    arms(shown) {
      const view = run.beliefs.length === 1 ? run.beliefs[0] : undefined;
      const own = shown.places.map((i): ArmView => {
        const arm = run.arms[i] as PlayedArm;
        const belief = view?.arms.find((each) => each.arm === arm.arm);
        const [mean = "", interval = ""] = belief ? believed(belief) : [];
        return {
          arm: armName(arm),
          decisions: voice.count(arm.decisions),
          share: voice.probability(arm.share),
          reward: arm.mean === null ? "–" : voice.level(arm.mean, quantity),
          now: belief ? voice.probability(belief.probability) : view ? voice.say("not_played") : "",
          best: belief ? voice.probability(belief.best) : "",
          believed: mean,
          interval,
        };
      });
      if (shown.others === 0) return own;
      const rest = run.arms.filter((_, i) => !shown.places.includes(i));
      const decisions = rest.reduce((sum, each) => sum + each.decisions, 0);
      const blank = { reward: "", now: "", best: "", believed: "", interval: "" };
      return [
        ...own,
        {
          ...blank,
          arm: shown.names.at(-1) as string,
          decisions: voice.count(decisions),
          share: voice.probability(decisions / run.decisions),
        },
      ];
    },
    nameOf,
    believed,
  };
}
