import type { Arm } from "../../bandits/index.js";
import {
  type ErrorPath,
  nearName,
  out_of_range,
  type Problem,
  problem,
  unknown_action,
  unknown_key,
  unknown_name,
  wrong_length,
  wrong_type,
} from "../../errors/index.js";
import { lawProblems } from "../laws/law-problems.js";
import type { BanditWorld } from "./bandit-world.js";
import { driftKinds } from "./drifts.js";
import { rewardKindOf, rewardKinds } from "./reward-laws.js";
import type { When } from "./when.js";

/** Levels of every factor, and of the segments' field. */
type Levels = ReadonlyMap<string, ReadonlySet<string>>;

const isRecord = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isPositive = (value: unknown): boolean => typeof value === "number" && value > 0 && value < 1 / 0;
const at = (...path: ErrorPath): ErrorPath => ["world", ...path];
const outOfRange = (good: boolean, path: ErrorPath, value: unknown): Problem[] =>
  good ? [] : [problem({ out_of_range }, path, value)];

function kindProblems(kinds: object, given: { readonly kind: string }, path: ErrorPath): Problem[] {
  if (isRecord(given) && Object.hasOwn(kinds, given.kind)) return [];
  return [
    problem(
      { unknown_name },
      [...path, "kind"],
      given?.kind,
      nearName(String(given?.kind), Object.keys(kinds)),
    ),
  ];
}

/** Of the members' named numbers, those that are not as they must be. */
const numberProblems = (
  member: object,
  names: readonly string[],
  good: (value: unknown) => boolean,
  path: ErrorPath,
): Problem[] =>
  names.flatMap((name) => {
    const value = (member as Readonly<Record<string, unknown>>)[name];
    return outOfRange(good(value), [...path, name], value);
  });

function listProblems(list: unknown, length: number, path: ErrorPath, lowest = -1 / 0): Problem[] {
  if (list === undefined) return [];
  if (!Array.isArray(list) || list.length !== length)
    return [
      problem({ wrong_length }, path, Array.isArray(list) ? list.length : list, { expected: { length } }),
    ];
  return list.flatMap((value, i) =>
    outOfRange(Number.isFinite(value) && value >= lowest, [...path, i], value),
  );
}

function whenProblems(when: When | undefined, levels: Levels, path: ErrorPath): Problem[] {
  return Object.entries(when ?? {}).flatMap(([name, level]) => {
    const known = levels.get(name);
    if (known?.has(level)) return [];
    return [
      known
        ? problem({ unknown_name }, [...path, name], level, nearName(level, [...known]))
        : problem({ unknown_key }, [...path, name], name, nearName(name, [...levels.keys()])),
    ];
  });
}

function armProblems({ reward, base, arms: given, segments }: BanditWorld, arms: readonly Arm[]): Problem[] {
  const { link } = rewardKindOf(reward ?? { kind: "bernoulli" });
  const level = (value: unknown, path: ErrorPath) =>
    outOfRange(typeof value === "number" && link.allows(value), path, value);
  const known = Object.keys(segments?.shares ?? {});
  return [
    ...level(base ?? 0.1, at("base")),
    ...Object.entries(given ?? {}).flatMap(([key, value]) => [
      ...(arms.some((arm) => arm.key === key) ? [] : [problem({ unknown_action }, at("arms", key), key)]),
      ...(typeof value === "object" && value !== null
        ? Object.entries(value).flatMap(([segment, own]) => [
            ...level(own, at("arms", key, segment)),
            ...(known.includes(segment)
              ? []
              : [problem({ unknown_key }, at("arms", key, segment), segment, nearName(segment, known))]),
          ])
        : level(value, at("arms", key))),
    ]),
  ];
}

function segmentProblems(segments: BanditWorld["segments"]): Problem[] {
  if (segments === undefined) return [];
  const { field, shares } = segments ?? {};
  const sound = isRecord(shares) && Object.keys(shares).length > 0;
  return [
    ...(typeof field === "string" && field !== ""
      ? []
      : [problem({ wrong_type }, at("segments", "field"), field)]),
    ...(sound
      ? numberProblems(shares, Object.keys(shares), isPositive, at("segments", "shares"))
      : [problem({ wrong_type }, at("segments", "shares"), shares)]),
  ];
}

function arrivalProblems({ perDay = 1, hours, weekdays }: NonNullable<BanditWorld["arrivals"]>): Problem[] {
  const path = at("arrivals");
  const some = (weights: readonly number[] | undefined, length: number, name: string) => {
    const wrong = listProblems(weights, length, [...path, name], 0);
    return wrong.length > 0
      ? wrong
      : outOfRange(!weights?.every((weight) => weight === 0), [...path, name], 0);
  };
  return [
    ...outOfRange(isPositive(perDay), [...path, "perDay"], perDay),
    ...some(hours, 24, "hours"),
    ...some(weekdays, 7, "weekdays"),
  ];
}

function delayProblems(delay: BanditWorld["delay"]): Problem[] {
  if (delay === undefined) return [];
  const wrong = lawProblems(delay, at("delay"), ["meanHours", "lost"]);
  if (!isRecord(delay)) return wrong;
  const { meanHours, lost = 0 } = delay;
  return [
    ...wrong,
    ...outOfRange(isPositive(meanHours), at("delay", "meanHours"), meanHours),
    ...outOfRange(lost >= 0 && lost <= 1, at("delay", "lost"), lost),
  ];
}

/** What is wrong with a world for these arms; paths start at ["world"]. */
export function worldProblems(world: BanditWorld, arms: readonly Arm[]): Problem[] {
  if (!isRecord(world)) return [problem({ wrong_type }, ["world"], world)];
  const { reward = { kind: "bernoulli" }, segments, effects = [], drift = [], seasons = [] } = world;
  const basic = [...kindProblems(rewardKinds, reward, at("reward")), ...segmentProblems(segments)];
  if (basic.length > 0) return basic;

  const levels = new Map<string, Set<string>>();
  for (const { action } of arms)
    for (const [name, level] of Object.entries(action))
      levels.set(name, (levels.get(name) ?? new Set()).add(level));
  if (segments) levels.set(segments.field, new Set(Object.keys(segments.shares)));

  const keys = arms.map(({ key }) => key);
  const { positive, amountLaw } = rewardKindOf(reward);
  return [
    ...(amountLaw ? lawProblems(amountLaw(reward), at("reward", "law")) : []),
    ...positive(reward, keys).flatMap(([path, value]) =>
      outOfRange(isPositive(value), at("reward", ...path), value),
    ),
    ...armProblems(world, arms),
    ...effects.flatMap((effect, i) => [
      ...whenProblems(effect.when, levels, at("effects", i, "when")),
      ...numberProblems(effect, ["by"], Number.isFinite, at("effects", i)),
    ]),
    ...drift.flatMap((each, i) => {
      const unknown = kindProblems(driftKinds, each, at("drift", i));
      if (unknown.length > 0) return unknown;
      return [
        ...whenProblems(each.when, levels, at("drift", i, "when")),
        ...numberProblems(each, driftKinds[each.kind].numbers, Number.isFinite, at("drift", i)),
      ];
    }),
    ...seasons.flatMap(({ when, hours, weekdays }, i) => [
      ...whenProblems(when, levels, at("seasons", i, "when")),
      ...listProblems(hours, 24, at("seasons", i, "hours")),
      ...listProblems(weekdays, 7, at("seasons", i, "weekdays")),
    ]),
    ...arrivalProblems(world.arrivals ?? {}),
    ...delayProblems(world.delay),
  ];
}
