import {
  assign,
  type Catalogue,
  claimLayer,
  createAssigner,
  defineCatalogue,
  defineExperiment,
  ExperimentError,
  explain,
  keepSticky,
  overridesFromUrl,
  type StickyRecord,
} from "essai";
import { describe, expect, expectTypeOf, it } from "vitest";
import { inFrench } from "../../src/errors/fr/index.js";

const users = Array.from({ length: 20_000 }, (_, i) => ({
  userId: `user-${i}`,
  country: i % 2 ? "FR" : "BE",
}));
const define = (key: string, more: object = {}) =>
  defineExperiment({ key, unit: "userId", variants: { control: "c", b: "b" }, ...more } as {
    key: string;
    unit: string;
    variants: { control: "c"; b: "b" };
  });
const near = (count: number, n: number, p: number) =>
  expect(Math.abs(count - n * p)).toBeLessThan(5 * Math.sqrt(n * p * (1 - p)) + 1e-9);

describe("createAssigner", () => {
  it("gives a plain experiment what `assign` gives, and keeps the definition's types", () => {
    const plain = define("plain", { coverage: 0.7 });
    const assigner = createAssigner({ experiments: [plain] });
    for (const user of users.slice(0, 500)) expect(assigner.assign(plain, user)).toEqual(assign(plain, user));
    expectTypeOf(assigner.assign(plain, users[0]!).variant).toEqualTypeOf<"control" | "b" | null>();
    expect(assigner.assign("plain", users[0]!)).toEqual(assign(plain, users[0]!));
    expect(() => assigner.assign("plan", users[0]!)).toThrow(
      expect.objectContaining({ code: "invalid_argument", path: ["experiment"], known: ["plain"] }),
    );
    expect(() => assigner.assign("plain", {})).toThrow(expect.objectContaining({ code: "invalid_unit_id" }));
  });

  it("lets the audience in, and nobody else", () => {
    const segments = { french: { attribute: "country", eq: "FR" } } as const;
    const fr = define("fr", { audience: { segment: "french" } });
    const assigner = createAssigner(defineCatalogue({ experiments: [fr], segments }));
    for (const user of users.slice(0, 500)) {
      const { enrolled, reason, payload } = assigner.assign(fr, user);
      expect([enrolled, reason]).toEqual(user.country === "FR" ? [true, "allocated"] : [false, "audience"]);
      if (!enrolled) expect(payload).toBe("c");
    }
  });

  it("layers exclude each other and fill what is claimed", () => {
    const a = define("a", { layer: claimLayer("checkout", 0.3, []) });
    const b = define("b", { layer: claimLayer("checkout", 0.7, [a]) });
    const assigner = createAssigner(defineCatalogue({ experiments: [a, b] }));
    let inA = 0;
    for (const user of users) {
      const [first, second] = assigner.assignAll(user);
      expect(first!.enrolled !== second!.enrolled).toBe(true);
      if (first!.enrolled) inA++;
      else expect(first!.reason).toBe("layer");
    }
    near(inA, users.length, 0.3);
  });

  it("a layer lets in the points of each of its ranges, and no other", () => {
    const quarters = [0, 2 ** 30, 2 ** 31, 3 * 2 ** 30, 2 ** 32];
    const within = (...ranges: readonly number[]) =>
      createAssigner({
        experiments: [
          define("a", {
            layer: { key: "l", ranges: ranges.map((at) => [quarters[at], quarters[at + 1]]) },
          }),
        ],
      });
    const [apart, first, third] = [within(0, 2), within(0), within(2)];
    let entered = 0;
    for (const user of users.slice(0, 2000)) {
      const [both, ...each] = [apart, first, third].map(({ assign }) => assign("a", user).enrolled);
      expect(both).toBe(each.includes(true));
      expect(each).not.toEqual([true, true]);
      if (both) entered++;
    }
    near(entered, 2000, 0.5);
  });

  it("holdouts keep the same units out of everything, or out of one layer", () => {
    const a = define("a");
    const b = define("b", { layer: { key: "l", ranges: [[0, 2 ** 32]] } });
    const other = define("other", { unit: "shop" });
    const holdouts = [
      { key: "spring", share: 0.1, unit: "userId" },
      { key: "in-l", share: 0.2, unit: "userId", layer: "l" },
    ];
    const assigner = createAssigner(defineCatalogue({ experiments: [a, b, other], holdouts }));
    let [outA, outB] = [0, 0];
    for (const user of users) {
      const [first, second] = assigner.assignAll(user);
      if (!first!.enrolled) {
        outA++;
        expect(first!.reason).toBe("holdout");
        expect(second!.reason).toBe("holdout");
      }
      if (!second!.enrolled) outB++;
    }
    near(outA, users.length, 0.1);
    near(outB, users.length, 1 - 0.9 * 0.8);
    expect(assigner.assign(other, { shop: "s" }).enrolled).toBe(true);
  });

  it("prerequisites: enrolled in the other experiment, in one of the variants", () => {
    const first = define("first", { coverage: 0.5 });
    const any = define("any", { prerequisites: [{ experiment: "first" }] });
    const only = define("only", { prerequisites: [{ experiment: "any", variants: ["b"] }] });
    const assigner = createAssigner(defineCatalogue({ experiments: [only, any, first] }));
    for (const user of users.slice(0, 1000)) {
      const [c, b, a] = assigner.assignAll(user);
      expect(b!.enrolled).toBe(a!.enrolled);
      expect(c!.enrolled).toBe(b!.variant === "b");
      if (!c!.enrolled) expect(c!.reason).toBe("prerequisite");
    }
  });

  it("schedules are half-open and need `now`", () => {
    const timed = define("timed", { schedule: { from: "2026-03-01", until: "2026-03-08T00:00:00+01:00" } });
    const assigner = createAssigner({ experiments: [timed] });
    const at = (now: number | Date) => assigner.assign(timed, users[0]!, { now }).enrolled;
    expect(at(new Date("2026-02-28T23:59:59.999Z"))).toBe(false);
    expect(at(new Date("2026-03-01"))).toBe(true);
    expect(at(Date.parse("2026-03-07T22:59:59.999Z"))).toBe(true);
    expect(at(new Date("2026-03-07T23:00:00Z"))).toBe(false);
    for (const now of [undefined, "tomorrow", "2026-03-01", Number.NaN, Infinity, new Date(Number.NaN), null])
      expect(() => assigner.assign(timed, users[0]!, { now: now as never })).toThrow(
        expect.objectContaining(
          now === undefined
            ? { code: "missing_now", path: ["now"] }
            : { code: "invalid_argument", path: ["options", "now"], expected: { type: "date" } },
        ),
      );
    // What a call brings is obeyed or refused, whether this experiment reads it or not.
    expect(() =>
      createAssigner({ experiments: [define("x")] }).assign("x", users[0]!, { now: "soon" as never }),
    ).toThrow(expect.objectContaining({ path: ["options", "now"] }));
  });

  it("status: draft and paused enroll nobody, stopped rolls out the winner to the audience", () => {
    for (const status of ["draft", "paused", "stopped"])
      expect(createAssigner({ experiments: [define("x", { status })] }).assign("x", users[0]!)).toMatchObject(
        {
          enrolled: false,
          reason: "status",
        },
      );
    const over = define("x", {
      status: "stopped",
      rollout: "b",
      coverage: 0.1,
      audience: { attribute: "country", eq: "FR" },
      schedule: { until: "2020-01-01" },
    });
    const assigner = createAssigner({ experiments: [over] });
    expect(assigner.assign(over, users[1]!)).toMatchObject({
      variant: "b",
      reason: "rollout",
      propensity: 1,
    });
    expect(assigner.assign(over, users[0]!).reason).toBe("audience");
  });

  it("overrides win over everything, by unit or by call", () => {
    const x = define("x", { status: "draft", overrides: [{ unitId: "qa", variant: "b" }] });
    const assigner = createAssigner({ experiments: [x] });
    expect(assigner.assign(x, { userId: "qa" })).toMatchObject({
      variant: "b",
      reason: "override",
      propensity: 1,
    });
    expect(assigner.assign(x, { userId: "qa" }, { overrides: { x: "control" } }).variant).toBe("control");
    expect(assigner.assign(x, { userId: "u" }).reason).toBe("status");
  });

  it("an override that means nothing is ignored and reported: a visitor's address never breaks a page", () => {
    const ignored: unknown[] = [];
    const assigner = createAssigner(
      { experiments: [define("x"), define("y")] },
      {
        onIgnoredOverride: (experiment, override) => {
          ignored.push([experiment, override]);
          throw new Error("a listener's own fault");
        },
      },
    );
    const plain = assigner.assignAll(users[0]!);
    for (const wanted of ["nope", "constructor", "toString", "__proto__", "", "b x"]) {
      const overrides = overridesFromUrl(`https://shop.example/?essai=x:${wanted},gone:b,:,y`);
      expect(assigner.assignAll(users[0]!, { overrides })).toEqual(plain);
      expect(assigner.assign("x", users[0]!, { overrides })).toEqual(plain[0]);
      expect(assigner.snapshot(users[0]!, { overrides }).assignments).toEqual(plain);
      expect(explain(assigner, "x", users[0]!, { overrides }).assignment).toEqual(plain[0]);
    }
    expect(ignored).toContainEqual(["x", "nope"]);
    expect(ignored).toContainEqual(["gone", "b"]);
    expect(
      createAssigner({ experiments: [define("x")] }).assign("x", users[0]!, { overrides: { x: "?" } }),
    ).toEqual(plain[0]);
  });

  it("tells of an ignored override once a call, whatever the experiment needs first", () => {
    const ignored: unknown[] = [];
    const experiments = [
      define("x", { prerequisites: [{ experiment: "y" }] }),
      define("y", { prerequisites: [{ experiment: "z" }] }),
      define("z"),
    ];
    const assigner = createAssigner(
      { experiments },
      { onIgnoredOverride: (...told) => ignored.push(told.join()) },
    );
    const call = { overrides: { x: "nope", y: "nor this", z: "b" } };
    assigner.assign("x", users[0]!, call);
    expect(ignored.splice(0)).toEqual(["x,nope", "y,nor this"]);
    assigner.assignAll(users[0]!, call);
    expect(ignored.splice(0)).toEqual(["x,nope", "y,nor this"]);
    assigner.batch("x", users.slice(0, 9), call);
    expect(ignored).toEqual(["x,nope", "y,nor this"]);
  });

  it("sticky: the first assignment stays, with its version and propensity, while the experiment runs", () => {
    const records = new Map<string, StickyRecord>();
    const sticky = keepSticky({
      get: (experiment: string, unitId: string) => records.get(`${experiment} ${unitId}`),
      set: (experiment: string, unitId: string, record: StickyRecord) => {
        records.set(`${experiment} ${unitId}`, record);
      },
    });
    const first = createAssigner({ experiments: [define("x")] }, { sticky });
    const before = users.slice(0, 200).map((user) => first.assign("x", user));
    const changed = define("x", {
      version: 2,
      allocation: { control: 0.01, b: 0.99 },
      audience: { attribute: "country", eq: "US" },
    });
    const second = createAssigner({ experiments: [changed] }, { sticky });
    for (const [i, old] of before.entries())
      expect(second.assign("x", users[i]!)).toEqual({ ...old, reason: "sticky" });
    expect(second.assign("x", users[500]!).reason).toBe("audience");
    const paused = createAssigner({ experiments: [define("x", { status: "paused" })] }, { sticky });
    expect(paused.assign("x", users[0]!).reason).toBe("status");
  });

  it("sticky: a stopped experiment with a winner gives it to the audience, and nothing to anybody else", () => {
    const sticky = keepSticky({
      get: () => ({ variant: "control", definitionVersion: 1, propensity: 0.5 }),
      set: () => undefined,
    });
    const audience = { attribute: "country", eq: "FR" };
    const over = define("x", { status: "stopped", rollout: "b", audience });
    const { assign } = createAssigner({ experiments: [over] }, { sticky });
    expect(users.slice(0, 2).map((user) => assign("x", user).reason)).toEqual(["audience", "rollout"]);
  });

  it("leaves out of assignAll what has another unit; batch is assign for many", () => {
    const assigner = createAssigner({ experiments: [define("a"), define("b", { unit: "shop" })] });
    expect(assigner.assignAll({ userId: "u" }).map(({ experiment }) => experiment)).toEqual(["a"]);
    expect(assigner.batch("a", users.slice(0, 5))).toEqual(
      users.slice(0, 5).map((user) => assigner.assign("a", user)),
    );
  });

  it("announces no list of segments where there are none", () => {
    const lost = { experiments: [{ ...define("a"), audience: { segment: "x" } }] };
    expect(() => createAssigner(lost)).toThrow(
      'experiments.0.audience.segment: is not valid (received "x"); correct it',
    );
  });

  it("says what raw JSON lacks, in both languages", () => {
    const sentences = (change: object) => {
      try {
        createAssigner({ experiments: [{ ...define("a"), ...change }] } as never);
      } catch (found) {
        if (found instanceof ExperimentError)
          return [found.message, inFrench(found).message].map((each) =>
            each.replace("experiments.0.", "").replace(/[\u00a0\u202f]/g, " "),
          );
      }
      throw new Error("nothing was refused");
    };
    const first = define("a").ranges[0]!;
    const second = define("a").ranges[1]!;
    const cut = first.to;
    expect(sentences({ ranges: [{ ...first, from: 5 }, second] })).toEqual([
      "ranges.0.from: is not a number from 0 to 0 (received 5); correct it",
      "ranges.0.from : n’est pas un nombre entre 0 et 0 (reçu : 5) ; corrigez cette valeur",
    ]);
    expect(sentences({ ranges: [first, { ...second, from: cut + 1 }] })[0]).toBe(
      `ranges.1.from: is not a number from ${cut} to ${cut} (received ${cut + 1}); correct it`,
    );
    expect(sentences({ ranges: [first, { ...second, to: 3e9 }] })[0]).toBe(
      "ranges.1.to: is not a number from 4294967296 to 4294967296 (received 3000000000); correct it",
    );
    expect(sentences({ ranges: [{ ...first, to: 2 ** 32 }] })).toEqual([
      "ranges: needs one of control (received list); correct it",
      "ranges : demande l’un de control (reçu : list) ; corrigez cette valeur",
    ]);
    expect(sentences({ audience: { attribute: "a" } })[0]).toMatch(
      /^audience: needs one of eq, neq, exists, /,
    );
    expect(sentences({ audience: { all: [] } })).toEqual([
      "audience.all.length: is not a whole number ≥ 1 (received 0); correct it",
      "audience.all.length : n’est pas un nombre entier ≥ 1 (reçu : 0) ; corrigez cette valeur",
    ]);
    expect(sentences({ variants: [], ranges: [] })[0]).toMatch(
      /^variants.length: is not a whole number ≥ 1 /,
    );
  });

  const raw = define("a");
  const shape = (change: object) => ({ experiments: [define("first"), { ...raw, ...change }] });
  it.each<[string, unknown, readonly (string | number)[]]>([
    ["no catalogue", {}, ["experiments"]],
    ["null", null, []],
    ["experiments that are null", { experiments: [null] }, ["experiments", 0]],
    ["a key used twice", { experiments: [raw, raw] }, ["experiments", 1, "key"]],
    ["a format of tomorrow", shape({ format: "essai.experiment/2" }), ["experiments", 1, "format"]],
    ["another way of hashing", shape({ hash: "murmur3-2" }), ["experiments", 1, "hash"]],
    [
      "ranges with a gap",
      shape({ ranges: [raw.ranges[0], { ...raw.ranges[1]!, from: 3e9 }] }),
      ["experiments", 1, "ranges", 1, "from"],
    ],
    [
      "ranges of nobody",
      shape({ ranges: [{ from: 0, to: 2 ** 32, variant: "z" }] }),
      ["experiments", 1, "ranges", 0, "variant"],
    ],
    ["no ranges", shape({ ranges: undefined }), ["experiments", 1, "ranges"]],
    ["no control", shape({ control: undefined }), ["experiments", 1, "control"]],
    ["no salt", shape({ salt: undefined }), ["experiments", 1, "salt"]],
    ["a coverage of text", shape({ coverage: "0.5" }), ["experiments", 1, "coverage"]],
    ["attributes: null", shape({ attributes: null }), ["experiments", 1, "attributes"]],
    ["an audience of everyone by mistake", shape({ audience: {} }), ["experiments", 1, "audience"]],
    ["an audience of null", shape({ audience: null }), ["experiments", 1, "audience"]],
    ["an attribute without a test", shape({ audience: { attribute: "a" } }), ["experiments", 1, "audience"]],
    [
      "a list of no conditions",
      shape({ audience: { all: [] } }),
      ["experiments", 1, "audience", "all", "length"],
    ],
    [
      "two forms at once",
      shape({ audience: { any: [{ attribute: "a", eq: 1 }], not: { attribute: "b", eq: 1 } } }),
      ["experiments", 1, "audience"],
    ],
    [
      "a segment that does not exist",
      shape({ audience: { segment: "x" } }),
      ["experiments", 1, "audience", "segment"],
    ],
    [
      "a segment with the name of a method",
      shape({ audience: { segment: "toString" } }),
      ["experiments", 1, "audience", "segment"],
    ],
    [
      "a segment that leads to itself",
      shape({ audience: { segment: "s" }, segments: { s: { segment: "s" } } }),
      expect.arrayContaining(["experiments", 1, "audience", "segment"]),
    ],
    [
      "a test that does not exist",
      shape({ audience: { attribute: "a", near: 1 } }),
      ["experiments", 1, "audience", "near"],
    ],
    [
      "a test with the name of a method",
      shape({ audience: { attribute: "a", toString: "a" } }),
      ["experiments", 1, "audience", "toString"],
    ],
    [
      "a list where text belongs",
      shape({ audience: { attribute: "a", startsWith: ["a"] } }),
      ["experiments", 1, "audience", "startsWith"],
    ],
    [
      "text where a list belongs",
      shape({ audience: { attribute: "a", hasAny: "abc" } }),
      ["experiments", 1, "audience", "hasAny"],
    ],
    [
      "text where a number belongs",
      shape({ audience: { attribute: "a", gt: "5" } }),
      ["experiments", 1, "audience", "gt"],
    ],
    [
      "a rule for a variant that does not exist",
      shape({ rules: [{ key: "r", when: { attribute: "a", eq: 1 }, variant: "z", holdback: 0.1 }] }),
      ["experiments", 1, "rules", 0, "variant"],
    ],
    [
      "a rule without a condition",
      shape({ rules: [{ key: "r", variant: "b", holdback: 0.1 }] }),
      ["experiments", 1, "rules", 0, "when"],
    ],
    [
      "a rollout that does not exist",
      shape({ status: "stopped", rollout: "z" }),
      ["experiments", 1, "rollout"],
    ],
    [
      "a day that does not exist",
      shape({ schedule: { from: "2026-02-30" } }),
      ["experiments", 1, "schedule", "from"],
    ],
    ["a layer without ranges", shape({ layer: { key: "l" } }), ["experiments", 1, "layer", "ranges"]],
    [
      "an override of nobody",
      shape({ overrides: [{ unitId: "u", variant: "z" }] }),
      ["experiments", 1, "overrides", 0, "variant"],
    ],
    [
      "a prerequisite that does not exist",
      shape({ prerequisites: [{ experiment: "z" }] }),
      ["experiments", 1, "prerequisites"],
    ],
    ["a circle", shape({ prerequisites: [{ experiment: "a" }] }), ["experiments", 1, "prerequisites"]],
    ["a misspelled audience", shape({ audienc: { attribute: "a", eq: 1 } }), ["experiments", 1, "audienc"]],
    ["a misspelled schedule", shape({ schedul: { from: "2026-01-01" } }), ["experiments", 1, "schedul"]],
    ["a key with the name of a method", shape({ toString: 1 }), ["experiments", 1, "toString"]],
    ["an allocation beside ranges", shape({ allocation: { control: 1 } }), ["experiments", 1, "allocation"]],
    [
      "a day that does not exist",
      shape({ audience: { attribute: "signup", before: "2026-02-30" } }),
      ["experiments", 1, "audience", "before"],
    ],
    [
      "something that is not a version",
      shape({ audience: { attribute: "app", versionLt: "two" } }),
      ["experiments", 1, "audience", "versionLt"],
    ],
    [
      "segments that double each other",
      {
        experiments: [{ ...raw, audience: { segment: "s0" } }],
        segments: Object.fromEntries(
          Array.from({ length: 30 }, (_, i) => [
            `s${i}`,
            i === 29
              ? { attribute: "a", eq: 1 }
              : { all: [{ segment: `s${i + 1}` }, { segment: `s${i + 1}` }] },
          ]),
        ),
      },
      expect.arrayContaining(["experiments", 0, "audience", "segment"]),
    ],
    ["a status of nowhere", shape({ status: "runing" }), ["experiments", 1, "status"]],
    ["a schedule of null", shape({ schedule: null }), ["experiments", 1, "schedule"]],
    [
      "a range of a layer without width",
      shape({ layer: { key: "l", ranges: [[7, 7]] } }),
      ["experiments", 1, "layer", "ranges", 0],
    ],
    [
      "a range of a layer that ends before it begins",
      shape({ layer: { key: "l", ranges: [[7, 6]] } }),
      ["experiments", 1, "layer", "ranges", 0],
    ],
    ["a layer of null", shape({ layer: null }), ["experiments", 1, "layer"]],
    [
      "a key in its schedule",
      shape({ schedule: { form: "2026-01-01" } }),
      ["experiments", 1, "schedule", "form"],
    ],
    [
      "a key in its layer",
      shape({ layer: { key: "l", ranges: [[0, 9]], range: [] } }),
      ["experiments", 1, "layer", "range"],
    ],
    [
      "a key in a prerequisite",
      shape({ prerequisites: [{ experiment: "first", variant: "b" }] }),
      ["experiments", 1, "prerequisites", 0, "variant"],
    ],
    [
      "a key in a rule",
      shape({
        rules: [{ key: "r", when: { attribute: "a", eq: 1 }, variant: "b", holdback: 0.1, holdout: 0.2 }],
      }),
      ["experiments", 1, "rules", 0, "holdout"],
    ],
    [
      "a rule held back by text",
      shape({ rules: [{ key: "r", when: { attribute: "a", eq: 1 }, variant: "b", holdback: "0.1" }] }),
      ["experiments", 1, "rules", 0, "holdback"],
    ],
    [
      "a key in an override",
      shape({ overrides: [{ unitId: "u", variant: "b", until: "2026-01-01" }] }),
      ["experiments", 1, "overrides", 0, "until"],
    ],
    [
      "a variant beside old ranges",
      shape({ variants: [...raw.variants, { key: "c", payload: 0 }] }),
      ["experiments", 1, "ranges"],
    ],
    [
      "a variant without payload",
      shape({ variants: raw.variants.map(({ key }) => ({ key, paylod: 1 })) }),
      ["experiments", 1, "variants", 0, "payload"],
    ],
    ["variants that are a number", shape({ variants: 5 }), ["experiments", 1, "variants"]],
    ["no unit", shape({ unit: undefined }), ["experiments", 1, "unit"]],
    ["no key", shape({ key: undefined }), ["experiments", 1, "key"]],
    ["a key of the catalogue", { experiments: [raw], segmnts: {} }, ["segmnts"]],
    ["a catalogue of tomorrow", { format: "essai.catalogue/2", experiments: [raw] }, ["format"]],
    [
      "a key in a holdout",
      { experiments: [raw], holdouts: [{ key: "h", share: 0.1, unit: "userId", layers: ["l"] }] },
      ["holdouts", 0, "layers"],
    ],
    [
      "a share of text",
      { experiments: [raw], holdouts: [{ key: "h", share: "0.1", unit: "userId" }] },
      ["holdouts", 0, "share"],
    ],
    [
      "a holdout of no unit",
      { experiments: [raw], holdouts: [{ key: "h", share: 0.1 }] },
      ["holdouts", 0, "unit"],
    ],
  ])("refuses raw JSON with %s when it is compiled, with the place", (_, catalogue, path) => {
    const call = () => createAssigner(catalogue as never);
    expect(call).toThrow(ExperimentError);
    expect(call).toThrow(expect.objectContaining({ code: "invalid_argument", path }));
  });

  it("takes a key whose value is undefined as one that was left out", () => {
    const made = createAssigner({
      ...shape({ audience: undefined, audienc: undefined }),
      segmnts: undefined,
    } as unknown as Catalogue);
    expect(made.assign("a", users[0]!)).toEqual(assign(raw, users[0]!));
  });

  it("refuses options that it does not know, of its own and of a call", () => {
    const told = (call: () => unknown, ...path: string[]) =>
      expect(call).toThrow(expect.objectContaining({ code: "invalid_argument", path }));
    const catalogue = { experiments: [raw] };
    told(() => createAssigner(catalogue, { stick: () => 0 } as never), "options", "stick");
    told(() => createAssigner(catalogue, { sticky: new Map() } as never), "options", "sticky");
    told(
      () => createAssigner(catalogue, { onIgnoredOverride: "log" } as never),
      "options",
      "onIgnoredOverride",
    );
    expect(createAssigner(catalogue, null as never).assign("a", users[0]!)).toEqual(assign(raw, users[0]!));
    const assigner = createAssigner(catalogue);
    const call = { override: { a: "b" } } as never;
    told(() => assigner.assign("a", users[0]!, call), "options", "override");
    told(() => assigner.assignAll(users[0]!, call), "options", "override");
    told(() => assigner.snapshot(users[0]!, call), "options", "override");
    told(() => assigner.batch("a", users, call), "options", "override");
    told(() => explain(assigner, "a", users[0]!, call), "options", "override");
    told(() => createAssigner(catalogue, { toString: 1 } as never), "options", "toString");
    for (const none of [5, "b", true, [], () => 1] as never[]) {
      told(() => createAssigner(catalogue, none), "options");
      told(() => assigner.assign("a", users[0]!, none), "options");
      told(() => assigner.assignAll(users[0]!, none), "options");
      told(() => assigner.batch("a", users, none), "options");
      told(() => assigner.snapshot(users[0]!, { overrides: none }), "options", "overrides");
      told(() => explain(assigner, "a", users[0]!, { overrides: none }), "options", "overrides");
    }
    expect(assigner.assign("a", users[0]!, null as never)).toEqual(assign(raw, users[0]!));
  });

  it("goes on whatever a visitor's overrides are", () => {
    const assigner = createAssigner({ experiments: [raw] });
    for (const overrides of [null, {}, { a: 5 }, { a: null }, { a: {} }, JSON.parse('{"__proto__":"b"}')]) {
      expect(assigner.assign("a", users[0]!, { overrides })).toEqual(assign(raw, users[0]!));
      expect(assigner.snapshot(users[0]!, { overrides }).assignments).toEqual([assign(raw, users[0]!)]);
    }
  });

  it("refuses contexts that are not objects, with a typed error", () => {
    const assigner = createAssigner({ experiments: [raw] });
    const told = (call: () => unknown) => expect(call).toThrow(ExperimentError);
    told(() => assigner.assignAll(null as never));
    told(() => assigner.assignAll("u" as never));
    told(() => assigner.snapshot(undefined as never));
    told(() => assigner.batch("a", null as never));
    told(() => assigner.batch("a", undefined as never));
    told(() => assigner.batch("a", new Set([users[0]!]) as never));
    told(() => assigner.batch("a", [null] as never));
    told(() => createAssigner(undefined as never));
    told(() => explain(assigner, null as never, users[0]!));
    told(() => explain({} as never, "a", users[0]!));
    told(() => explain(null as never, "a", users[0]!));
    told(() => explain(assigner, "a", null as never));
    told(() => assigner.assign("a", null as never));
    told(() => assigner.assign(null as never, users[0]!));
    told(() => assign(null as never, users[0]!));
    told(() => assign({} as never, users[0]!));
  });

  it("prerequisites are followed once each: no circle, no overflow, no explosion", () => {
    const chain = Array.from({ length: 10_000 }, (_, i) => ({
      ...raw,
      key: `e${i}`,
      salt: `e${i}`,
      ...(i > 0 ? { prerequisites: [{ experiment: `e${i - 1}` }] } : {}),
    })).reverse();
    const long = createAssigner({ experiments: chain });
    const all = long.assignAll({ userId: "u" });
    expect(all.every(({ enrolled }) => enrolled)).toBe(true);
    expect(long.assign("e9999", { userId: "u" })).toEqual(all[0]);
    // Each layer needs both of the layer below: 2³⁰ ways down.
    const wide = Array.from({ length: 60 }, (_, i) => ({
      ...raw,
      key: `w${i}`,
      salt: `w${i}`,
      prerequisites: i < 2 ? [] : [0, 1].map((j) => ({ experiment: `w${2 * (Math.floor(i / 2) - 1) + j}` })),
    }));
    const assigner = createAssigner({ experiments: wide });
    expect(assigner.assign("w59", { userId: "u" }).enrolled).toBe(true);
    expect(assigner.assignAll({ userId: "u" })).toHaveLength(60);
  });

  it("a prerequisite is not looked at before the gates in front of it are passed", () => {
    const timed = define("timed", { schedule: { from: "2026-03-01" } });
    const after = define("after", { status: "paused", prerequisites: [{ experiment: "timed" }] });
    const assigner = createAssigner({ experiments: [after, timed] });
    expect(assigner.assign("after", users[0]!).reason).toBe("status");
  });
});

describe("rules", () => {
  const shop = define("shop", {
    variants: { control: "all", sale: "end of stock", fresh: "new arrivals" },
    segments: {
      "deal-hunters": { attribute: "discountShare", gte: 0.5 },
      "brand-loyal": { all: [{ attribute: "brandShare", gte: 0.6 }, { not: { segment: "deal-hunters" } }] },
    },
    rules: [
      { key: "deals", when: { segment: "deal-hunters" }, variant: "sale", holdback: 0.2 },
      { key: "loyal", when: { segment: "brand-loyal" }, variant: "fresh" },
    ],
  });
  const assigner = createAssigner(defineCatalogue({ experiments: [shop] }));
  const hunters = users.map(({ userId }) => ({ userId, discountShare: 0.8, brandShare: 0.9 }));

  it("give their variant but for a share held back at random, and record the truth", () => {
    const counts: Record<string, number> = {};
    for (const assignment of assigner.batch(shop, hunters) as never as Record<string, unknown>[]) {
      counts[`${assignment.variant} ${assignment.reason} ${assignment.heldBack}`] =
        (counts[`${assignment.variant} ${assignment.reason} ${assignment.heldBack}`] ?? 0) + 1;
      expect(assignment.rule).toBe("deals");
      expect(assignment.propensity).toBeCloseTo(assignment.variant === "sale" ? 0.8 + 0.2 / 3 : 0.2 / 3, 9);
    }
    near(counts["sale rule false"]!, users.length, 0.8);
    for (const variant of ["control", "sale", "fresh"])
      near(counts[`${variant} allocated true`]!, users.length, 0.2 / 3);
    expect(Object.keys(counts)).toHaveLength(4);
  });

  it("leave everybody else to the split", () => {
    for (const user of users.slice(0, 200)) {
      const assignment = assigner.assign("shop", user);
      expect(assignment).not.toHaveProperty("rule");
      expect(assignment).toMatchObject({ reason: "allocated", propensity: expect.closeTo(1 / 3, 9) });
    }
  });

  it("hold back by a point of their own: independent of the variant's", () => {
    const held = assigner.batch(shop, hunters).filter((each) => each.enrolled && each.heldBack);
    const inSale = held.filter(({ variant }) => (variant as string) === "sale").length;
    near(inSale, held.length, 1 / 3);
  });

  it("in order, where that is asked for: the first that is met counts", () => {
    const ordered = define("o", {
      ruleOrder: "first",
      rules: [
        { key: "one", when: { attribute: "a", gt: 0 }, variant: "b" },
        { key: "two", when: { attribute: "a", gt: 1 }, variant: "control" },
      ],
    });
    const assigner = createAssigner({ experiments: [ordered] });
    expect(
      assigner
        .batch(
          "o",
          users.slice(0, 50).map((user) => ({ ...user, a: 5 })),
        )
        .every((each) => each.enrolled && each.rule === "one"),
    ).toBe(true);
  });
});
