import { type BanditState, policies } from "essai/bandits";
import { memoryStore } from "essai/stores";
import { expect, test } from "vitest";
import { exchanged, heldBy, LedgerWorld, learned } from "../../src/testing/ledger-world.js";
import { modelTrials, trialOutcomes, trialState } from "../../src/testing/model-trials.js";

for (const [name, trial] of Object.entries(modelTrials))
  test(`with ${name} rewards, what is settled, corrected and withdrawn again is what one process would have learned`, async () => {
    const store = memoryStore();

    const bandit: BanditState = trialState(trial, policies.thompson());
    const outcomes = trialOutcomes(trial, 24, "ledger");
    const world = new LedgerWorld();
    const options = { bandit, missing: null, combine: "last" as const };
    const [one, other] = ["one", "other"].map((source) => world.process(store, source, options));
    if (!one || !other) throw new Error("two processes share it");
    outcomes.forEach(({ variant, action, reward, context = null }, i) => {
      const arm = bandit.setup.arms.find(({ key }) => key === variant);
      const played = action ?? arm?.action ?? {};
      (i % 2 === 0 ? one : other).decision({
        ...{ id: `d${i}`, action: played, at: world.at(), context, stateHash: "0" },
      });
      const value = i % 3 === 0 ? (outcomes[i + 1] ?? outcomes[i])?.reward : reward;
      other.reward({ decisionId: `d${i}`, id: "r", value: value ?? 0, at: world.at(1) });
    });
    await exchanged(one, other);
    world.pass(49);
    await exchanged(one, other);
    // Put right after the settlement: a third of the values, and a quarter are withdrawn.
    outcomes.forEach(({ reward }, i) => {
      if (i % 3 === 0)
        one.reward({ decisionId: `d${i}`, id: "r", value: reward, at: world.at(-47), revision: 1 });
      if (i % 4 === 0) other.withdraw(`d${i}`, "r");
    });
    await exchanged(one, other);
    const [rewards, sums] = learned(
      outcomes.filter((_, i) => i % 4 !== 0),
      bandit,
    );
    const held = await heldBy(store, bandit);
    expect(held.rewards).toBe(rewards);
    const close = (blocks: unknown) =>
      (blocks as number[][]).map((block) => block.map((each) => expect.closeTo(each, 8)));
    expect(held.sums).toEqual(close(sums));
  });
