import type { Arm } from "../../bandits/index.js";
import { canonicalEntries } from "../../core/code-point-order.js";
import type { Json } from "../../core/json.js";
import { errorOf, requireNumber } from "../../errors/index.js";
import { type RandomSource, randomSource } from "../../random/index.js";
import type { BanditWorld } from "./bandit-world.js";
import { driftPath } from "./drifts.js";
import { rewardKindOf } from "./reward-laws.js";
import type { When } from "./when.js";
import { worldProblems } from "./world-problems.js";

const DAY = 24;
const WEEK = 7 * DAY;

/** What is true for one segment during one hour. */
export interface Moment {
  /** The arms' levels: chances, mean counts, mean amounts. */
  readonly levels: Float64Array;
  /** The arms' expected rewards. */
  readonly expected: Float64Array;
  readonly best: number;
  readonly uniform: number;
  /** What a decision is told: segment, hour, weekday, as far as the world has them; null where it has none. */
  readonly context: Json;
}

/** A world made ready for the arms of one bandit. */
export interface BoundWorld {
  /** By code point. */
  readonly segments: readonly string[];
  /** In the order of the segments. */
  readonly shares: readonly number[];
  /**
   * @param segment  its index; 0 where there are no segments
   * @param hour     whole hours since the run began; never falls from call to call
   * @param start    hour of the week, Sunday's first hour being 0, at which the run began
   */
  at(segment: number, hour: number): Moment;
  draw(random: RandomSource, level: number, arm: number): number;
}

/**
 * Makes a world ready for arms.
 * @param world  plain data
 * @param arms   the bandit's
 * @param live   indices of the arms that can be played: the best is one of them
 * @param seed   of the run; what wanders has chance of its own
 * @param start  milliseconds since 1970 at which hour 0 begins
 * @throws ExperimentError with every problem of the world, paths from ["world"]
 */
export function bindWorld(
  world: BanditWorld,
  arms: readonly Arm[],
  live: readonly number[],
  seed: string | number,
  start: number,
): BoundWorld {
  const problems = worldProblems(world, arms);
  if (problems.length > 0) throw errorOf(problems);
  const { reward = { kind: "bernoulli" }, base = 0.1, segments, seasons = [], drift = [] } = world;
  const { link, expected: expectedOf, draw } = rewardKindOf(reward);
  const shares = canonicalEntries(segments?.shares ?? {});
  const names = shares.map(([name]) => name);
  const meets = (when: When | undefined, arm: number, segment: number): boolean =>
    Object.entries(when ?? {}).every(
      ([name, level]) => (name === segments?.field ? names[segment] : arms[arm]!.action[name]) === level,
    );
  const ofSegments = names.length > 0 ? names : [""];
  const levelsOf = ofSegments.map((segment) =>
    arms.map(({ key }) => {
      const given = world.arms?.[key];
      return (typeof given === "number" ? given : given?.[segment]) ?? base;
    }),
  );
  const effectsOf = ofSegments.map((_, s) =>
    arms.map((_, arm) =>
      (world.effects ?? []).reduce((sum, { when, by }) => (meets(when, arm, s) ? sum + by : sum), 0),
    ),
  );
  // One path an arm and drift, shared by the segments it holds for.
  const paths = drift.flatMap((each, d) =>
    arms.map((_, arm) => ({
      arm,
      when: each.when,
      path: driftPath(each, randomSource(`${seed}/drift/${d}/${arm}`)),
    })),
  );
  const moves = drift.length > 0;
  const timed = seasons.length > 0;
  const first = Math.floor(start / 3_600_000);
  // 1970 began on a Thursday.
  const weekHour = (hour: number) => (((first + hour + 4 * DAY) % WEEK) + WEEK) % WEEK;

  const make = (s: number, hour: number): Moment => {
    const moved = effectsOf[s]!.slice();
    const ofWeek = weekHour(hour);
    const [ofDay, weekday] = [ofWeek % DAY, Math.floor(ofWeek / DAY)];
    for (const { hours, weekdays, when } of seasons)
      moved.forEach((_, arm) => {
        if (meets(when, arm, s)) moved[arm]! += (hours?.[ofDay] ?? 0) + (weekdays?.[weekday] ?? 0);
      });
    for (const { arm, when, path } of paths) if (meets(when, arm, s)) moved[arm]! += path(hour);
    // What nothing moves stays as it was given, to the last digit.
    const levels = Float64Array.from(levelsOf[s]!, (level, arm) =>
      moved[arm] === 0 ? level : link.from(link.to(level) + moved[arm]!),
    );
    // Effects and drift without bounds can lead beyond all numbers.
    levels.forEach((level, arm) => {
      requireNumber(level, ["world", "arms", arms[arm]!.key], link.levels);
    });
    const expected = levels.map((level, arm) => expectedOf(reward, level, arms[arm]!.key));
    return {
      levels,
      expected,
      best: Math.max(...live.map((arm) => expected[arm]!)),
      uniform: live.reduce((sum, arm) => sum + expected[arm]!, 0) / live.length,
      context:
        segments || timed
          ? {
              ...(segments ? { [segments.field]: names[s]! } : {}),
              ...(timed ? { hour: ofDay, weekday } : {}),
            }
          : null,
    };
  };
  const known = ofSegments.map(() => ({ hour: -1, moment: undefined as Moment | undefined }));
  return {
    segments: names,
    shares: shares.map(([, share]) => share),
    at(segment, hour) {
      const last = known[segment]!;
      if (!last.moment || ((moves || timed) && last.hour !== hour)) {
        last.hour = hour;
        last.moment = make(segment, hour);
      }
      return last.moment;
    },
    draw: (random, level, arm) => draw(reward, random, level, arms[arm]!.key),
  };
}
