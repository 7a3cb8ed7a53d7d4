import {
  type Constraint,
  decide,
  type Limits,
  policies,
  probabilities,
  restoreBandit,
  update,
} from "../bandits/index.js";
import { partOf } from "../bandits/state/index.js";
import { ExperimentError } from "../errors/index.js";
import { randomSource } from "../random/index.js";
import type { Case } from "./case.js";
import { ensureDecisions, ownParts } from "./decision-cases.js";
import { deepFreeze, ensure, ensureSame, ensureVector } from "./ensure.js";
import { modelTrials, trialOutcomes, trialState } from "./model-trials.js";
import { partCases } from "./part-cases.js";

/** What a constraint is tried with. */
export interface ConstraintTrial<S> {
  /** Settings to try besides the defaults; arms are called `a` (control), `b`, `c`, … */
  readonly settings: readonly S[];
  /**
   * What the constraint demands, of a vector over the eligible actions, as far as it can be had.
   * @returns whether the vector satisfies it; `settings` are undefined for the defaults
   */
  satisfied(vector: readonly number[], limits: Limits, settings: S | undefined): boolean;
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
    yield { vector, limits: { eligible, actions, control: 0 } };
  }
}

/**
 * What a constraint must do.
 * @param make   makes the constraint from settings, every one of which has a default
 * @param trial  settings to try, and what the constraint demands
 * @returns cases for any test runner: `for (const { name, run } of constraintSuite(mine, trial)) test(name, run)`
 * @throws what `make` throws for settings that should do; a case throws an Error when something is wrong
 */
export function constraintSuite<S = never>(
  make: (settings?: S) => Constraint,
  { settings, satisfied }: ConstraintTrial<NoInfer<S>>,
): Case[] {
  const all = [undefined, ...settings];
  const trial = modelTrials.bernoulli;
  return [
    ...partCases(make, settings),
    {
      name: "makes of any vector one that satisfies it, or says that nothing may be chosen",
      run() {
        for (const each of all) {
          const constraint = partOf(make, each);
          for (const { vector, limits } of vectors()) {
            const told = `of [${vector.join(", ")}] for ${limits.eligible.map((i) => limits.actions[i]).join()}`;
            try {
              const made = constraint.apply(deepFreeze(vector.slice()), deepFreeze(limits));
              ensureVector(told, made, vector.length);
              ensure(satisfied(made, limits, each), `${told} it made [${made.join(", ")}]: not satisfied`);
              ensureSame(`${told}, asked twice`, constraint.apply(vector.slice(), limits), made);
            } catch (error) {
              if (!(error instanceof ExperimentError && error.code === "no_eligible_action")) throw error;
            }
          }
        }
      },
    },
    {
      name: "is part of the state: in its hash, and the same restored",
      run() {
        for (const each of all) {
          const start = (constraints: readonly Constraint[]) =>
            trialState(trial, policies.thompson(), { constraints }, actions);
          const bandit = start([partOf(make, each)]);
          const request = { unitId: "u", occasion: "1", now: new Date(0) };
          ensure(
            decide(bandit, request).stateHash !== decide(start([]), request).stateHash,
            "the state's hash does not tell that the constraint holds",
          );
          const parts = { ...ownParts, [make().name]: make };
          const state = update(bandit, trialOutcomes(trial, 60, "learned"));
          const restored = restoreBandit(JSON.stringify(state), parts);
          ensureSame("probabilities of the restored state", probabilities(restored), probabilities(state));
          ensureDecisions(bandit, trial, parts);
        }
      },
    },
  ];
}
