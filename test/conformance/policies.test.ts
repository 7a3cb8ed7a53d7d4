import {
  epsilonGreedy,
  fixed,
  type Policy,
  policies,
  sharpened,
  softmax,
  thompson,
  topTwo,
  ucb,
  uniform,
} from "essai/bandits";
import { policySuite } from "essai/testing";
import { describe, expect, test } from "vitest";
import { familySuite, rejects } from "./family.js";

familySuite(policies, {
  fixed: () => policySuite(fixed),
  uniform: () => policySuite(uniform),
  thompson: () => policySuite(thompson),
  topTwo: () => policySuite(topTwo, { settings: [{ share: 0.2 }] }),
  sharpened: () =>
    policySuite(sharpened, {
      settings: [
        { horizon: 200, plain: 0.2 },
        { start: 2, most: 8, ramp: 0.5, opening: 3 },
      ],
    }),
  ucb: () => policySuite(ucb, { settings: [{ width: 0.5 }] }),
  epsilonGreedy: () => policySuite(epsilonGreedy, { settings: [{ epsilon: 0 }, { epsilon: 1 }] }),
  softmax: () => policySuite(softmax, { settings: [{ temperature: 5 }] }),
});

test.each(Object.entries(policies))("%s is called by its name in the family", (key, make) => {
  expect(make().name).toBe(key);
});

describe("wrong policies", () => {
  const wrong = (change: (right: Policy) => Partial<Policy>) => () => {
    const right = thompson();
    return { ...right, name: "wrong", ...change(right) };
  };
  rejects(
    "a policy whose probabilities do not sum to 1",
    () =>
      policySuite(
        wrong((right) => ({ probabilities: (view) => right.probabilities(view).map((p) => 0.9 * p) })),
      ),
    /sums to 0\.9/,
  );
  rejects(
    "a policy that gives a probability to actions that are not eligible",
    () => policySuite(wrong(() => ({ probabilities: ({ shares }) => [...shares] }))),
    /two actions are eligible, it gave 3/,
  );
  let calls = 0;
  rejects(
    "a policy that answers otherwise when it is asked again",
    () =>
      policySuite(
        wrong(() => ({
          probabilities({ eligible }) {
            const turn = calls++ % eligible.length;
            return eligible.map((_, i) => (i === turn ? 1 : 0));
          },
        })),
      ),
    /asked twice/,
  );
  rejects(
    "a policy that forgets its settings",
    () =>
      policySuite(
        ({ width = 2 }: { readonly width?: number } = {}) => ({
          ...ucb({ width }),
          name: "wrong",
          settings: {},
        }),
        {
          settings: [{ width: 3 }],
        },
      ),
    /settings\.width/,
  );
  rejects(
    "a policy whose one draw has another law than its probabilities",
    () => policySuite(wrong(() => ({ sharpness: () => 9 }))),
    /quick decisions: action \d was drawn/,
  );
});
