import { assign, createAssigner, defineExperiment, ExperimentError } from "essai";
import { randomSource } from "essai/random";
import { describe, expect, expectTypeOf, it } from "vitest";
import { COVERAGE, hashOf, seedOf, VARIANT } from "../../src/hash/seed.js";
import reference from "../reference/assignment.json" with { type: "json" };

const cta = defineExperiment({
  key: "cta",
  unit: "userId",
  variants: { control: { text: "Buy" }, b: { text: "Buy now" }, c: { text: "Get it" } },
});
const half = defineExperiment({ key: "half", unit: "userId", variants: { control: 0, b: 1 }, coverage: 0.5 });
const users = Array.from({ length: 20_000 }, (_, i) => `user-${i}`);

describe("assign", () => {
  it("finds the range that holds the point, however ranges are cut", () => {
    const random = randomSource("ranges");
    for (let round = 0; round < 40; round++) {
      const cuts = Array.from({ length: 2 + (round % 9) }, () =>
        Math.floor(random.next() ** (1 + (round % 4)) * 2 ** 32),
      ).sort((a, b) => a - b);
      const bounds = [0, ...cuts, 2 ** 32];
      const ranges = cuts.concat(0).map((_, i) => ({
        ...{ from: bounds[i]!, to: bounds[i + 1]! },
        variant: ["control", "b", "c"][i % 3] as "control" | "b" | "c",
      }));
      const definition = { ...cta, ranges };
      for (const userId of users.slice(0, 300)) {
        const hash = hashOf(seedOf("cta", VARIANT), userId);
        const owner = ranges.find(({ from, to }) => from <= hash && hash < to)!.variant;
        expect(assign(definition, { userId }).variant).toBe(owner);
      }
    }
  });

  it("gives the design's assignment, the same every time", () => {
    const assignment = assign(cta, { userId: "user-1" });
    expect(assignment).toEqual({
      experiment: "cta",
      definitionVersion: 1,
      unitId: "user-1",
      payload: { text: "Buy" },
      enrolled: true,
      variant: "control",
      reason: "allocated",
      point: hashOf(seedOf("cta", VARIANT), "user-1") / 2 ** 32,
      propensity: 1431655765 / 2 ** 32,
    });
    expect(assign(JSON.parse(JSON.stringify(cta)), { userId: "user-1" })).toEqual(assignment);
    expectTypeOf(assign(cta, { userId: "1" }).variant).toEqualTypeOf<"control" | "b" | "c" | null>();
  });

  it("agrees with the Python reference on every point: ASCII, accents, CJK, emoji", () => {
    const points = reference.points as [string, number, string, number][];
    expect(
      points.filter(([salt, domain, unit, hash]) => hashOf(seedOf(salt, domain), unit) !== hash),
    ).toEqual([]);
    const own = points.filter(([salt, domain]) => salt === "cta" && domain === VARIANT);
    expect(own.map(([, , userId]) => assign(cta, { userId }).variant)).toEqual(
      own.map(([, , , hash]) => ["b", "c", "control"][Math.floor((hash * 3) / 2 ** 32)]),
    );
  });

  it("splits as the ranges say, and covers as much as coverage says (5 standard errors)", () => {
    const counts = { control: 0, b: 0, c: 0 };
    for (const userId of users) {
      const { variant } = assign(cta, { userId });
      if (variant !== null) counts[variant]++;
    }
    const bound = 5 * Math.sqrt((20_000 * 2) / 9);
    for (const count of Object.values(counts)) expect(Math.abs(count - 20_000 / 3)).toBeLessThan(bound);
    const enrolled = users.filter((userId) => assign(half, { userId }).enrolled).length;
    expect(Math.abs(enrolled - 10_000)).toBeLessThan(5 * Math.sqrt(5_000));
  });

  it("decides coverage and variant by independent points", () => {
    const enrolled = users.filter((userId) => assign(half, { userId }).enrolled);
    const treated = enrolled.filter((userId) => assign(half, { userId }).variant === "b").length;
    expect(Math.abs(treated - enrolled.length / 2)).toBeLessThan(5 * Math.sqrt(enrolled.length / 4));
    const half32 = 2 ** 31;
    expect(enrolled).toEqual(users.filter((userId) => hashOf(seedOf("half", COVERAGE), userId) < half32));
    // The wrong version, one domain for both, puts every enrolled unit in the first variant, which the bound rejects.
    const wrong = enrolled.filter((userId) => hashOf(seedOf("half", COVERAGE), userId) >= half32).length;
    expect(Math.abs(wrong - enrolled.length / 2)).toBeGreaterThan(5 * Math.sqrt(enrolled.length / 4));
  });

  it("gives a unit outside the coverage control's payload, and no variant", () => {
    const userId = users.find((each) => !assign(half, { userId: each }).enrolled)!;
    expect(assign(half, { userId })).toEqual({
      experiment: "half",
      definitionVersion: 1,
      unitId: userId,
      payload: 0,
      enrolled: false,
      variant: null,
      reason: "coverage",
    });
  });

  it("enrolls nobody at coverage 0", () => {
    const none = defineExperiment({
      key: "none",
      unit: "userId",
      variants: { control: 0, b: 1 },
      coverage: 0,
    });
    expect(users.some((userId) => assign(none, { userId }).enrolled)).toBe(false);
  });

  it.each([
    [{}, undefined],
    [{ userId: "" }, ""],
    [{ userId: 7 }, 7],
    [{ userId: null }, null],
    [undefined, undefined],
  ])("refuses %o: a unit is a non-empty string", (context, received) => {
    expect(() => assign(cta, context as never)).toThrow(
      expect.objectContaining({ code: "invalid_unit_id", path: ["userId"], received }),
    );
  });

  it("takes a key whose value is undefined as one that was left out", () => {
    const definition = { ...cta, audience: undefined, audienc: undefined } as never;
    expect(assign(definition, { userId: "u" })).toEqual(assign(cta, { userId: "u" }));
  });

  it.each([
    ["format", { format: "essai.experiment/2" }, "beyond_assign"],
    ["hash", { hash: "murmur3-2" }, "beyond_assign"],
    ["ranges", { ranges: [{ from: 0, to: 2 ** 31, variant: "b" }] }, "beyond_assign"],
    ["control", { control: "z" }, "beyond_assign"],
    ["audience", { audience: { attribute: "country", eq: "FR" } }, "beyond_assign"],
    ["status", { status: "paused" }, "beyond_assign"],
    ["rollout", { rollout: "b" }, "beyond_assign"],
    ["audienc", { audienc: { attribute: "country", eq: "FR" } }, "beyond_assign"],
    ["coverag", { coverag: 0 }, "beyond_assign"],
    ["toString", { toString: null }, "beyond_assign"],
    ["policy", { policy: "thompson" }, "beyond_assign"],
    ["salt", { salt: 5 }, "beyond_assign"],
    ["control", { control: "z" }, "beyond_assign"],
    ["hash", { hash: true }, "beyond_assign"],
    ["salt", { salt: undefined }, "beyond_assign"],
    ["ranges", { ranges: [{ from: 0, to: 2 ** 32, variant: "z" }] }, "beyond_assign"],
    ["ranges", { ranges: [{ from: 5, to: 3, variant: "b" }, ...cta.ranges] }, "beyond_assign"],
    ["variants", { variants: 5 }, "beyond_assign"],
    ["variants", { variants: [null] }, "beyond_assign"],
    ["ranges", { ranges: 5 }, "beyond_assign"],
    ["ranges", { ranges: [null] }, "beyond_assign"],
    ["variants", { variants: [...cta.variants, { key: "d", payload: 0 }] }, "beyond_assign"],
    ["variants", { variants: [...cta.variants, cta.variants[0]] }, "beyond_assign"],
    ["allocation", { allocation: { control: 1, b: 0, c: 0 } }, "beyond_assign"],
    ["coverage", { coverage: undefined }, "beyond_assign"],
    ["coverage", { coverage: "all" }, "beyond_assign"],
  ])("refuses a definition whose %s it does not read, instead of ignoring it", (path, change, code) => {
    const call = () => assign({ ...cta, ...change } as never, { userId: "u" });
    expect(call).toThrow(ExperimentError);
    expect(call).toThrow(expect.objectContaining({ code, path: [path] }));
  });

  it.each([
    ["audienc", { attribute: "country", eq: "FR" }, "experiments.0.audienc: is not one of format, hash, key"],
    ["hash", "murmur3-2", 'experiments.0.hash: is not one of murmur3-1 (received "murmur3-2")'],
    ["audience", { attribute: "country", eq: "FR" }, undefined],
  ])(
    "sends whoever wrote a %s to `createAssigner`, which takes it or says what is wrong",
    (part, value, said) => {
      const definition = { ...cta, [part]: value } as never;
      expect(() => assign(definition, { userId: "u" })).toThrow(
        "is not for assign (received " +
          (typeof value === "string" ? JSON.stringify(value) : "object") +
          "); use createAssigner or decide",
      );
      const create = () => createAssigner({ experiments: [definition] });
      if (said === undefined) expect(create).not.toThrow();
      else expect(create).toThrow(said);
    },
  );
});
