import {
  type Constraint,
  caps,
  controlShare,
  floor,
  type Limits,
  policies,
  probabilities,
  restoreBandit,
  update,
  withConstraints,
} from "../bandits/index.js";
import { partOf, stateFacts } from "../bandits/state/index.js";
import { ExperimentError } from "../errors/index.js";
import { randomSource, shuffle } from "../random/index.js";
import type { Case } from "./case.js";
import { ensureDecisions, ownParts } from "./decision-cases.js";
import { deepFreeze, ensure, ensureSame, ensureVector, refusalOf } from "./ensure.js";
import { modelTrials, trialOutcomes, trialState } from "./model-trials.js";
import { partCases } from "./part-cases.js";

/** What a constraint is tried with. */
export interface ConstraintTrial<S> {
  /** Settings to try besides the defaults; arms are called `a` (control), `b`, `c`, … */
  readonly settings?: readonly S[];
  /**
   * What the constraint is for, said without its bounds: whether a vector over the eligible actions does what it demands;
   * `settings` are undefined for the defaults.
   */
  satisfied?(vector: readonly number[], limits: Limits, settings: S | undefined): boolean;
}

const actions = "abcdefghi".split("");

/** Vectors over up to eight actions, spread and lopsided, with what may be chosen of nine. */
function* vectors(): Generator<{ readonly vector: number[]; readonly limits: Limits }> {
  const random = randomSource("vectors");
  for (let round = 0; round < 400; round++) {
    const eligible = [...actions.keys()].filter(() => random.next() < 0.6);
    if (eligible.length === 0) continue;
    const weights = eligible.map(() => (random.next() < 0.3 ? 0 : -Math.log(random.next())));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const vector = weights.map((weight) => (total > 0 ? weight / total : 1 / weights.length));
    yield { vector, limits: { eligible, actions, control: 0, rewards: round * round } };
  }
}

/** A vector under constraints; undefined where they clash. */
function held(vector: readonly number[], constraints: readonly Constraint[], limits: Limits) {
  try {
    return constraints[0]?.hold(deepFreeze(vector.slice()), constraints, deepFreeze(limits)) ?? vector;
  } catch (error) {
    if (error instanceof ExperimentError && error.code === "constraints_clash") return undefined;
    throw error;
  }
}

/** @throws Error unless a vector keeps the bounds of all constraints; of what one allows nothing, none demands anything */
function ensureWithin(
  told: string,
  vector: readonly number[],
  constraints: readonly Constraint[],
  limits: Limits,
): void {
  const closed = (i: number) => constraints.some((each) => each.bounds(limits).most?.[i] === 0);
  const open = { ...limits, eligible: limits.eligible.filter((_, i) => !closed(i)) };
  ensure(
    vector.every((p, i) => p === 0 || !closed(i)),
    `${told} it made [${vector.join(", ")}], with an action that is capped at 0`,
  );
  const found = vector.filter((_, i) => !closed(i));
  for (const each of constraints) {
    const { least, most } = each.bounds(open);
    ensure(
      found.every((p, i) => p >= (least?.[i] ?? 0) && p <= (most?.[i] ?? 1)),
      `${told} it made [${found.join(", ")}], not within ${each.name}: [${least}] to [${most}]`,
    );
  }
}

/**
 * What a constraint must do, alone and beside essai's.
 * @param make   makes the constraint from settings, every one of which has a default
 * @param trial  settings to try, and what the constraint is for
 * @returns cases for any test runner: `for (const { name, run } of constraintSuite(mine, trial)) test(name, run)`
 * @throws what `make` throws for settings that should do; a case throws an Error when something is wrong
 */
export function constraintSuite<S = never>(
  make: (settings?: S) => Constraint,
  { settings = [], satisfied }: ConstraintTrial<NoInfer<S>> = {},
): Case[] {
  const all = [undefined, ...settings];
  const trial = modelTrials.bernoulli;
  /** Tries every setting with every vector. */
  const each =
    (act: (told: string, constraint: Constraint, vector: number[], limits: Limits, s?: S) => void) => () => {
      for (const setting of all) {
        const constraint = partOf(make, setting);
        for (const { vector, limits } of vectors()) {
          const told = `of [${vector.join(", ")}] for ${limits.eligible.map((i) => limits.actions[i]).join()}`;
          act(told, constraint, vector, limits, setting);
        }
      }
    };
  return [
    ...partCases(make, settings),
    {
      name: "states bounds of every eligible action, the same each time",
      run: each((told, constraint, vector, limits) => {
        const bounds = constraint.bounds(deepFreeze(limits));
        ensureSame(`${told}: bounds, asked twice`, constraint.bounds(limits), bounds);
        for (const list of [bounds.least ?? [], bounds.most ?? []]) {
          ensure(
            list.length === 0 || list.length === vector.length,
            `${told}: ${list.length} bounds for ${vector.length} eligible actions`,
          );
          ensure(
            list.every((share) => share >= 0 && share <= 1),
            `${told}: bounds outside [0, 1]: [${list.join(", ")}]`,
          );
        }
        bounds.least?.forEach((share, i) => {
          ensure(
            share <= (bounds.most?.[i] ?? 1),
            `${told}: at least ${share} and at most ${bounds.most?.[i]}`,
          );
        });
      }),
    },
    {
      name: "makes of any vector one that satisfies it, or says that it cannot be had",
      run: each((told, constraint, vector, limits, setting) => {
        const found = held(vector, [constraint], limits);
        if (!found) return;
        ensureVector(told, found, vector.length);
        ensureWithin(told, found, [constraint], limits);
        ensure(
          satisfied?.(found, limits, setting) !== false,
          `${told} it made [${found.join(", ")}]: not satisfied`,
        );
      }),
    },
    {
      name: "holds together with others, in whatever order they are named",
      run() {
        const random = randomSource("orders");
        let together = 0;
        each((told, constraint, vector, limits) => {
          const list = [
            constraint,
            caps({ shares: { b: 0.2, e: 0.4 } }),
            controlShare({ share: 0.1 }),
            floor(),
          ];
          const found = held(vector, list, limits);
          ensureSame(`${told}: another order`, held(vector, shuffle(random, list.slice()), limits), found);
          if (!found) return;
          together += 1;
          ensureVector(told, found, vector.length);
          ensureWithin(told, found, list, limits);
        })();
        ensure(together > 0, "it clashes with a cap, a control share and a floor for every vector");
      },
    },
    {
      name: "is part of the state: in its hash, and the same restored",
      run() {
        for (const setting of all) {
          const start = (constraints: readonly Constraint[]) =>
            trialState(trial, policies.thompson(), { constraints }, actions);
          const bandit = start([partOf(make, setting)]);
          const hash = (state: typeof bandit) => stateFacts(state).hash;
          ensure(
            hash(bandit) !== hash(start([])),
            "the state's hash does not tell that the constraint holds",
          );
          const beside = [partOf(make, setting), floor({ share: 0 })];
          ensureSame(
            "the hash under another order of constraints",
            hash(withConstraints(bandit, beside.toReversed())),
            hash(withConstraints(bandit, beside)),
          );
          const parts = { ...ownParts, [make().name]: make };
          const state = update(bandit, trialOutcomes(trial, 60, "learned"));
          const restored = restoreBandit(JSON.stringify(state), parts);
          // What does not fit all of nine actions may fit some of them.
          const some = [actions, ["a", "b"], ["h", "i"]].find(
            (eligible) => refusalOf(() => probabilities(state, { eligible })) === undefined,
          );
          if (!some) continue;
          const request = { eligible: some };
          ensureSame(
            "probabilities of the restored state",
            probabilities(restored, request),
            probabilities(state, request),
          );
          ensureDecisions(bandit, trial, parts, request);
        }
      },
    },
  ];
}
