import { describe, expect, it } from "vitest";
import { conditionReader } from "../../src/definition/compile-condition.js";
import { randomSource, sampleNormal } from "../../src/random/index.js";
import { discoverSegments, mixtureGroups, rfmGroups } from "../../src/segments/index.js";

const meant = conditionReader({});
const n = 3000;

/** Three kinds of customers: few visits and small sums, many visits, large sums; and a number that says nothing. */
function customers(seed = "customers") {
  const random = randomSource(seed);
  const normal = () => sampleNormal(random);
  const kind = Array.from({ length: n }, () => {
    const u = random.next();
    return u < 0.5 ? 0 : u < 0.8 ? 1 : 2;
  });
  return {
    kind,
    visits: kind.map((k) => Math.max(0, Math.round([2, 12, 4][k]! + [1.5, 3, 2][k]! * normal()))),
    spend: kind.map((k) => Math.exp([1, 3, 5][k]! + 0.5 * normal())),
    noise: kind.map(() => (random.next() < 0.1 ? null : normal())),
  };
}

describe("groups of a mixture", () => {
  const { kind, ...attributes } = customers();
  const found = mixtureGroups(attributes, { random: randomSource(1) });

  it("are the kinds that there are, and their conditions put every unit where it is said to be", () => {
    expect(found.components).toBe(3);
    expect(found.groups.map(({ name }) => name)).toEqual(["group 1", "group 2", "group 3"]);
    const alike = found.of.filter((name, i) => name === `group ${kind[i]! + 1}`).length;
    expect(alike / n).toBeGreaterThan(0.97);
    expect(found.agreement).toBeGreaterThan(0.97);
    const holds = Object.entries(found.segments).map(
      ([name, condition]) => [name, meant(condition, [])] as const,
    );
    for (let i = 0; i < n; i++) {
      const unit = { visits: attributes.visits[i], spend: attributes.spend[i], noise: attributes.noise[i] };
      expect(holds.flatMap(([name, isMeant]) => (isMeant(unit) ? [name] : []))).toEqual([found.of[i]]);
    }
  });

  it("are the same for the same source, and whatever the order of the attributes", () => {
    const { noise, spend, visits } = attributes;
    const again = mixtureGroups({ noise, visits, spend }, { random: randomSource(1) });
    expect(again.of).toEqual(found.of);
    expect(again.segments).toEqual(found.segments);
  });

  it("are one where nothing tells units apart: normal numbers, equal ones", () => {
    const random = randomSource("alike");
    const alike = Array.from({ length: 1000 }, () => sampleNormal(random));
    expect(mixtureGroups({ alike }, { random }).groups).toHaveLength(1);
    const { groups, segments } = mixtureGroups({ same: alike.map(() => 3) }, { random });
    expect(groups).toEqual([{ name: "group 1", units: 1000, means: { same: 3 } }]);
    expect(meant(segments["group 1"]!, [])({})).toBe(true);
  });

  it("are cut in the middle of what lies between them, at a short number", () => {
    const visits = Array.from({ length: 600 }, (_, i) => (i % 3 ? 3 : 20) + (i % 5) / 10);
    expect(mixtureGroups({ visits }, { random: randomSource(1) }).segments).toEqual({
      "group 1": { attribute: "visits", lt: 10 },
      "group 2": { attribute: "visits", gte: 10 },
    });
  });

  it("have to prove their value: named where a treatment works for one, and only there", () => {
    const random = randomSource("proof");
    const variant = kind.map(() => (random.next() < 0.5 ? "mail" : "none"));
    const searched = (effect: number) =>
      discoverSegments({
        variant,
        outcome: kind.map((k, i) => sampleNormal(random) + (k === 1 && variant[i] === "mail" ? effect : 0)),
        attributes: { groups: found, noise: attributes.noise },
        ...{ control: "none", random, repeats: 2, depth: 1 },
      }).treatments[0]?.segments ?? [];
    expect(searched(0)).toEqual([]);
    expect(searched(1).map(({ condition }) => condition)).toEqual([found.segments["group 2"]]);
  });

  it("of groups without a condition, and other wrong input, is refused by name", () => {
    const random = randomSource(1);
    const request = {
      variant: kind.map((k) => (k === 1 ? "mail" : "none")),
      outcome: kind,
      attributes: { groups: { ...found, segments: {} } },
      ...{ control: "none", random },
    };
    expect(() => discoverSegments(request)).toThrow(
      expect.objectContaining({ code: "unknown_name", path: ["attributes", "groups", "of", 0] }),
    );
    const refused = (attributes: Record<string, number[]>, code: string, path: unknown) =>
      expect(() => mixtureGroups(attributes, { random })).toThrow(expect.objectContaining({ code, path }));
    refused({}, "insufficient_data", ["attributes"]);
    refused({ a: [1, 2, 3] }, "insufficient_data", ["attributes"]);
    refused({ a: kind, b: [1] }, "wrong_length", ["attributes", "b"]);
    refused({ a: [Infinity, ...kind] }, "not_finite", ["attributes", "a", 0]);
  });
});

describe("groups by recency, frequency and monetary value", () => {
  const random = randomSource("rfm");
  const frequency = Array.from({ length: n }, () => Math.floor(-3 * Math.log(random.next())));
  const attributes = {
    frequency,
    recency_days: frequency.map((often) => (often > 0 ? -60 * Math.log(random.next()) : null)),
    monetary: frequency.map((often) => often * 20 * random.next()),
  };

  it("are thirds of the buyers by each, those without a purchase apart, every unit in the one whose condition it meets", () => {
    const { of, segments, groups } = rfmGroups(attributes);
    const buyers = of.filter((name) => name !== "no purchase");
    expect(buyers).toHaveLength(frequency.filter((often) => often > 0).length);
    for (const third of ["R1", "R2", "R3", "M1", "M2", "M3"])
      expect(buyers.filter((name) => name.includes(third)).length / buyers.length).toBeCloseTo(1 / 3, 1);
    expect(groups.reduce((sum, { units }) => sum + units, 0)).toBe(n);
    const days = (third: string) =>
      of.flatMap((name, i) => (name.includes(third) ? [attributes.recency_days[i] ?? Number.NaN] : []));
    expect(Math.max(...days("R3"))).toBeLessThan(Math.min(...days("R2"))); // R3 bought most lately
    const holds = Object.entries(segments).map(([name, condition]) => [name, meant(condition, [])] as const);
    for (let i = 0; i < n; i += 7) {
      const unit = {
        ...{ frequency: frequency[i], monetary: attributes.monetary[i] },
        recency_days: attributes.recency_days[i],
      };
      expect(holds.flatMap(([name, isMeant]) => (isMeant(unit) ? [name] : []))).toEqual([of[i]]);
    }
  });

  it("are fewer where nearly all have bought once", () => {
    const once = { ...attributes, frequency: frequency.map((often) => Math.min(often, 1)) };
    expect(rfmGroups(once).groups.every(({ name }) => name === "no purchase" || name.includes("F1"))).toBe(
      true,
    );
  });

  it("refuses what cannot be read", () => {
    expect(() => rfmGroups({ ...attributes, monetary: [1] })).toThrow(
      expect.objectContaining({ code: "wrong_length", path: ["attributes", "monetary"] }),
    );
    expect(() => rfmGroups(attributes, { parts: 6 })).toThrow(
      expect.objectContaining({ code: "out_of_range", path: ["options", "parts"] }),
    );
  });
});

describe("attributes as lists of numbers without boxes", () => {
  it("are read as plain lists are", () => {
    const { visits, noise } = customers();
    const random = () => randomSource("typed");
    const variant = visits.map((_, i) => (i % 2 === 0 ? "mail" : "none"));
    const request = {
      variant,
      outcome: visits.map((v, i) => (v > 8 && i % 2 === 0 ? 1 : i % 5 === 0 ? 1 : 0)),
      control: "none",
    };
    const plain = discoverSegments({
      ...request,
      attributes: { visits, noise },
      random: random(),
      repeats: 1,
      depth: 1,
    });
    const typed = discoverSegments({
      ...request,
      attributes: {
        visits: Float64Array.from(visits),
        noise: Float64Array.from(noise, (value) => value ?? Number.NaN),
      },
      ...{ random: random(), repeats: 1, depth: 1 },
    });
    expect(typed).toEqual(plain);
    expect(plain.treatments[0]?.segments).toHaveLength(1);
  });
});
