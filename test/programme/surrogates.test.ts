import { describe, expect, it } from "vitest";
import { analyzeProgramme, type PastEffect, type SurrogateCandidate } from "../../src/programme/index.js";
import { turned } from "../../src/programme/past-effect.js";
import { surrogateReading } from "../../src/programme/surrogates.js";
import { type RandomSource, randomSource, sampleNormal } from "../../src/random/index.js";

interface World {
  readonly tests: number;
  readonly slope: number;
  /** Spread of true effects on the other metric, and of what it does not tell. */
  readonly spread?: number;
  readonly own?: number;
  /** Of the errors. */
  readonly correlation?: number;
}

/** Tests that measured both metrics with errors of .01 to .02. */
function programme(
  random: RandomSource,
  { tests, slope, spread = 0.03, own = 0.01, correlation = 0 }: World,
): readonly PastEffect[] {
  return Array.from({ length: tests }, (_, i): PastEffect[] => {
    const sooner = spread * sampleNormal(random);
    const later = slope * sooner + own * sampleNormal(random);
    const [a, b] = [sampleNormal(random), sampleNormal(random)];
    const [first, second] = [0.01 + 0.01 * random.next(), 0.01 + 0.01 * random.next()];
    const shared = correlation * a + Math.sqrt(1 - correlation * correlation) * b;
    return [
      { experiment: `t${i}`, metric: "visits", value: sooner + first * a, standardError: first },
      { experiment: `t${i}`, metric: "revenue", value: later + second * shared, standardError: second },
    ];
  }).flat();
}

/** The same as `analyzeProgramme` reads, without the rest of it. */
function reading(effects: readonly PastEffect[], candidate: Partial<SurrogateCandidate> = {}) {
  const of = (metric: string) => effects.map(turned).filter((each) => each.metric === metric);
  return surrogateReading(of("revenue"), of("visits"), { metric: "visits", ...candidate }, 0.95);
}

describe("a metric that stands for another", () => {
  it("goes with it as much as was planted, errors taken out, and predicts tests that were left out", () => {
    const random = randomSource("surrogates");
    let [held, low, told, predicted] = [0, 0, 0, 0];
    const runs = 60;
    for (let run = 0; run < runs; run++) {
      const found = reading(programme(random, { tests: 60, slope: 0.6 }));
      const { interval } = found.slope!;
      if (interval[0] <= 0.6 && 0.6 <= interval[1]) held++;
      if (interval[0] > 0) low++;
      told += found.told! / runs;
      predicted += found.predicted! / runs;
    }
    // 95 % ± 2.8 %; three Monte-Carlo errors.
    expect(held / runs).toBeGreaterThan(0.86);
    expect(low).toBe(runs);
    // .6² × .03² of that and .01².
    expect(told).toBeGreaterThan(0.68);
    expect(told).toBeLessThan(0.84);
    expect(predicted).toBeGreaterThan(0.9);
    expect(predicted).toBeLessThan(0.98);
  });

  it("is not shown to where it has nothing to do with it", () => {
    const random = randomSource("none");
    let shown = 0;
    const runs = 60;
    for (let run = 0; run < runs; run++)
      if (reading(programme(random, { tests: 40, slope: 0, own: 0.03 })).slope!.interval[0] > 0) shown++;
    // 2.5 % ± 2 %.
    expect(shown / runs).toBeLessThan(0.09);
  });

  it("seems to go with it by common errors alone, until their correlation is told", () => {
    const random = randomSource("errors");
    const effects = programme(random, { tests: 300, slope: 0, spread: 0.02, correlation: 0.8 });
    expect(reading(effects).slope!.interval[0]).toBeGreaterThan(0);
    const [low, high] = reading(effects, { correlation: 0.8 }).slope!.interval;
    expect(low).toBeLessThan(0);
    expect(high).toBeGreaterThan(0);
  });

  it("counts what deciding by it alone would have done", () => {
    const effect = (experiment: string, visits: number, revenue: number): PastEffect[] => [
      { experiment, metric: "visits", value: visits, standardError: 1 },
      { experiment, metric: "revenue", value: revenue, standardError: 1 },
    ];
    const rest = Array.from({ length: 9 }, (_, i) => effect(`r${i}`, 0.1 * i, 0.1 * i));
    const won = [effect("a", 9, 9), effect("b", 8, 9), effect("c", 7, -9), effect("d", 0, 9)];
    const { decisions } = reading([...won, ...rest].flat());
    expect(decisions).toEqual({ both: 2, wrong: 1, missed: 1 });
  });

  it("says where too few tests measured both, and where there is nothing but error", () => {
    const random = randomSource("thin");
    expect(reading(programme(random, { tests: 9, slope: 1 })).status).toBe("thin");
    const flat = reading(programme(random, { tests: 300, slope: 1, spread: 0 }));
    expect([flat.status, flat.slope]).toEqual(["no_spread", undefined]);
  });

  it("is refused where no test has it", () => {
    const effects = programme(randomSource(1), { tests: 12, slope: 1 });
    const asked = (surrogates: Record<string, SurrogateCandidate[]>) => () =>
      analyzeProgramme(effects, { surrogates });
    const [metric] = asked({ revenue: [{ metric: "visits" }] })().metrics.filter((each) => each.surrogates);
    expect(metric).toMatchObject({ metric: "revenue", surrogates: [reading(effects)] });
    expect(asked({ revenue: [{ metric: "visit" }] })).toThrow(/surrogates.*visit/);
    expect(asked({ revenues: [{ metric: "visits" }] })).toThrow(/revenues/);
    expect(asked({ revenue: [{ metric: "visits", correlation: 1 }] })).toThrow(/correlation/);
  });
});
