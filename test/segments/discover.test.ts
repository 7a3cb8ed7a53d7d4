import { describe, expect, it } from "vitest";
import { defineExperiment } from "../../src/index.js";
import { type RandomSource, randomSource, sampleNormal } from "../../src/random/index.js";
import { valuesOf } from "../../src/segments/attribute.js";
import { type AttributeValue, discoverSegments, type SegmentsRequest } from "../../src/segments/index.js";

type Unit = Readonly<Record<string, AttributeValue>>;

/** Units with attributes of every kind, treated by a coin, and an outcome that a world draws. */
function world(
  seed: string,
  n: number,
  outcome: (unit: Unit, treated: boolean, random: RandomSource) => number,
): SegmentsRequest {
  const random = randomSource(seed);
  const units = Array.from({ length: n }, (_, i): Unit => {
    const day = new Date(Date.UTC(2025, 0, 1 + Math.floor(random.next() * 200))).toISOString().slice(0, 10);
    return {
      ...{ age: Math.floor(18 + 60 * random.next()), member: random.next() < 0.5, since: day },
      ...{
        city: ["Lyon", "Nice", "Lille", "Brest"][Math.floor(4 * random.next())]!,
        buys: random.next() < 0.5 ? 1 : 0,
      },
      ...{ score: random.next() < 0.2 ? null : random.next(), zip: `z${i % 300}` },
      ...Object.fromEntries(
        Array.from({ length: 8 }, (_, j) => [`noise${j}`, random.next() < 0.5 ? "a" : "b"]),
      ),
    };
  });
  const treated = units.map(() => random.next() < 0.4);
  return {
    variant: treated.map((each) => (each ? "mail" : "none")),
    outcome: units.map((unit, i) => outcome(unit, treated[i]!, random)),
    attributes: Object.fromEntries(
      Object.keys(units[0]!).map((name) => [name, units.map((unit) => unit[name])]),
    ),
    ...{ control: "none", random, repeats: 3 },
  };
}
const noise = (random: RandomSource) => sampleNormal(random);

describe("segments that are there", () => {
  it("are found by their rule of three attributes, with the effect that was planted", () => {
    const hit = ({ member, city, buys }: Unit) => member === true && city === "Nice" && buys === 1;
    // A sixteenth of the units gains 1.5, nobody else anything.
    const request = world(
      "three",
      6000,
      (unit, treated, random) => noise(random) + (treated && hit(unit) ? 1.5 : 0),
    );
    const { segments, pValue } = discoverSegments({ ...request, costs: { mail: 0.2 } }).treatments[0]!;
    expect(pValue).toBeLessThan(0.01);
    expect(segments).toHaveLength(1);
    const { condition, inside, outside, gain, roi, action, share, support } = segments[0]!;
    expect(new Set("all" in condition ? condition.all.map((each) => JSON.stringify(each)) : [])).toEqual(
      new Set([
        '{"attribute":"member","eq":true}',
        '{"attribute":"city","eq":"Nice"}',
        '{"attribute":"buys","eq":1}',
      ]),
    );
    const { value, interval } = inside;
    expect(interval[0]).toBeLessThan(1.5);
    expect(interval[1]).toBeGreaterThan(1.5);
    expect(Math.abs(outside.value)).toBeLessThan(0.15);
    // Share × (effect − cost).
    expect(gain.value).toBeCloseTo(share * (value - 0.2), 6);
    expect(roi!.value).toBeCloseTo((value - 0.2) / 0.2, 6);
    expect([action, support > 0.5]).toEqual(["only", true]);
  });

  it("may be of numbers, dates, missing values or levels left out, and an experiment takes them as they are", () => {
    const worlds: readonly (readonly [string, (unit: Unit) => boolean, RegExp])[] = [
      ["age", ({ age }) => Number(age) >= 48, /^\{"attribute":"age","gte":\d+\}$/],
      [
        "since",
        ({ since }) => String(since) < "2025-04-01",
        /^\{"attribute":"since","(before|since)":"2025-0/,
      ],
      ["missing", ({ score }) => score === null, /^\{"attribute":"score","exists":(false|true)\}$/],
      ["city", ({ city }) => city !== "Brest", /^\{"attribute":"city","(n?eq)":"Brest"\}$/],
    ];
    for (const [name, hit, expected] of worlds) {
      const request = world(
        name,
        4000,
        (unit, treated, random) => noise(random) + (treated && hit(unit) ? 1 : 0),
      );
      const { condition } = discoverSegments({ ...request, depth: 1 }).treatments[0]!.segments[0]!;
      expect(JSON.stringify(condition)).toMatch(expected);
      const variants = { none: null, mail: null };
      const base = { key: "offer", unit: "id", control: "none" as const, variants };
      expect(defineExperiment({ ...base, audience: condition }).audience).toEqual(condition);
    }
  });

  it("are told one after the other, the second among the units that the first left", () => {
    const request = world("two", 5000, ({ member, buys }, treated, random) => {
      const effect = member === true ? 2 : buys === 1 ? 0.8 : 0;
      return noise(random) + (treated ? effect : 0);
    });
    const { segments } = discoverSegments({ ...request, depth: 1 }).treatments[0]!;
    expect(segments.length).toBe(2);
    expect(JSON.stringify(segments[1]!.condition)).toContain('{"not":');
    expect(segments[0]!.gain.value).toBeGreaterThan(segments[1]!.gain.value);
  });

  it("and harm: then everyone but them is to be treated", () => {
    const request = world(
      "harm",
      3000,
      ({ member }, treated, random) => noise(random) + (treated ? (member === true ? -0.6 : 0.6) : 0),
    );
    const [segment] = discoverSegments({ ...request, depth: 1 }).treatments[0]!.segments;
    const isMember = JSON.stringify(segment!.condition).includes("true");
    expect(segment!.action).toBe(isMember ? "except" : "only");
  });
});

describe("segments that are not there", () => {
  it.each(["1", "2", "3"])("are not found (seed %s), however the outcome depends on attributes", (seed) => {
    const request = world(seed, 2000, ({ age, member }, treated, random) => {
      return noise(random) + Number(age) / 20 + (member ? 1 : 0) + (treated ? 0.5 : 0);
    });
    const found = discoverSegments({ ...request, repeats: 2 });
    expect(found.treatments[0]!.segments).toEqual([]);
    expect(Math.abs(found.treatments[0]!.everyone.value - 0.5)).toBeLessThan(0.15);
  });
});

describe("attributes that may not be searched", () => {
  it("are refused by name: constant, an identifier, mixed, moved, telling the variant or the outcome", () => {
    const request = world("refused", 3000, (_, treated, random) => noise(random) + (treated ? 1 : 0));
    const { variant, outcome, random } = request;
    const attributes = {
      ...{ fine: variant.map(() => random.next()), constant: variant.map(() => "x") },
      ...{ id: variant.map((_, i) => `u${i}`), mixed: variant.map((_, i) => (i % 2 ? "a" : 1)) },
      ...{ opened: variant.map((each) => random.next() < (each === "mail" ? 0.6 : 0.4)) },
      ...{
        code: variant.map((each) => (each === "mail" ? "M" : "N")),
        twin: outcome.map((y) => 2 * Number(y)),
      },
    };
    const { refused, attributes: searched } = discoverSegments({
      ...request,
      attributes,
      repeats: 1,
      depth: 1,
    });
    expect(searched).toEqual(["fine"]);
    expect(Object.fromEntries(refused.map(({ attribute, reason }) => [attribute, reason]))).toEqual({
      ...{ code: "tells_variant", constant: "constant", id: "identifier", mixed: "mixed" },
      ...{ opened: "moved_by_variant", twin: "moved_by_variant" },
    });
  });

  it("the outcome in another unit is one too, where the variant does not move it", () => {
    const request = world("twin", 2000, (_unit, _treated, random) => noise(random));
    const attributes = { twin: request.outcome.map((y) => 3 - 2 * Number(y)) };
    const { refused } = discoverSegments({ ...request, attributes, repeats: 1, depth: 1 });
    expect(refused).toEqual([{ attribute: "twin", reason: "tells_outcome" }]);
  });
});

describe("rows", () => {
  const request = world("rows", 2000, (_unit, _treated, random) => noise(random));

  it("without an outcome, of other variants, or of units in several variants are left out and counted", () => {
    const variant = request.variant.map((each, i) => (i < 50 ? "other" : each));
    const outcome = request.outcome.map((each, i) => (i >= 50 && i < 70 ? null : each));
    const unit = variant.map((_, i) =>
      i === 100
        ? "shared"
        : i === variant.lastIndexOf(variant[100] === "mail" ? "none" : "mail")
          ? "shared"
          : `u${i}`,
    );
    const found = discoverSegments({
      ...request,
      variant,
      outcome,
      unit,
      treatments: ["mail"],
      repeats: 1,
      depth: 1,
    });
    expect(found.excluded).toEqual({ missing_outcome: 20, other_variant: 50, several_variants: 2 });
    expect(found.units).toBe(2000 - 72);
  });

  it("of one unit count together: three copies of each row are no more evidence than one", () => {
    const thrice = <T>(list: readonly T[]) => list.flatMap((each) => [each, each, each]);
    const copies = {
      ...request,
      ...{ variant: thrice(request.variant), outcome: thrice(request.outcome) },
      attributes: Object.fromEntries(
        Object.entries(request.attributes).map(([name, list]) => [name, thrice([...valuesOf(list)])]),
      ),
      unit: thrice(request.variant.map((_, i) => `u${i}`)),
      ...{ repeats: 1, depth: 1 },
    };
    const errorOf = (asked: SegmentsRequest) => discoverSegments(asked).treatments[0]!.everyone.standardError;
    const once = errorOf({ ...request, repeats: 1, depth: 1 });
    expect(errorOf(copies) / once).toBeCloseTo(1, 1);
    const { unit: _, ...apart } = copies;
    expect(errorOf(apart) / once).toBeCloseTo(1 / Math.sqrt(3), 1);
  });

  it.each([
    [{ control: "nune" }, /control: .*none/],
    [{ treatments: ["nail"] }, /treatments/],
    [{ treatments: ["none"] }, /one variant/],
    [{ costs: { post: 1 } }, /costs/],
    [{ outcome: [1, 2] }, /outcome: /],
    [{ attributes: { age: [1] } }, /attributes.*age/],
    [{ depth: 4 }, /depth/],
    [
      { variant: request.variant.slice(0, 150), outcome: request.outcome.slice(0, 150), attributes: {} },
      /variant: .*100/,
    ],
  ])("that cannot be read are refused: %j", (change, expected) => {
    expect(() => discoverSegments({ ...request, ...change } as SegmentsRequest)).toThrow(expected);
  });

  it("give the same segments from the same seed", () => {
    const once = () => discoverSegments({ ...request, random: randomSource(3), repeats: 1, depth: 2 });
    expect(once()).toEqual(once());
  });
});

it("refuses arms of 99 to 1 with hardly an event, where an arm without one would seem exact", () => {
  const n = 20_000;
  const request = (rate: number) => ({
    ...{ control: "a", random: randomSource("rare"), repeats: 1 },
    variant: Array.from({ length: n }, (_, i) => (i % 100 === 0 ? "b" : "a")),
    outcome: Array.from({ length: n }, (_, i) => (i % Math.round(1 / rate) === 7 ? 1 : 0)),
    attributes: { half: Array.from({ length: n }, (_, i) => i % 2 === 0) },
  });
  const refused = expect.objectContaining({ code: "insufficient_data", path: ["outcome"], received: 0 });
  expect(() => discoverSegments(request(0.001))).toThrow(refused);
  expect(() => discoverSegments(request(1 / 21))).toThrow(expect.objectContaining({ received: 9 }));
  expect(discoverSegments(request(1 / 19)).treatments).toHaveLength(1);
});
