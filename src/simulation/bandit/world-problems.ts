import type { Arm } from "../../bandits/index.js";
import { canonicalEntries } from "../../core/code-point-order.js";
import {
  duplicate_key,
  type ErrorPath,
  missing_value,
  nearName,
  no_arrivals,
  numberProblem,
  type Problem,
  problem,
  unknown_action,
  unknown_key,
  unknown_name,
} from "../../errors/index.js";
import { shapeProblems } from "../../shapes/index.js";
import type { BanditWorld } from "./bandit-world.js";
import { rewardKindOf } from "./reward-laws.js";
import type { When } from "./when.js";
import { worldFields } from "./world-shape.js";

/** Levels of every factor, and of the segments' field. */
type Levels = ReadonlyMap<string, ReadonlySet<string>>;

const at = (...path: ErrorPath): ErrorPath => ["world", ...path];
const some = (found: Problem | undefined): Problem[] => (found ? [found] : []);

const unknownArm = (key: string, arms: readonly string[], path: ErrorPath): Problem[] =>
  arms.includes(key) ? [] : [problem({ unknown_action }, path, key, nearName(key, arms))];

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

/** Settings of the reward with a number for each arm: every arm has one, and nothing else has. */
function rewardProblems({ reward }: BanditWorld, arms: readonly string[]): Problem[] {
  const given = reward && rewardKindOf(reward).byArm?.(reward);
  return Object.entries(given ?? {}).flatMap(([name, numbers]) =>
    typeof numbers === "number"
      ? []
      : [
          ...Object.keys(numbers).flatMap((key) => unknownArm(key, arms, at("reward", name, key))),
          ...arms
            .filter((arm) => !Object.hasOwn(numbers, arm))
            .map((arm) =>
              problem({ missing_value }, at("reward", name, arm), undefined, {
                expected: { type: "number" },
              }),
            ),
        ],
  );
}

function levelProblems(
  { reward = { kind: "bernoulli" }, base, arms: given = {}, segments }: BanditWorld,
  arms: readonly string[],
): Problem[] {
  const { levels } = rewardKindOf(reward).link;
  const known = Object.keys(segments?.shares ?? {});
  return [
    ...(base === undefined ? [] : some(numberProblem(base, at("base"), levels))),
    ...Object.entries(given).flatMap(([key, level]) => [
      ...unknownArm(key, arms, at("arms", key)),
      ...(typeof level === "number"
        ? some(numberProblem(level, at("arms", key), levels))
        : Object.entries(level).flatMap(([segment, own]) => [
            ...some(numberProblem(own, at("arms", key, segment), levels)),
            ...(known.includes(segment)
              ? []
              : [problem({ unknown_key }, at("arms", key, segment), segment, nearName(segment, known))]),
          ])),
    ]),
  ];
}

function segmentProblems({ segments, seasons = [] }: BanditWorld, arms: readonly Arm[]): Problem[] {
  if (!segments) return [];
  const { field, shares } = segments;
  const taken = [
    ...arms.flatMap(({ action }) => Object.keys(action)),
    ...(seasons.length > 0 ? ["hour", "weekday"] : []),
  ];
  return [
    ...(taken.includes(field) ? [problem({ duplicate_key }, at("segments", "field"), field)] : []),
    ...(Object.keys(shares).length > 0
      ? []
      : [
          problem({ missing_value }, at("segments", "shares"), shares, {
            example: '{ "new": 2, "loyal": 1 }',
          }),
        ]),
  ];
}

function arrivalProblems({ arrivals = {} }: BanditWorld): Problem[] {
  return (["hours", "weekdays"] as const).flatMap((name) =>
    arrivals[name]?.every((weight) => weight === 0)
      ? [problem({ no_arrivals }, at("arrivals", name), arrivals[name])]
      : [],
  );
}

/** Levels that `when` may name, by the name of what has them. */
function levelsOf({ segments }: BanditWorld, arms: readonly Arm[]): Levels {
  const levels = new Map<string, Set<string>>();
  for (const { action } of arms)
    for (const [name, level] of Object.entries(action))
      levels.set(name, (levels.get(name) ?? new Set()).add(level));
  if (segments)
    levels.set(segments.field, new Set(canonicalEntries(segments.shares).map(([segment]) => segment)));
  return levels;
}

/**
 * @param world  plain data
 * @param arms   the bandit's
 * @returns what is wrong with the world for these arms; paths start at ["world"]
 */
export function worldProblems(world: BanditWorld, arms: readonly Arm[]): Problem[] {
  const problems = shapeProblems(world, { kind: "object", has: worldFields }, at());
  if (problems.length > 0) return problems;
  const keys = arms.map(({ key }) => key);
  const levels = levelsOf(world, arms);
  return [
    ...rewardProblems(world, keys),
    ...levelProblems(world, keys),
    ...segmentProblems(world, arms),
    ...(["effects", "drift", "seasons"] as const).flatMap((part) =>
      (world[part] ?? []).flatMap(({ when }, i) => whenProblems(when, levels, at(part, i, "when"))),
    ),
    ...arrivalProblems(world),
  ];
}
