import { describe, expect, test } from "vitest";
import {
  createBandit,
  factorial,
  pauseArm,
  probabilities,
  thompson,
  update,
} from "../../src/bandits/index.js";
import { effectsLayout } from "../../src/bandits/models/effects/effects-layout.js";
import { ascentOf, ascentSearch, climb } from "../../src/bandits/posterior/ascent.js";
import { countedBelief, DRAWS } from "../../src/bandits/posterior/drawn-probabilities.js";
import { fullFactorial } from "../../src/definition/designs/index.js";
import { defineExperiment } from "../../src/index.js";
import { type RandomSource, randomSource, sampleNormal } from "../../src/random/index.js";

const names = (prefix: string, n: number) => Array.from({ length: n }, (_, i) => `${prefix}${i}`);
const campaign = defineExperiment({
  key: "large",
  unit: "userId",
  design: fullFactorial(
    { a: names("a", 7), b: names("b", 7), c: names("c", 7), d: names("d", 6) },
    {
      forbid: [{ a: "a0", b: "b0" }],
    },
  ),
  policy: "thompson",
});
const rate = ({ a, b, c, d }: Readonly<Record<string, string>>): number =>
  0.2 + (a === "a2" ? 0.1 : 0) + (b === "b3" && c === "c1" ? 0.15 : 0) + (d === "d4" ? 0.05 : 0);

function learned(n: number) {
  const random = randomSource("large");
  const start = createBandit(campaign, { thompson }, { model: factorial() });
  const { arms } = start.setup;
  return update(
    start,
    Array.from({ length: n }, () => {
      const { action } = arms[Math.floor(random.next() * arms.length)]!;
      return { action, reward: random.next() < rate(action) ? 1 : 0 };
    }),
  );
}

describe("climbing to a draw's best in a large space", () => {
  const state = learned(6000);
  const { arms, model } = state.setup;
  const eligible = [...arms.keys()];
  const posterior = model.posterior(state.sums, null, 1);

  test("the space is larger than what is enumerated, and lacks what is forbidden", () => {
    expect(arms.length).toBe(2058 - 42);
    expect(
      ascentOf(
        effectsLayout(arms, 0, { pairs: true, main: 1, interaction: 1, segmentInteraction: 1 }).levels,
        eligible,
      ),
    ).toBeDefined();
  });

  test("it finds the enumerated best in at least 99 % of draws; one climb from one place does not", () => {
    const { belief } = posterior;
    if (belief.law !== "joint") throw new Error("a joint belief");
    const ascent = ascentOf(
      effectsLayout(arms, 0, { pairs: true, main: 1, interaction: 1, segmentInteraction: 1 }).levels,
      eligible,
    )!;
    const { mean } = belief;
    const search = ascentSearch(ascent, (place) => mean[place]!);
    const random = randomSource("draws");
    const scores = new Float64Array(arms.length);
    let [found, once] = [0, 0];
    for (let draw = 0; draw < DRAWS; draw++) {
      belief.draw(random, scores);
      const score = (place: number) => scores[place]!;
      const best = scores.indexOf(Math.max(...scores));
      if (search(score, random) === best) found++;
      if (climb(ascent.singles, 0, score) === best) once++;
    }
    expect(found).toBeGreaterThanOrEqual(0.99 * DRAWS);
    expect(once).toBeLessThan(0.97 * DRAWS);
  });

  test("its vector is the enumerated one but for the chance of the draws", () => {
    const climbed = posterior.best(eligible, "seed");
    const enumerated = countedBelief(posterior.belief, arms.length).best(eligible, "seed");
    climbed.forEach((p, i) => {
      const q = (p + enumerated[i]!) / 2;
      expect(Math.abs(p - enumerated[i]!)).toBeLessThan(4.5 * Math.sqrt((2 * q) / DRAWS) + 1 / DRAWS);
    });
    expect(posterior.best(eligible, "seed")).toEqual(climbed);
  });

  test("what is paused or not eligible has probability 0, everything else more", () => {
    const key = arms[7]!.key;
    const vector = probabilities(pauseArm(state, key));
    expect(vector[7]).toBe(0);
    expect(vector.every((p, i) => i === 7 || p > 0)).toBe(true);
    const some = arms.filter(({ action }) => action.a !== "a2").map((arm) => arm.key);
    const without = probabilities(state, { eligible: some });
    arms.forEach(({ action }, i) => {
      expect(without[i]! > 0).toBe(action.a !== "a2");
    });
  });
});

describe("where every combination is looked at instead", () => {
  const grid = (levels: readonly number[]) =>
    Array.from({ length: levels.reduce((product, n) => product * n, 1) }, (_, i) => {
      let rest = i;
      return levels.map((n) => {
        const level = rest % n;
        rest = Math.floor(rest / n);
        return level;
      });
    });
  const all = (levels: readonly (readonly number[])[]) => ascentOf(levels, [...levels.keys()]);

  test("few combinations, two factors, less than half of the full design", () => {
    expect(all(grid([8, 8, 8]))).toBeUndefined();
    expect(all(grid([64, 64]))).toBeUndefined();
    // A third of 2¹³: no two of these combinations differ in one factor only.
    const half = grid(Array.from({ length: 13 }, () => 2)).filter(
      (combination) => combination.reduce((sum, level) => sum + level, 0) % 3 === 0,
    );
    expect(half.length).toBeGreaterThan(2000);
    expect(all(half)).toBeUndefined();
    expect(all(grid([14, 14, 14]))).toBeDefined();
  });

  test("a move leads only to what is eligible, and a climb ends where none improves", () => {
    const levels = grid([14, 14, 14]);
    const random: RandomSource = randomSource("grid");
    const eligible = [...levels.keys()].filter(() => random.next() < 0.8);
    const { singles, doubles } = ascentOf(levels, eligible)!;
    expect([singles.length, doubles.length]).toEqual([3, 3]);
    const differ = (x: number, y: number) =>
      levels[eligible[x]!]!.filter((level, factor) => level !== levels[eligible[y]!]![factor]).length;
    const scores = eligible.map(() => sampleNormal(random));
    for (const place of [0, 17, eligible.length - 1]) {
      for (const move of singles)
        for (const to of move.to[place]!) expect(differ(place, to)).toBeLessThanOrEqual(1);
      for (const move of doubles)
        for (const to of move.to[place]!) expect(differ(place, to)).toBeLessThanOrEqual(2);
      const end = climb(singles, place, (at) => scores[at]!);
      for (const move of singles)
        for (const to of move.to[end]!) expect(scores[to]!).toBeLessThanOrEqual(scores[end]!);
    }
  });
});
