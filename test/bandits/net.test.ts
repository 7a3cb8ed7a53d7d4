import { describe, expect, test } from "vitest";
import {
  bernoulli,
  createBandit,
  net,
  policies,
  probabilities,
  quickDecide,
  restoreBandit,
  update,
} from "../../src/bandits/index.js";
import { defineExperiment } from "../../src/index.js";

const now = new Date("2026-11-21T12:00:00Z");
const definition = defineExperiment({
  key: "messages",
  unit: "userId",
  factors: { channel: ["email", "letter"], hero: ["plain", "gift"] },
  policy: "thompson",
});
const rewards = (action: string, wins: number) =>
  Array.from({ length: 200 }, (_, i) => ({ variant: action, reward: i < wins ? 1 : 0 }));
const keys = definition.variants.map(({ key }) => key);
const learned = (objective: ReturnType<typeof net>) =>
  update(
    createBandit(definition, policies, { objective }),
    keys.flatMap((key) => rewards(key, key.includes("letter") ? 60 : 30)),
  );
const letters = (vector: readonly number[]) =>
  vector.reduce((sum, p, i) => sum + (keys[i]!.includes("letter") ? p : 0), 0);

describe("net: value × reward − cost", () => {
  test("levels of factors cost what they cost in every action", () => {
    expect(letters(probabilities(learned(net())))).toBeGreaterThan(0.95);
    const dear = net({ levels: { channel: { letter: 0.5 } } });
    expect(letters(probabilities(learned(dear)))).toBeLessThan(0.05);
    const both = net({
      levels: { channel: { letter: 0.5 } },
      values: { [keys.find((key) => key.includes("letter"))!]: 9 },
    });
    expect(letters(probabilities(learned(both)))).toBeGreaterThan(0.9);
  });

  test("a customer's own costs and values go before those of all, which hold where there are none", () => {
    const state = learned(net({ levels: { channel: { letter: 0.5 } }, customer: "own" }));
    const of = (context?: object) =>
      letters(probabilities(state, context ? { context: context as never } : {}));
    expect(of()).toBeLessThan(0.05);
    expect(of({ own: {} })).toBe(of());
    expect(of({ age: 3 })).toBe(of());
    expect(of({ own: { levels: { channel: { letter: 0 } } } })).toBeGreaterThan(0.95);
    expect(of({ own: { levels: { channel: { email: 1 } } } })).toBeGreaterThan(0.95);
    const restored = restoreBandit(JSON.stringify(state), { ...policies, bernoulli, net });
    const context = { own: { levels: { channel: { letter: 0.1 } } } };
    expect(probabilities(restored, { context })).toEqual(probabilities(state, { context }));
    expect(quickDecide(restored, { unitId: "u", occasion: "1", now, context })).toEqual(
      quickDecide(state, { unitId: "u", occasion: "1", now, context }),
    );
  });

  test.each<[string, () => unknown, string, (string | number)[], string | undefined]>([
    [
      "an unknown factor",
      () => learned(net({ levels: { chanel: { letter: 1 } } })),
      "unknown_name",
      ["objective", "levels", "chanel"],
      "channel",
    ],
    [
      "an unknown level",
      () => learned(net({ levels: { channel: { leter: 1 } } })),
      "unknown_name",
      ["objective", "levels", "channel", "leter"],
      "letter",
    ],
    [
      "a customer's unknown level",
      () =>
        probabilities(learned(net({ customer: "own" })), {
          context: { own: { levels: { channel: { letters: 1 } } } },
        }),
      "unknown_name",
      ["context", "own", "levels", "channel", "letters"],
      "letter",
    ],
    [
      "a customer's unknown action",
      () =>
        quickDecide(learned(net({ customer: "own" })), {
          unitId: "u",
          occasion: "1",
          now,
          context: { own: { costs: { none: 1 } } },
        }),
      "unknown_action",
      ["context", "own", "costs", "none"],
      undefined,
    ],
    [
      "a customer's value of 0",
      () =>
        probabilities(learned(net({ customer: "own" })), { context: { own: { values: { [keys[0]!]: 0 } } } }),
      "out_of_range",
      ["context", "own", "values", keys[0]!],
      undefined,
    ],
    [
      "a key that says nothing",
      () => probabilities(learned(net({ customer: "own" })), { context: { own: { cost: {} } } }),
      "unknown_key",
      ["context", "own", "cost"],
      "costs",
    ],
    [
      "a cost that is not finite",
      () => net({ levels: { channel: { letter: 1 / 0 } } }),
      "not_finite",
      ["levels", "channel", "letter"],
      undefined,
    ],
  ])("refused: %s", (_name, act, code, path, near) => {
    expect(act).toThrow(expect.objectContaining({ code, path, ...(near ? { near } : {}) }));
  });
});
