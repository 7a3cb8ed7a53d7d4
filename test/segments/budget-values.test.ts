import { describe, expect, it } from "vitest";
import { randomSource, sampleNormal } from "../../src/random/index.js";
import { armsAt, budgetPath, gainsAt } from "../../src/segments/budget-path.js";
import { type BudgetValuesRequest, budgetValues } from "../../src/segments/index.js";

/** A mail brings members 1, a gift members 2 and those of Nice 1; nobody else gains. */
function world(seed: string, n: number, size = 1) {
  const random = randomSource(seed);
  const people = Array.from({ length: n }, () => ({
    ...{ member: random.next() < 0.4, city: random.next() < 0.5 ? "Nice" : "Lyon" },
    ...{
      age: Math.floor(80 * random.next()),
      arm: ["none", "mail", "gift"][Math.floor(3 * random.next())]!,
    },
  }));
  const effect = ({ member, city }: (typeof people)[number], arm: string) =>
    size * (arm === "mail" ? (member ? 1 : 0) : arm === "gift" ? (member ? 2 : city === "Nice" ? 1 : 0) : 0);
  const request: BudgetValuesRequest = {
    variant: people.map(({ arm }) => arm),
    outcome: people.map((each) => effect(each, each.arm) + 0.01 * each.age + sampleNormal(random)),
    attributes: Object.fromEntries(
      (["member", "city", "age"] as const).map((name) => [name, people.map((each) => each[name])]),
    ),
    ...{ control: "none", random, costs: { mail: 0.2, gift: 0.8 } },
  };
  return { people, effect, request };
}

describe("a budget", () => {
  const { people, effect, request } = world("budget", 3000);
  const { plan, curve, treatments, segments, most } = budgetValues({
    ...request,
    ...{ budget: 400, currency: "EUR", segments: { members: { attribute: "member", eq: true } } },
  });

  it("is spent on those who gain most by it, and its interval holds what they truly gain", () => {
    // 400 buy a mail for every member (240) and gifts instead for some of them: .6 more for a gain of 1 more.
    const given = plan!.variants.map((arm, i) => effect(people[i]!, arm!));
    const truth = given.reduce((sum, each) => sum + each, 0) / people.length;
    expect(plan!.spent).toBeLessThanOrEqual(400);
    expect(plan!.spent).toBeGreaterThan(399);
    expect(plan!.gain.interval[0]).toBeLessThan(truth);
    expect(plan!.gain.interval[1]).toBeGreaterThan(truth);
    expect(plan!.targeting.interval[0]).toBeGreaterThan(0);
    const members = plan!.variants.filter((_, i) => people[i]!.member);
    expect(members.filter((arm) => arm === "none").length / members.length).toBeLessThan(0.05);
    expect(plan!.given.mail! + plan!.given.gift! + plan!.given.none!).toBeCloseTo(1, 12);
    expect(plan!.expected.every((each, i) => each === 0 || plan!.tenths[i]! > 0)).toBe(true);
  });

  it("never gains less where it is larger, up to the one beyond which nobody gains", () => {
    expect(curve).toHaveLength(20);
    expect(curve.at(-1)!.budget * people.length).toBeCloseTo(most, 9);
    const gains = curve.map(({ gain }) => gain.value);
    expect(gains[9]!).toBeGreaterThan(gains[2]!);
    for (const { gain, alike, targeting } of curve)
      expect(targeting.value).toBeCloseTo(gain.value - alike.value, 12);
  });

  it("is told tenth by tenth: revenue less cost, and their return", () => {
    for (const { deciles, tells, qini } of treatments) {
      expect(deciles.map(({ units }) => units)).toEqual(new Array(10).fill(300));
      expect(tells.pValue).toBeLessThan(1e-4);
      expect(qini.interval[0]).toBeGreaterThan(0);
      for (const { revenue, cost, net, roi, effect: own, units } of deciles) {
        expect(revenue.value).toBeCloseTo(own.value * units, 9);
        expect(net!.value).toBeCloseTo(revenue.value - cost!, 9);
        expect(roi!.value).toBeCloseTo(net!.value / cost!, 9);
      }
    }
    const mail = segments.find(({ treatment }) => treatment === "mail")!;
    expect(mail.effect.interval[0]).toBeLessThan(1);
    expect(mail.effect.interval[1]).toBeGreaterThan(1);
    expect(mail.roi!.value).toBeCloseTo((mail.effect.value - 0.2) / 0.2, 9);
  });
});

it("claims no use of targeting where everyone gains alike", () => {
  let claims = 0;
  for (let seed = 0; seed < 3; seed++) {
    const { request } = world(`alike ${seed}`, 900, 0);
    const outcome = request.outcome.map((y, i) => Number(y) + (request.variant[i] === "none" ? 0 : 1));
    const { treatments, curve } = budgetValues({ ...request, outcome });
    if (treatments.some(({ tells }) => tells.pValue < 0.01)) claims++;
    if (curve[9] && curve[9].targeting.interval[0] > 0.05) claims++;
  }
  expect(claims).toBe(0);
});

it("counts treated units where nothing has a cost, and says of each row what it gets", () => {
  const { request } = world("free", 900);
  const { costs: _, ...free } = request;
  const outcome = free.outcome.map((y, i) => (i === 7 ? null : y));
  const { plan, costed, treatments } = budgetValues({ ...free, outcome, budget: 90 });
  expect(costed).toBe(false);
  expect(plan!.variants.filter((arm) => arm !== null && arm !== "none")).toHaveLength(90);
  expect([plan!.variants[7], plan!.expected[7], plan!.tenths[7]]).toEqual([null, null, null]);
  expect(treatments[0]!.deciles[0]!.roi).toBeUndefined();
});

it.each([
  [{ costs: { mail: 0.2 } }, /costs.*gift/],
  [{ costs: { mail: 0.2, gift: 0.3, none: 0.3 } }, /costs.*mail|costs.*gift/],
  [{ budget: 0 }, /budget/],
  [{ budget: "much" }, /budget/],
  [{ segments: { s: { attribut: "age" } } }, /segments/],
  [{ segments: { nobody: { attribute: "age", gt: 200 } } }, /nobody.*30/],
  [{ currency: "" }, /currency/],
  [{ depth: 2 }, /depth/],
])("refuses %j", (change, expected) => {
  const request = { ...world("bad", 600).request, ...change } as unknown as BudgetValuesRequest;
  expect(() => budgetValues(request)).toThrow(expected);
});

describe("the path of a budget", () => {
  const random = randomSource("path");
  const n = 6;
  const costs = [1, 2.5];
  const expected = costs.map(() => Float64Array.from({ length: n }, () => 3 * random.next() - 0.5));
  const units = Int32Array.from({ length: n }, (_, i) => i);
  const path = budgetPath(expected, costs, units);

  it("brings at each of its steps the most that any assignment does for as much", () => {
    const gains = [new Float64Array(n), ...expected];
    let spent = 0;
    for (let k = 0; k < path.unit.length; k++) {
      spent += path.cost[k]!;
      let most = 0;
      for (let code = 0; code < 3 ** n; code++) {
        const arms = Array.from({ length: n }, (_, i) => Math.floor(code / 3 ** i) % 3);
        const cost = arms.reduce((sum, arm) => sum + (arm === 0 ? 0 : costs[arm - 1]!), 0);
        if (cost > spent + 1e-9) continue;
        most = Math.max(
          most,
          arms.reduce((sum, arm, i) => sum + gains[arm]![i]!, 0),
        );
      }
      const weights = new Float64Array(n).fill(1);
      const [gain] = gainsAt(path, gains, { weights, total: 1, budgets: [spent] });
      expect(gain).toBeCloseTo(most, 9);
      const { arms } = armsAt(path, n, spent);
      expect([...arms].reduce((sum, arm, i) => sum + gains[arm]![i]!, 0)).toBeCloseTo(most, 9);
    }
    expect(path.unit.length).toBeGreaterThan(n);
  });

  it("spends less than it may where nobody gains any more", () => {
    expect(armsAt(path, n, 1e6).spent).toBeCloseTo(
      path.cost.reduce((sum, each) => sum + each, 0),
      12,
    );
  });
});
