import { describe, expect, it } from "vitest";
import { conditionReader } from "../../src/definition/index.js";
import { randomSource, sampleNormal } from "../../src/random/index.js";
import { codedAttribute } from "../../src/segments/attribute.js";
import { type PolicyValuesRequest, policyValues } from "../../src/segments/index.js";
import { rulesOf, searchTree, treeChoices } from "../../src/segments/policy-tree.js";

/** Three variants; "a" is good for members, "b" for customers of Nice who are not, "none" for all others. */
function world(seed: string, n: number, size: number): PolicyValuesRequest {
  const random = randomSource(seed);
  const people = Array.from({ length: n }, () => ({
    ...{
      member: random.next() < 0.5,
      city: random.next() < 0.5 ? "Nice" : "Lyon",
      age: Math.floor(80 * random.next()),
    },
    arm: ["none", "a", "b"][Math.floor(3 * random.next())]!,
  }));
  const effect = ({ member, city, arm }: (typeof people)[number]) =>
    arm === "none"
      ? 0
      : arm === "a"
        ? member
          ? size
          : -2 * size
        : !member && city === "Nice"
          ? size
          : -size;
  return {
    variant: people.map(({ arm }) => arm),
    outcome: people.map((each) => effect(each) + 0.02 * each.age + sampleNormal(random)),
    attributes: Object.fromEntries(
      (["member", "city", "age"] as const).map((name) => [name, people.map((each) => each[name])]),
    ),
    ...{ control: "none", random },
  };
}
const planted = {
  rules: [
    { when: { attribute: "member", eq: true }, variant: "a" },
    { when: { attribute: "city", eq: "Nice" }, variant: "b" },
  ],
  otherwise: "none",
};

describe("what policies are worth", () => {
  it("holds the planted value of rules, and the best tree finds them", () => {
    const { policies, tree, best, single } = policyValues({
      ...world("planted", 6000, 1),
      policies: { planted },
    });
    // Half of the units gain 1, a quarter 1, the others nothing.
    const { overControl, given } = policies.planted!;
    expect(overControl.interval[0]).toBeLessThan(0.75);
    expect(overControl.interval[1]).toBeGreaterThan(0.75);
    expect(given.a).toBeCloseTo(0.5, 1);
    expect(best).toBe("none");
    expect(single.none!.overBest.value).toBe(0);
    expect(Math.abs(tree!.overControl.value - overControl.value)).toBeLessThan(0.05);
    expect(tree!.overBest.interval[0]).toBeGreaterThan(0.5);
    const text = JSON.stringify(tree!.rules);
    for (const name of ["member", "city", '"variant":"a"']) expect(text).toContain(name);
  });

  it("claims nothing where everyone reacts alike", () => {
    let claims = 0;
    for (let seed = 0; seed < 8; seed++) {
      const { tree, best, single } = policyValues(world(`same ${seed}`, 1500, 0));
      if (tree!.overBest.interval[0] > 0) claims++;
      expect(single[best]!.overBest.value).toBe(0);
    }
    expect(claims).toBeLessThanOrEqual(1);
  });

  it("says how many units had what a policy gives, and refuses one that hardly any had", () => {
    const request = world("thin", 900, 0.5);
    const gives = request.variant.map((own) => own);
    const { policies, single } = policyValues({ ...request, policies: { gives }, tree: false });
    expect(policies.gives!.effective).toBeGreaterThan(850);
    expect(Math.abs(single.a!.effective - 300)).toBeLessThan(40);
    // What nobody was treated with as the policy would.
    const against = request.variant.map((own, i) => (i < 20 ? own : own === "a" ? "b" : "a"));
    expect(() => policyValues({ ...request, policies: { against } })).toThrow(/policies\.against.*50/);
    const unknown = request.variant.map(() => "c");
    expect(() => policyValues({ ...request, policies: { unknown } })).toThrow(/policies\.unknown\.0: /);
  });

  it("takes costs off, variant by variant", () => {
    const request = world("costs", 2000, 0.2);
    const free = policyValues({ ...request, random: randomSource(1), tree: false });
    const paid = policyValues({ ...request, random: randomSource(1), tree: false, costs: { a: 0.3 } });
    expect(free.single.a!.value.value - paid.single.a!.value.value).toBeCloseTo(0.3, 12);
    expect(paid.single.b!.value.value).toBeCloseTo(free.single.b!.value.value, 12);
    expect(paid.tree).toBeUndefined();
  });

  it.each([
    [{ policies: { p: { rules: [], otherwise: "c" } } }, /policies.*otherwise/],
    [
      {
        policies: { p: { rules: [{ when: { attribute: "age", gte: "x" }, variant: "a" }], otherwise: "a" } },
      },
      /policies/,
    ],
    [
      { policies: { p: { rules: [{ when: { attribut: "age" }, variant: "a" }], otherwise: "a" } } },
      /policies/,
    ],
    [{ policies: { p: ["a"] } }, /policies\.p: .*600/],
    [{ tree: 1 }, /tree/],
    [{ control: "nothing" }, /control/],
  ])("refuses %j", (change, expected) => {
    const request = { ...world("bad", 600, 0), ...change } as unknown as PolicyValuesRequest;
    expect(() => policyValues(request)).toThrow(expected);
  });
});

describe("the search for a tree", () => {
  it("is worth what the best of all trees of its depth is", () => {
    const random = randomSource("exact");
    const n = 120;
    const list = <T>(draw: () => T) => Array.from({ length: n }, draw);
    const values = list(() => ({
      x: Math.floor(4 * random.next()),
      y: ["a", "b", "c"][Math.floor(3 * random.next())]!,
      z: random.next() < 0.3 ? null : random.next() < 0.5,
    }));
    const attributes = [
      codedAttribute(
        "x",
        values.map(({ x }) => x),
        [...values.keys()],
        1,
      ),
      codedAttribute(
        "y",
        values.map(({ y }) => y),
        [...values.keys()],
        1,
      ),
      codedAttribute(
        "z",
        values.map(({ z }) => z),
        [...values.keys()],
        1,
      ),
    ].filter((each) => typeof each !== "string");
    const scores = [0, 1, 2].map(() => Float64Array.from(list(() => sampleNormal(random))));
    const units = Int32Array.from({ length: n }, (_, i) => i);
    const literals = attributes.flatMap(({ literals: own, codes }) =>
      own.map(({ bins }) => Array.from(codes, (code) => bins[code]!)),
    );
    const most = (members: readonly number[]) =>
      Math.max(...scores.map((own) => members.reduce((sum, i) => sum + own[i]!, 0)));
    const side = (members: readonly number[]) =>
      Math.max(
        most(members),
        ...literals.map((is) => most(members.filter((i) => is[i])) + most(members.filter((i) => !is[i]))),
      );
    const all = [...units];
    const split = (members: readonly number[], of: (half: readonly number[]) => number) =>
      Math.max(
        of(members),
        ...literals.map((is) => of(members.filter((i) => is[i])) + of(members.filter((i) => !is[i]))),
      );
    expect(searchTree(attributes, units, scores).total).toBeCloseTo(split(all, side), 9);
    const three = split(all, (half) => split(half, side));
    expect(three).toBeGreaterThan(split(all, side));
    const tree = searchTree(attributes, units, scores, 3);
    expect(tree.total).toBeCloseTo(three, 9);
    // What the tree gives is worth what it says, as choices and as rules.
    const choices = treeChoices(tree, new Map(attributes.map((each) => [each.name, each])), n);
    expect(all.reduce((sum, i) => sum + scores[choices[i]!]![i]!, 0)).toBeCloseTo(three, 9);
    const { rules, otherwise } = rulesOf(tree, ["0", "1", "2"]);
    const read = conditionReader({});
    const meets = rules.map(({ when, variant }) => ({ is: read(when, []), variant }));
    const given = values.map((unit) => meets.find(({ is }) => is(unit))?.variant ?? otherwise);
    expect(given).toEqual(Array.from(choices, String));
  });
});
