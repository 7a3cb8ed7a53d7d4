import { errorOf, type Problem, requireArray } from "../errors/index.js";
import { requireShallow, shapeProblems } from "../shapes/index.js";
import { asRound } from "./as-round.js";
import type { BanditRound } from "./bandit-round.js";
import { roundShape } from "./round-shape.js";

const mostProblems = 20;

/** Gives equal lists one array: most decisions of a log share their actions, and those of one state their vector. */
class Shared<T> {
  readonly #known = new Map<string, readonly T[]>();

  of(list: readonly T[]): readonly T[] {
    const key = `${list.length} ${list[0]} ${list[1]}`;
    const known = this.#known.get(key);
    if (known?.every((each, i) => each === list[i])) return known;
    this.#known.set(key, list);
    return list;
  }
}

/**
 * Reads a bandit's log from unknown JSON: decisions with what came back, as `{ decision, reward }` or with the reward
 * beside the decision's own fields. A reward that is missing or null is not known yet.
 * @param list  one entry per decision
 * @returns rounds for `banditRun`
 * @throws ExperimentError with the first twenty problems, paths from ["log", i]: `wrong_type`, `missing_value`, …
 */
export function parseBanditRounds(list: readonly unknown[]): BanditRound[] {
  requireArray(list, ["log"]);
  const problems: Problem[] = [];
  const rounds: BanditRound[] = [];
  const [names, vectors] = [new Shared<string>(), new Shared<number>()];
  for (const [i, json] of list.entries()) {
    if (problems.length >= mostProblems) break;
    const round = asRound(json);
    requireShallow(round, ["log", i]);
    const found = shapeProblems(round, roundShape, ["log", i]);
    if (found.length > 0) problems.push(...found);
    else {
      const { decision, ...rest } = round as BanditRound;
      const { actions, probabilities } = decision;
      const shared = {
        ...(actions ? { actions: names.of(actions) } : {}),
        ...(probabilities ? { probabilities: vectors.of(probabilities) } : {}),
      };
      rounds.push({ ...rest, decision: { ...decision, ...shared }, reward: rest.reward ?? null });
    }
  }
  if (problems.length > 0) throw errorOf(problems.slice(0, mostProblems));
  return rounds;
}
