import { describe, expect, it } from "vitest";
import { analyzeProgramme, type PastEffect } from "../../src/programme/index.js";
import { type RandomSource, randomSource, sampleNormal } from "../../src/random/index.js";

interface Planted {
  readonly effects: readonly PastEffect[];
  readonly truth: readonly number[];
}

/** Tests with true effects that a world draws, measured with errors of .01 to .03. */
function planted(random: RandomSource, tests: number, draw: () => number): Planted {
  const truth: number[] = [];
  const effects = Array.from({ length: tests }, (_, i): PastEffect => {
    const effect = draw();
    truth.push(effect);
    const standardError = 0.01 + 0.02 * random.next();
    return { experiment: `t${i}`, value: effect + standardError * sampleNormal(random), standardError };
  });
  return { effects, truth };
}

const worlds: readonly (readonly [string, (random: RandomSource) => number])[] = [
  ["most ideas do nothing", (random) => (random.next() < 0.7 ? 0 : 0.03 * sampleNormal(random))],
  ["ideas help a little on average", (random) => 0.01 + 0.02 * sampleNormal(random)],
];

describe("planted programmes", () => {
  it.each(worlds)(
    "%s: the corrected impact is the true one, which the naive one is far from",
    (name, draw) => {
      const random = randomSource(name);
      const runs = 25;
      let [inside, naive, corrected, true_] = [0, 0, 0, 0];
      let [falseWins, toldFalse] = [0, 0];
      for (let run = 0; run < runs; run++) {
        const { effects, truth } = planted(random, 100, () => draw(random));
        const { impact, outcomes } = analyzeProgramme(effects).metrics[0]!;
        const won = effects.flatMap(({ value, standardError }, i) =>
          value / standardError >= 1.959964 ? [truth[i]!] : [],
        );
        const sum = won.reduce((all, each) => all + each, 0);
        if (impact.interval[0] <= sum && sum <= impact.interval[1]) inside++;
        naive += impact.naive;
        corrected += impact.corrected;
        true_ += sum;
        falseWins += won.filter((each) => each <= 0).length;
        toldFalse += outcomes.falseWins.share * outcomes.wins;
      }
      // 40 runs: 95 % ± 3.4 points; the seed is fixed.
      expect(inside / runs).toBeGreaterThan(0.85);
      expect(Math.abs(corrected / true_ - 1)).toBeLessThan(0.15);
      expect(naive / true_).toBeGreaterThan(1.4);
      // Told with care: never far fewer than there are.
      expect(toldFalse).toBeGreaterThan(0.7 * falseWins);
    },
  );

  it("where nothing works, the wins are told as false and worth nothing", () => {
    const random = randomSource("null");
    const { effects } = planted(random, 500, () => 0);
    const { outcomes, impact, rules } = analyzeProgramme(effects).metrics[0]!;
    expect(outcomes.wins).toBeGreaterThan(3);
    expect(outcomes.falseWins.share).toBeGreaterThan(0.8);
    expect(outcomes.falseWins.byPValues).toBeGreaterThan(0.6);
    expect(impact.corrected).toBeLessThan(0.1 * impact.naive);
    expect(Math.max(...rules!.map(({ earned }) => earned))).toBeLessThan(0.1 * impact.naive);
  });

  it("names the rule that earns most: strict where ideas do harm, lenient where they help", () => {
    const best = (mean: number) => {
      const random = randomSource(`rules ${mean}`);
      const { effects } = planted(random, 400, () => mean + 0.02 * sampleNormal(random));
      const { rules } = analyzeProgramme(effects).metrics[0]!;
      return rules!.reduce((most, each) => (each.earned > most.earned ? each : most)).threshold;
    };
    expect(best(-0.03)).toBeLessThan(0.2);
    expect(best(0.02)).toBe(0.5);
  });

  it("agrees with a holdout that measured the truth, and doubts one that did not", () => {
    const random = randomSource("holdout");
    const { effects } = planted(random, 200, () => 0.01 + 0.02 * sampleNormal(random));
    const asked = (value: number) =>
      analyzeProgramme(effects, { holdouts: { effect: { value, standardError: 0.05 } } }).metrics[0]!.impact;
    const { corrected, naive } = asked(0);
    expect(asked(corrected).holdout!.pValue).toBe(1);
    expect(asked(naive).holdout!.pValue).toBeLessThan(0.01);
  });
});

describe("the next tests", () => {
  const kind = (theme: string, spread: number, weight = 1): PastEffect[] =>
    Array.from({ length: 12 }, (_, i) => ({
      ...{ experiment: `${theme}${i}`, value: ((i % 3) - 1) * spread, standardError: 0.01, theme, weight },
      ...{ units: 10_000, days: 20 },
    }));

  it("are first where effects are worth most", () => {
    const { next } = analyzeProgramme([...kind("copy", 0.04), ...kind("price", 0.04, 10)]).metrics[0]!;
    expect(next.map(({ theme }) => theme)).toEqual(["price", "copy"]);
    expect(next[0]!.gain / next[1]!.gain).toBeCloseTo(10, 6);
  });

  it("bring four fifths of perfect knowledge: ¾ of the spread between tests as standard error, at a mean of zero", () => {
    const [proposed] = analyzeProgramme(kind("copy", 0.04)).metrics[0]!.next;
    const { prior, standardError, units, days, gain, chance } = proposed!;
    expect(prior.mean).toBeCloseTo(0, 12);
    expect(chance).toBeCloseTo(0.5, 12);
    // v / √(v + s²) = .8 √v, so s² = (1/.64 − 1) v.
    expect(standardError / prior.standardDeviation).toBeCloseTo(0.75, 9);
    expect(gain).toBeCloseTo((0.8 * prior.standardDeviation) / Math.sqrt(2 * Math.PI), 9);
    // 10,000 units had a standard error of .01, and came in 20 days.
    expect(units).toBe(Math.ceil(10_000 * (0.01 / standardError) ** 2));
    expect(days).toBe(Math.ceil(units! / 500));
    expect(analyzeProgramme(kind("copy", 0.04), { daily: 50 }).metrics[0]!.next[0]!.days).toBe(
      Math.ceil(units! / 50),
    );
  });

  it("lean on all kinds where one has few tests", () => {
    const few: PastEffect[] = [{ experiment: "bold", value: 0.5, standardError: 0.2, theme: "bold" }];
    const { next } = analyzeProgramme([...kind("copy", 0.02), ...kind("layout", 0.02), ...few]).metrics[0]!;
    const bold = next.find(({ theme }) => theme === "bold")!;
    expect(bold.tests).toBe(1);
    expect(bold.prior.mean).toBeLessThan(0.4);
  });
});
