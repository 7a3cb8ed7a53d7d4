import { type Policy, update } from "../bandits/index.js";
import { partOf } from "../bandits/state/index.js";
import type { Case } from "./case.js";
import { ensureDecisions, ensureQuickDraws, ensureVectors, ownParts } from "./decision-cases.js";
import { deepFreeze, ensure, ensureSame } from "./ensure.js";
import { modelTrials, trialOutcomes, trialState } from "./model-trials.js";
import { partCases } from "./part-cases.js";

/** What a policy is tried with. */
export interface PolicyTrial<S> {
  /** Settings besides the defaults. */
  readonly settings?: readonly S[];
}

/**
 * What a policy must do: it is tried with every reward model of essai.
 * @param make   makes the policy from settings, every one of which has a default
 * @param trial  settings to try besides the defaults
 * @returns cases for any test runner: `for (const { name, run } of policySuite(mine)) test(name, run)`
 * @throws what `make` throws for settings that should do; a case throws an Error when something is wrong
 */
export function policySuite<S = never>(
  make: (settings?: S) => Policy,
  { settings = [] }: PolicyTrial<NoInfer<S>> = {},
): Case[] {
  const made = [undefined, ...settings].map((each) => () => partOf(make, each));
  const worlds = Object.entries(modelTrials);
  return [
    ...partCases(make, settings),
    {
      name: "gives a probability to each eligible action, from what it is shown only",
      run() {
        for (const policy of made) {
          const { setup, sums } = update(
            trialState(modelTrials.bernoulli, policy()),
            trialOutcomes(modelTrials.bernoulli, 60, "view"),
          );
          const vectors = [0, 1].map(() =>
            policy().probabilities(
              deepFreeze({
                eligible: [0, 2],
                shares: [0.5, 0.25, 0.25],
                rewards: 60,
                sharpest: {},
                seed: "view",
                posterior: (sharpness = 1) => setup.model.posterior(sums, null, sharpness),
              }),
            ),
          );
          ensure(vectors[0]?.length === 2, `two actions are eligible, it gave ${vectors[0]?.length}`);
          ensureSame("the same view, asked twice", vectors[1], vectors[0]);
        }
      },
    },
    ...worlds.map(([name, trial]) => ({
      name: `probabilities sum to 1 whatever is learned and eligible, with ${name} rewards`,
      run() {
        for (const policy of name === "bernoulli" ? made : made.slice(0, 1))
          ensureVectors(trialState(trial, policy()), trial);
      },
    })),
    ...worlds.map(([name, trial]) => ({
      name: `decides the same live and restored, and draws from what it records, with ${name} rewards`,
      run() {
        for (const policy of name === "bernoulli" ? made : made.slice(0, 1))
          ensureDecisions(trialState(trial, policy()), trial, { ...ownParts, [make().name]: make });
      },
    })),
    {
      name: "one posterior draw at its sharpness, if it names one, has the law of its probabilities",
      run() {
        for (const policy of made) {
          if (!policy().sharpness) continue;
          for (const trial of [modelTrials.bernoulli, modelTrials.normal, modelTrials.factorial]) {
            const state = update(trialState(trial, policy()), trialOutcomes(trial, 15, "few"));
            ensureQuickDraws(state, trial);
          }
        }
      },
    },
  ];
}
