import {
  addArm,
  type BanditState,
  decide,
  discount,
  mergeBandits,
  type Policy,
  policies,
  probabilities,
  quickDecide,
  type RewardModel,
  restoreBandit,
  update,
  withPropensity,
  withSource,
} from "../bandits/index.js";
import { momentsOf } from "../bandits/posterior/index.js";
import { stateFacts } from "../bandits/state/index.js";
import { randomSource } from "../random/index.js";
import type { Case } from "./case.js";
import { ensureDecisions, ensureQuickDraws, ensureVectors, ownParts, placeOf } from "./decision-cases.js";
import { deepFreeze, ensure, ensureClose, ensureSame, ensureVector, refusalOf } from "./ensure.js";
import { type ModelTrial, trialContext, trialOutcomes, trialState } from "./model-trials.js";
import { ensureMoments } from "./moments.js";
import { partCases } from "./part-cases.js";
import { reordered } from "./reordered.js";

/** Policies that ask for everything a posterior can be asked: chances, sharper ones, moments. */
const readers = { thompson: policies.thompson, sharpened: policies.sharpened, ucb: policies.ucb };
const now = new Date("2026-11-21T12:00:00Z");
/** Rewards in a block of a model that does not count them: what its numbers add up to. */
const total = (block: readonly number[]): number => block.reduce((sum, each) => sum + each, 0);

/**
 * What a reward model must do: it is tried under policies that ask for everything a posterior can be asked.
 * @param make   makes the model from settings, every one of which has a default
 * @param trial  rewards of which the third arm gets clearly more, a reward that it refuses, contexts if it reads them
 * @returns cases for any test runner: `for (const { name, run } of modelSuite(mine, trial)) test(name, run)`
 * @throws what `make` throws for settings that should do; a case throws an Error when something is wrong
 */
export function modelSuite<S = never>(make: (settings?: S) => RewardModel, trial: ModelTrial): Case[] {
  const start = (policy: Policy = policies.thompson()) => trialState(trial, policy);
  const outcomes = trialOutcomes(trial, 240, "model");
  const context = trialContext(trial);
  const parts = { ...ownParts, [make().name]: make };
  const same = (what: string, a: BanditState, b: BanditState) => {
    ensure(a.rewards === b.rewards, `${what}: ${a.rewards} rewards, expected ${b.rewards}`);
    ensureClose(what, a.sums, b.sums);
  };
  return [
    ...partCases(make, [trial.model().settings]),
    {
      name: "learns in any order, and leaves the sums it was given as they are",
      run() {
        const empty = deepFreeze(start());
        const whole = update(empty, deepFreeze(outcomes));
        same("the reverse order", update(empty, outcomes.toReversed()), whole);
        same(
          "one more than all but the last",
          update(deepFreeze(update(empty, outcomes.slice(0, -1))), outcomes.slice(-1)),
          whole,
        );
      },
    },
    {
      name: "sums of parts merge into the sums of the whole, in any grouping",
      run() {
        const whole = update(start(), outcomes);
        const part = (k: number) =>
          update(withSource(start(), `part ${k}`), outcomes.slice(80 * k, 80 * k + 80));
        same("(x + y) + z", mergeBandits(mergeBandits(part(0), part(1)), part(2)), whole);
        same("x + (z + y)", mergeBandits(part(0), mergeBandits(part(2), part(1))), whole);
        same("with nothing", mergeBandits(whole, start()), whole);
        ensureSame(
          "x + y and y + x",
          mergeBandits(part(0), part(1)).sums,
          mergeBandits(part(1), part(0)).sums,
        );
      },
    },
    {
      name: "sums that weigh less are those of fewer rewards: scaling composes",
      run() {
        const state = update(start(), outcomes);
        ensureClose("a factor of 1", discount(state, 1).sums, state.sums);
        ensureClose("half of a half", discount(discount(state, 0.5), 0.5).sums, discount(state, 0.25).sums);
        ensureVector("probabilities after a discount", probabilities(discount(state, 0.5), context), 3);
      },
    },
    {
      name: "a block counts the rewards that were learned into it, and counts less when they weigh less",
      run() {
        const state = update(start(), outcomes);
        const { count = total } = state.setup.model;
        ensureClose("rewards by arm", [state.sums.map(count)], [[80, 80, 80]]);
        ensureClose("at half their weight", [discount(state, 0.5).sums.map(count)], [[40, 40, 40]]);
      },
    },
    {
      name: "an arm that is added knows nothing, and the others keep what they knew",
      run() {
        const { factors } = trial;
        const action = factors ? { hero: "offer", cta: "buy" } : { variant: "d" };
        const state = update(start(), outcomes);
        const wider = addArm(state, { key: "d", action });
        ensureClose("sums of the present arms", wider.sums.slice(0, state.sums.length), state.sums);
        ensureVector("probabilities of four arms", probabilities(wider, context), 4);
        update(wider, [{ ...outcomes[0], variant: "d", reward: outcomes[0]?.reward ?? 0 }]);
      },
    },
    ...Object.entries(readers).flatMap(([name, policy]) => [
      {
        name: `probabilities sum to 1 whatever is learned and eligible, under ${name}`,
        run: () => ensureVectors(start(policy()), trial),
      },
      {
        name: `decides the same live and restored, and draws from what it records, under ${name}`,
        run: () => ensureDecisions(start(policy()), trial, parts),
      },
    ]),
    {
      name: "a store that reorders keys changes nothing: its state merges, learns and hashes as the one written",
      run() {
        const state = update(start(), outcomes);
        for (const seed of ["one", "two", "three"]) {
          const mixed = <T>(value: T) => reordered(value, randomSource(seed));
          const stored = restoreBandit(mixed(state), parts);
          const request = { unitId: "u", occasion: seed, now, ...context };
          const mixedContext = context.context === undefined ? {} : { context: mixed(context.context) };
          const [decision, again] = [decide(state, request), decide(stored, { ...request, ...mixedContext })];
          ensureSame("the hash", stateFacts(stored).hash, stateFacts(state).hash);
          ensureSame("the decision", again, decision);
          const other = update(withSource(start(), "other"), outcomes.slice(0, 50));
          ensureSame("merged", mergeBandits(stored, other).sums, mergeBandits(state, other).sums);
          const learned = [{ ...decision, reward: outcomes[0]?.reward ?? 0 }];
          ensureSame(
            "the hash of what it learned next",
            stateFacts(update(stored, mixed(learned))).hash,
            stateFacts(update(state, learned)).hash,
          );
        }
      },
    },
    {
      name: "Thompson finds the better arm",
      run() {
        const best = probabilities(update(start(), outcomes), context)[2] ?? 0;
        ensure(best > 0.9, `after 80 rewards of each, the better arm has a probability of ${best}`);
      },
    },
    {
      name: "its vector is what many posterior draws give",
      run: () => ensureQuickDraws(update(start(), trialOutcomes(trial, 15, "few")), trial),
    },
    {
      name: "a quick decision gets its propensity afterwards, from the state it was made with only",
      run() {
        const state = update(start(), outcomes);
        const some = { ...context, eligible: ["a", "b"] };
        const quick = quickDecide(state, { unitId: "u", occasion: "1", now, ...some });
        const vector = probabilities(state, some);
        const { probabilities: found, propensity, action } = withPropensity(state, quick);
        ensureSame("the vector", found, vector);
        ensureSame("the propensity", propensity, vector[placeOf(state, action)]);
        const refused = refusalOf(() => withPropensity(start(), quick));
        ensure(refused?.code === "stale_state", "another state completed the decision");
      },
    },
    {
      name: "a reward outside the support is refused",
      run() {
        const refused = refusalOf(() => update(start(), [{ variant: "a", reward: trial.bad, ...context }]));
        ensure(refused?.code === "reward_unsupported", `a reward of ${trial.bad} was learned`);
      },
    },
    {
      name: "sums with a number that rewards cannot have made are refused, or believed without a NaN",
      run() {
        const json = JSON.stringify(update(start(), outcomes));
        const state = JSON.parse(json) as { sums: unknown[][] };
        for (const [i, block] of state.sums.entries()) {
          for (let j = 0; j < Math.min(block.length, 12); j++) {
            for (const value of [0, -1, 1e-300, 1e20, 1e100, 1e200, 1e300, -1e200, null, "1"]) {
              const made = JSON.parse(json) as typeof state;
              (made.sums[i] ?? [])[j] = value;
              const refused = refusalOf(() => {
                const restored = restoreBandit(made, parts);
                ensureVector(`with ${value} at sums.${i}.${j}`, probabilities(restored, context), 3);
                quickDecide(restored, { unitId: "u", occasion: "q", now, ...context });
              });
              ensure(
                refused !== undefined || typeof value === "number",
                `${value} at sums.${i}.${j} is not a number, and was taken for one`,
              );
            }
          }
        }
        const shorter = JSON.parse(json) as typeof state;
        shorter.sums = shorter.sums.map(() => []);
        ensure(
          refusalOf(() => restoreBandit(shorter, parts)) !== undefined,
          "sums of empty blocks were taken",
        );
      },
    },
    {
      name: "beliefs have the moments that their draws have",
      run() {
        const { setup, sums } = update(start(), outcomes);
        ensureMoments(setup.model.posterior(sums, context.context ?? null, 1).belief, trial);
      },
    },
    {
      name: "a posterior is sharper where prior and data count four times",
      run() {
        const { setup, sums } = update(start(), outcomes);
        const [honest, sharp] = [1, 4].map(
          (sharpness) => momentsOf(setup.model.posterior(sums, context.context ?? null, sharpness).belief).sd,
        );
        const ratio = (sharp?.[2] ?? Number.NaN) / (honest?.[2] ?? Number.NaN);
        ensure(
          ratio > 0.3 && ratio < 0.75,
          `the standard deviation is ${ratio} of the honest one, expected about a half`,
        );
      },
    },
    {
      name: "contexts under one key are believed alike; a model without keys reads no context",
      run() {
        const random = randomSource("keys");
        const { setup, sums } = update(start(), outcomes);
        const { model } = setup;
        const contexts = trial.context
          ? Array.from({ length: 40 }, () => trial.context?.(random) ?? null)
          : [null, { any: 1 }, { any: 2 }, "text"];
        ensure(
          !trial.context || model.contextKey !== undefined,
          "contexts are read, and there is no contextKey under which a vector may be kept",
        );
        const known = new Map<string, unknown>();
        for (const each of contexts) {
          const key = model.contextKey?.(each) ?? "";
          const means = Array.from(momentsOf(model.posterior(sums, each, 1).belief).mean);
          if (known.has(key)) ensureSame(`means under the key ${key}`, means, known.get(key));
          known.set(key, means);
        }
      },
    },
  ];
}
