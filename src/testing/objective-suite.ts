import { type Objective, policies, probabilities, update } from "../bandits/index.js";
import { partOf } from "../bandits/state/index.js";
import type { Case } from "./case.js";
import { ensureDecisions, ensureQuickDraws, ensureVectors, ownParts } from "./decision-cases.js";
import { ensureSame } from "./ensure.js";
import { modelTrials, trialContext, trialOutcomes, trialState } from "./model-trials.js";
import { ensureMoments } from "./moments.js";
import { partCases } from "./part-cases.js";

/** What an objective is tried with. */
export interface ObjectiveTrial<S> {
  /** Settings to try besides the defaults; arms are called `a`, `b` and `c`. */
  readonly settings?: readonly S[];
}

/**
 * What an objective must do: it is tried with every reward model of essai.
 * @param make   makes the objective from settings, every one of which has a default
 * @param trial  settings to try besides the defaults
 * @returns cases for any test runner: `for (const { name, run } of objectiveSuite(mine)) test(name, run)`
 * @throws what `make` throws for settings that should do; a case throws an Error when something is wrong
 */
export function objectiveSuite<S = never>(
  make: (settings?: S) => Objective,
  { settings = [] }: ObjectiveTrial<NoInfer<S>> = {},
): Case[] {
  const made = [undefined, ...settings].map((each) => () => partOf(make, each));
  const start = (trial: (typeof modelTrials)[keyof typeof modelTrials], objective: Objective) =>
    trialState(trial, policies.thompson(), { objective });
  return [
    ...partCases(make, settings),
    ...Object.entries(modelTrials).flatMap(([name, trial]) => [
      {
        name: `probabilities sum to 1 whatever is learned and eligible, with ${name} rewards`,
        run() {
          for (const objective of made) ensureVectors(start(trial, objective()), trial);
        },
      },
      {
        name: `beliefs have the moments that their draws have, with ${name} rewards`,
        run() {
          const context = trialContext(trial).context ?? null;
          for (const objective of made) {
            const { setup, sums } = update(start(trial, objective()), trialOutcomes(trial, 240, "model"));
            const of = setup.model.posterior(sums, context, 1);
            ensureMoments(objective().of(of, setup.arms, context).belief, trial);
          }
        },
      },
    ]),
    {
      name: "its vector is what many posterior draws give, live and restored",
      run() {
        const trial = modelTrials.bernoulli;
        for (const objective of made) {
          const state = update(start(trial, objective()), trialOutcomes(trial, 15, "few"));
          ensureQuickDraws(state, trial);
          ensureDecisions(start(trial, objective()), trial, { ...ownParts, [make().name]: make });
          ensureSame("asked twice", probabilities({ ...state }), probabilities(state));
        }
      },
    },
  ];
}
