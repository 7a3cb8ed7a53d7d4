import { describe, expect, test } from "vitest";
import {
  addArm,
  createBandit,
  factorial,
  type Outcome,
  policies,
  probabilities,
  removeArm,
  sharpened,
  update,
  withHistory,
} from "../../src/bandits/index.js";
import { stateFacts } from "../../src/bandits/state/state-facts.js";
import { defineExperiment } from "../../src/definition/index.js";
import { errorsOf } from "../errors/errors-of.js";
import { definitionOf } from "./definition.js";

const outcomes = (action: string, successes: number, failures: number): Outcome[] =>
  [...Array(successes).fill(1), ...Array(failures).fill(0)].map((reward) => ({ variant: action, reward }));

describe("an arm that is added", () => {
  const page = createBandit(
    defineExperiment({
      key: "page",
      unit: "userId",
      factors: { cta: ["buy", "try"], hero: ["photo", "text"] },
      policy: "thompson",
    }),
    policies,
    { model: factorial() },
  );

  test("has a level of every factor, and of no others", () => {
    expect(errorsOf(() => addArm(page, { key: "new", action: { cta: "buy", here: "film" } }))).toMatchObject([
      { code: "missing_value", path: ["action", "hero"], known: ["photo", "text"] },
      { code: "unknown_name", path: ["action", "here"], near: "hero" },
    ]);
    expect(errorsOf(() => addArm(page, { key: "new" })).map(({ path }) => path)).toEqual([
      ["action", "cta"],
      ["action", "hero"],
      ["action", "variant"],
    ]);
    const wider = addArm(page, { key: "film", action: { hero: "film", cta: "buy" } });
    expect(update(wider, [{ action: { cta: "buy", hero: "film" }, reward: 1 }]).sums[4]).toEqual([1, 1, 1]);
  });

  test("does not play what another arm plays or played, in whatever order its levels stand", () => {
    const twin = { key: "twin", action: { hero: "text", cta: "buy" } };
    const refused = { code: "taken_action", path: ["action"], other: "cta=buy,hero=text" };
    expect(errorsOf(() => addArm(page, twin))).toMatchObject([refused]);
    expect(errorsOf(() => addArm(removeArm(page, "cta=buy,hero=text"), twin))).toMatchObject([refused]);
    const plain = createBandit(definitionOf(2), policies);
    expect(errorsOf(() => addArm(plain, { key: "c", action: { variant: "b" } }))).toMatchObject([
      { code: "taken_action", other: "b" },
    ]);
  });
});

describe("a state's hash", () => {
  test("is another where the same sums are decided on otherwise, as they count as other numbers of rewards", () => {
    const start = createBandit(definitionOf(2, "sharpened"), { sharpened }, { settings: { horizon: 1000 } });
    const learned = update(start, [...outcomes("a", 20, 80), ...outcomes("b", 28, 72)]);
    const begun = withHistory(start, learned, { most: 1000 });
    expect(begun.sums).toEqual(learned.sums);
    expect(probabilities(begun)).not.toEqual(probabilities(learned));
    expect(stateFacts(begun).hash).not.toBe(stateFacts(learned).hash);
  });

  test("is another where the same numbers belong to other arms", () => {
    const start = createBandit(definitionOf(2), policies);
    // Blocks of some models vary in length.
    const [one, other] = [
      [[0, 1], [0]],
      [[0], [1, 0]],
    ].map((sums) => stateFacts({ ...start, sums }).hash);
    expect(one).not.toBe(other);
  });
});
