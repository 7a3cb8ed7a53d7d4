import {
  createAssigner,
  createIdentity,
  defineExperiment,
  explain,
  hydrate,
  openSnapshot,
  overridesFromUrl,
  type Snapshot,
  sealSnapshot,
  snapshotScript,
} from "essai";
import { describe, expect, it } from "vitest";

const define = (key: string, more: object = {}) =>
  defineExperiment({ key, unit: "userId", variants: { control: { t: "c" }, b: { t: "b" } }, ...more } as {
    key: string;
    unit: string;
    variants: { control: { t: "c" }; b: { t: "b" } };
  });
const experiments = [
  define("a"),
  define("b", { coverage: 0.5 }),
  define("c", { audience: { all: [{ segment: "french" }, { not: { attribute: "age", lt: 18 } }] } }),
  define("d", {
    layer: { key: "l", ranges: [[0, 2 ** 31]] },
    prerequisites: [{ experiment: "a", variants: ["b"] }],
  }),
  define("e", { schedule: { from: "2026-01-01", until: "2026-02-01" } }),
  define("f", { rules: [{ key: "vip", when: { attribute: "vip", eq: true }, variant: "b", holdback: 0.5 }] }),
  define("g", { status: "stopped", rollout: "b" }),
  define("h", { status: "paused", overrides: [{ unitId: "user-3", variant: "b" }] }),
];
const assigner = createAssigner({
  experiments,
  segments: { french: { attribute: "country", eq: "FR" } },
  holdouts: [{ key: "out", share: 0.1, unit: "userId" }],
});
const contexts = Array.from({ length: 400 }, (_, i) => ({
  userId: `user-${i}`,
  country: i % 3 ? "FR" : "BE",
  age: i % 40,
  vip: i % 2 === 0,
}));
const now = Date.UTC(2026, 0, 15);

describe("snapshots", () => {
  it("wake up to the very same assignments, byte for byte", () => {
    for (const context of contexts.slice(0, 50)) {
      const json = JSON.stringify(assigner.snapshot(context, { now }));
      const page = hydrate(JSON.parse(json));
      expect(JSON.stringify(page.assignAll())).toBe(JSON.stringify(assigner.assignAll(context, { now })));
      for (const definition of experiments)
        expect(JSON.stringify(page.assign(definition))).toBe(
          JSON.stringify(assigner.assign(definition, context, { now })),
        );
    }
  });

  it("refuse what is not a snapshot, and experiments they do not hold", () => {
    for (const wrong of [
      null,
      {},
      { format: "essai.snapshot/2", assignments: [] },
      { format: "essai.snapshot/1" },
    ])
      expect(() => hydrate(wrong as never)).toThrow(expect.objectContaining({ code: "unsupported_format" }));
    const snapshot = assigner.snapshot(contexts[0]!, { now });
    for (const change of [
      { experiment: 5 },
      { unitId: "" },
      { definitionVersion: "1" },
      { payload: undefined },
      { enrolled: "yes" },
      { enrolled: true, variant: null },
      { enrolled: false, variant: "b" },
      { enrolled: true, variant: "b", propensity: 2 },
      { reason: null },
    ]) {
      const [part] = Object.keys(change).slice(-1);
      const changed = { ...snapshot, assignments: [{ ...snapshot.assignments[0]!, ...change }] };
      expect(() => hydrate(changed as never), part).toThrow(
        expect.objectContaining({ code: "invalid_snapshot", path: ["assignments", 0, part] }),
      );
    }
    for (const assignments of [undefined, {}, "x", [null], [5]])
      expect(() => hydrate({ ...snapshot, assignments } as never)).toThrow(
        expect.objectContaining({ code: "invalid_snapshot" }),
      );
    const page = hydrate(snapshot);
    expect(() => page.assign("zz")).toThrow(
      expect.objectContaining({ code: "invalid_argument", path: ["experiment"] }),
    );
  });

  it("sealed: opened with the secret, refused when a byte or the secret differs", async () => {
    const snapshot = assigner.snapshot({ userId: "Zoë 😀" }, { now });
    const token = await sealSnapshot(snapshot, "secret");
    expect(token).toMatch(/^[\w-]+\.[\w-]+$/);
    expect(await openSnapshot(token, "secret")).toEqual(snapshot);
    const refused = expect.objectContaining({ code: "invalid_signature" });
    await expect(openSnapshot(token, "other")).rejects.toThrow(refused);
    for (const i of [0, 10, token.indexOf(".") + 3]) {
      const changed = token.slice(0, i) + (token[i] === "A" ? "B" : "A") + token.slice(i + 1);
      await expect(openSnapshot(changed, "secret")).rejects.toThrow(refused);
    }
    for (const wrong of ["", ".", "a", "a.b.c", "é.é", `${token}.x`, undefined as never])
      await expect(openSnapshot(wrong, "secret")).rejects.toThrow(refused);
    await expect(sealSnapshot({ ...snapshot, format: "x" } as unknown as Snapshot, "secret")).rejects.toThrow(
      expect.objectContaining({ code: "unsupported_format" }),
    );
  });

  it("sealed for a unit and until a time: nobody else's page opens it, nor any afterwards", async () => {
    const snapshot = assigner.snapshot({ userId: "ann" }, { now });
    const until = new Date("2026-03-01T12:00:00Z");
    const token = await sealSnapshot(snapshot, "secret", { unitId: "ann", until });
    const before = new Date(+until - 1);
    expect(await openSnapshot(token, "secret", { unitId: "ann", now: before })).toEqual(snapshot);
    expect(await openSnapshot(token, "secret", { unitId: "ann", now: +before })).toEqual(snapshot);
    const refused = (options: object | undefined, code: string, ...path: string[]) =>
      expect(openSnapshot(token, "secret", options)).rejects.toThrow(expect.objectContaining({ code, path }));
    await refused({ unitId: "bob", now: before }, "other_unit", "options", "unitId");
    await refused(undefined, "other_unit", "options", "unitId");
    await refused({ unitId: "ann", now: until }, "expired_snapshot", "options", "now");
    await refused({ unitId: "ann" }, "expired_snapshot", "options", "now");
    await refused({ unitId: "ann", now: Number.NaN }, "invalid_argument", "options", "now");
    await refused({ unitID: "ann" }, "invalid_argument", "options", "unitID");
    await expect(sealSnapshot(snapshot, "secret", { until: "2026" as never })).rejects.toThrow(
      expect.objectContaining({ code: "invalid_argument", path: ["options", "until"] }),
    );
    const [body, seal] = token.split(".");
    const forged = JSON.parse(Buffer.from(body!, "base64url").toString());
    const other = Buffer.from(JSON.stringify({ ...forged, unitId: "bob" })).toString("base64url");
    await expect(openSnapshot(`${other}.${seal}`, "secret", { unitId: "bob", now: before })).rejects.toThrow(
      expect.objectContaining({ code: "invalid_signature" }),
    );
  });

  it("as a script's text: no payload ends the element, and it reads back the same", () => {
    const hostile = "</script><script>alert(1)</script><!-- & \u2028 \u2029 ]]>";
    const experiment = defineExperiment({
      key: "x",
      unit: "userId",
      variants: { control: hostile, b: { "</script>": hostile } },
    });
    const snapshot = createAssigner({ experiments: [experiment] }).snapshot({ userId: "</script>" });
    const text = snapshotScript(snapshot);
    expect(text).not.toMatch(/[<>&\u2028\u2029]/);
    expect(JSON.parse(text)).toEqual(snapshot);
    expect(new Function(`return ${text}`)()).toEqual(snapshot);
    expect(() => snapshotScript({} as never)).toThrow(
      expect.objectContaining({ code: "unsupported_format" }),
    );
  });

  it("is signed with HMAC-SHA-256, as an independent implementation has it", async () => {
    const { createHmac } = await import("node:crypto");
    const token = await sealSnapshot({ format: "essai.snapshot/1", hash: "murmur3-1", assignments: [] }, "k");
    const [body, seal] = token.split(".");
    const json = Buffer.from(body!, "base64url");
    expect(createHmac("sha256", "k").update(json).digest("base64url")).toBe(seal);
  });
});

describe("explain", () => {
  it("agrees with the assignment: its reason is the first step that failed", () => {
    const reasonOf: Record<string, string> = { allocation: "allocated" };
    for (const context of contexts)
      for (const { key } of experiments) {
        const { assignment, steps } = explain(assigner, key, context, { now });
        expect(assignment).toEqual(assigner.assign(key, context, { now }));
        if (assignment.reason === "override")
          expect(steps[0]).toMatchObject({ step: "override", variant: "b" });
        else if (assignment.enrolled) {
          expect(steps.filter(({ step, passed }) => !passed && step !== "rule")).toEqual([]);
          if (assignment.reason === "rule")
            expect(steps.some((each) => each.step === "rule" && each.passed)).toBe(true);
        } else
          expect(steps.find(({ passed }) => !passed)?.step).toBe(
            reasonOf[assignment.reason] ?? assignment.reason,
          );
      }
  });

  it("puts a unit whose point is the bound itself outside, as the assigner does", () => {
    const coverageOf = (coverage: number) => {
      const one = createAssigner({ experiments: [define("bound", { coverage })] });
      const { assignment, steps } = explain(one, "bound", { userId: "u" });
      const step = steps.find((each) => each.step === "coverage");
      return { enrolled: assignment.enrolled, ...step };
    };
    const { point } = coverageOf(0.5) as { point: number };
    expect(coverageOf(point)).toMatchObject({ enrolled: false, passed: false });
    expect(coverageOf(point + 2 ** -32)).toMatchObject({ enrolled: true, passed: true });
  });

  it("names the clause that failed and what was received", () => {
    const held = (userId: string) => assigner.assign("a", { userId }).enrolled;
    const userId = contexts.find((each) => held(each.userId))!.userId;
    const { steps } = explain(assigner, "c", { userId, country: "FR", age: 7 });
    const audience = steps.find(({ step }) => step === "audience");
    expect(audience).toMatchObject({
      passed: false,
      outcome: {
        holds: false,
        parts: [
          { clause: { segment: "french" }, holds: true, parts: [{ holds: true, received: "FR" }] },
          { holds: false, parts: [{ clause: { attribute: "age", lt: 18 }, holds: true, received: 7 }] },
        ],
      },
    });
  });
});

describe("overridesFromUrl", () => {
  it.each([
    ["https://x.test/?essai=checkout:b,hero:A&y=1#z", { checkout: "b", hero: "A" }],
    ["https://x.test/?essai=a:b&essai=c:d%3Ae", { a: "b", c: "d:e" }],
    // What names no variant is told of, by the call.
    ["/path?essai=checkout", { checkout: "" }],
    ["/path?essai=checkout,hero:A", { checkout: "", hero: "A" }],
    ["/path?essai=:b,a:,", { "": "b", a: "" }],
    // A combination, in whatever order, its levels escaped as in its key.
    ["/path?essai=lp:hero=video,cta=Try", { lp: "cta=Try,hero=video" }],
    ["/path?essai=lp:hero=a%3Ab,cta=x%252Cy,price:b", { lp: "cta=x%2Cy,hero=a:b", price: "b" }],
    ["/path?essai=lp:run=1,cta:b", { lp: "run=1", cta: "b" }],
    ["/path", {}],
    ["/path#?essai=a:b", {}],
  ])("%s", (url, expected) => {
    expect(overridesFromUrl(url)).toEqual(expected);
  });

  it("writes no prototype", () => {
    const overrides = overridesFromUrl("/?essai=__proto__:x");
    expect(Object.getPrototypeOf(overrides)).toBe(Object.prototype);
    expect(assigner.assign("a", contexts[5]!, { overrides }).reason).not.toBe("override");
  });
});

describe("createIdentity", () => {
  it("keeps the first id a person was met under", () => {
    const identity = createIdentity();
    expect(identity.link("anon-1", "ana")).toBe("anon-1");
    expect(identity.unitOf("ana")).toBe("anon-1");
    const [before, after] = ["anon-1", identity.unitOf("ana")].map((userId) =>
      assigner.assign("a", { userId }),
    );
    expect(after).toEqual(before);
  });

  it("brings another device under the unit the user already is", () => {
    const identity = createIdentity();
    identity.link("anon-1", "ana");
    expect(identity.link("anon-2", "ana")).toBe("anon-1");
    expect([identity.unitOf("anon-2"), identity.unitOf("ana")]).toEqual(["anon-1", "anon-1"]);
    identity.link("bob", "bob");
    expect(identity.link("anon-3", "bob")).toBe("bob");
  });

  it("a shared device: the second user is a unit of his own", () => {
    const identity = createIdentity();
    identity.link("device", "ana");
    expect(identity.link("device", "bob")).toBe("bob");
    expect([identity.unitOf("device"), identity.unitOf("ana")]).toEqual(["device", "device"]);
  });

  it("survives JSON", () => {
    const identity = createIdentity();
    identity.link("anon-1", "ana");
    const again = createIdentity(JSON.parse(JSON.stringify(identity)));
    expect(again.unitOf("ana")).toBe("anon-1");
  });
});
