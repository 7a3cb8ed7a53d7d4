import { createHmac } from "node:crypto";
import {
  allocationOf,
  assign,
  claimLayer,
  createAssigner,
  createIdentity,
  defineExperiment,
  ExperimentError,
  explain,
  freeInLayer,
  hydrate,
  keepSticky,
  openSnapshot,
  overridesFromUrl,
  reallocate,
  sealSnapshot,
} from "essai";
import { describe, expect, it } from "vitest";

const cta = defineExperiment({ key: "cta", unit: "userId", variants: { control: 0, b: 1 } });
const hostile = [undefined, null, {}, "", Number.NaN, [], 5, () => 1];
const typed = expect.objectContaining({ name: "ExperimentError", path: expect.any(Array) });
const refused = (code: string, ...path: (string | number)[]) => expect.objectContaining({ code, path });

describe("hostile values give a typed error with its place", () => {
  it.each<[string, (value: never) => unknown, readonly unknown[]]>([
    ["allocationOf", (value) => allocationOf(value), hostile],
    ["claimLayer, the layer", (value) => claimLayer(value, 0.5, []), hostile],
    ["claimLayer, the share", (value) => claimLayer("l", value, []), [...hostile, 0, 1.1]],
    [
      "claimLayer, the experiments",
      (value) => claimLayer("l", 0.5, value),
      [...hostile, [5]].filter((each) => !(Array.isArray(each) && each.length === 0)),
    ],
    ["freeInLayer, a slot", (value) => freeInLayer("l", [{ layer: value }]), hostile.slice(1)],
    ["reallocate, the definition", (value) => reallocate(value, { coverage: 0.5 }), hostile],
    ["createIdentity, a link", (value) => createIdentity([value]), hostile],
    ["createIdentity, an id", (value) => createIdentity([["a", value]]), hostile],
    ["unitOf", (value) => createIdentity().unitOf(value), hostile],
    ["link", (value) => createIdentity().link("a", value), hostile],
    ["keepSticky", (value) => keepSticky(value), hostile],
    [
      "overridesFromUrl, the address",
      (value) => overridesFromUrl(value),
      hostile.filter((each) => each !== ""),
    ],
    ["overridesFromUrl, the parameter", (value) => overridesFromUrl("/", value), hostile.slice(1)],
    ["explain, the assigner", (value) => explain(value, "cta", { userId: "u" }), hostile],
  ])("%s", (_, act, values) => {
    for (const value of values) expect(() => act(value as never), String(value)).toThrow(typed);
  });

  it("sealSnapshot and openSnapshot, within their promise", async () => {
    const snapshot = createAssigner({ experiments: [cta] }).snapshot({ userId: "u" });
    const token = await sealSnapshot(snapshot, "secret");
    for (const value of hostile as never[]) {
      await expect(sealSnapshot(value, "secret")).rejects.toThrow(typed);
      await expect(sealSnapshot(snapshot, value)).rejects.toThrow(refused("invalid_argument", "secret"));
      await expect(openSnapshot(value, "secret")).rejects.toThrow(refused("invalid_signature", "token"));
      await expect(openSnapshot(token, value)).rejects.toThrow(refused("invalid_argument", "secret"));
    }
  });
});

describe("what a store, a secret's owner or a visitor brings", () => {
  it("garbage that was truly signed is refused by what it is", async () => {
    const sealed = (text: string) =>
      [
        Buffer.from(text).toString("base64url"),
        createHmac("sha256", "k").update(text).digest("base64url"),
      ].join(".");
    for (const text of ["", "no JSON", "{"])
      await expect(openSnapshot(sealed(text), "k")).rejects.toThrow(refused("invalid_snapshot", "token"));
    for (const text of ["null", "5", "[]", "{}"])
      await expect(openSnapshot(sealed(text), "k")).rejects.toThrow(refused("unsupported_format", "format"));
    await expect(
      openSnapshot(sealed('{"format":"essai.snapshot/1","hash":"murmur3-1","assignments":[5]}'), "k"),
    ).rejects.toThrow(refused("invalid_snapshot", "assignments", 0, "experiment"));
  });

  it("what a visitor wrote into a sticky store breaks no page: it is told, forgotten and written over", async () => {
    const [told, written]: [ExperimentError[], unknown[]] = [[], []];
    const assigned = (found: unknown) =>
      createAssigner(
        { experiments: [cta] },
        {
          sticky: keepSticky(
            { get: () => found as never, set: (...given) => void written.push(given) },
            { onError: (error) => void told.push(error as ExperimentError) },
          ),
        },
      ).assign("cta", { userId: "u" });
    const record = { variant: "b", definitionVersion: 1, propensity: 0.5 };
    expect(assigned(record)).toMatchObject({ reason: "sticky", variant: "b" });
    for (const none of [undefined, null, { ...record, variant: "gone" }])
      expect(assigned(none)).toMatchObject({ reason: "allocated" });
    expect(told).toEqual([]);
    const place = ["store", "cta", "u"];
    // A promise is no visitor's doing: no unit would ever be kept.
    for (const found of [Promise.resolve(record), Promise.reject(new Error("down"))])
      expect(() => assigned(found)).toThrow(refused("invalid_sticky", ...place));
    written.length = 0;
    const refusedRecord = (found: unknown, part: string) => {
      expect(assigned(found)).toMatchObject({ reason: "allocated" });
      expect(told.pop()).toEqual(refused("invalid_sticky", ...place, part));
      expect(written.pop()).toEqual(["cta", "u", expect.objectContaining({ definitionVersion: 1 })]);
    };
    for (const found of [5, "b", [], {}]) refusedRecord(found, "variant");
    for (const part of [
      { definitionVersion: "1" },
      { propensity: 2 },
      { propensity: 0 },
      { rule: 5 },
      { heldBack: 1 },
    ])
      refusedRecord({ ...record, ...part }, Object.keys(part)[0] as string);
    expect([told, written]).toEqual([[], []]);
    // A rejection that nobody hears would end the process in the next turn.
    await new Promise((resolve) => setImmediate(resolve));
  });

  it("a sticky store that throws breaks no assignment, and writes over nothing that it could not read", () => {
    const blocked = new Error("cookies are blocked");
    const told: unknown[] = [];
    const thrown = () => {
      throw blocked;
    };
    const stores = {
      get: { get: thrown, set: () => told.push("written") },
      set: { get: () => undefined, set: thrown },
    };
    const fresh = createAssigner({ experiments: [cta] }).assign("cta", { userId: "u" });
    for (const store of Object.values(stores))
      for (const onError of [undefined, (...heard: unknown[]) => void told.push(heard), thrown]) {
        const sticky = keepSticky(store, onError ? { onError } : {});
        const assigned = createAssigner({ experiments: [cta] }, { sticky }).assign("cta", { userId: "u" });
        expect(assigned).toEqual(fresh);
      }
    expect(told).toEqual([
      [blocked, "cta", "u"],
      [blocked, "cta", "u"],
    ]);
    const store = { get: () => undefined, set: () => undefined };
    expect(() => keepSticky(store, { onEror: thrown } as never)).toThrow(
      "options.onEror: is not one of onError (received function); correct it",
    );
    expect(() => keepSticky(store, { onError: 5 as never })).toThrow(
      "options.onError: is not of type function",
    );
  });

  it.each<[string, () => unknown, string]>([
    [
      "something that is not an assigner",
      () => explain(null as never, "cta", {}),
      "assigner: must be an object",
    ],
    [
      "an assigner without catalogue",
      () => explain({ enter: assign } as never, "cta", {}),
      "assigner.catalogue: is required",
    ],
    ["links that are not a list", () => createIdentity(5 as never), "links: must be a list"],
    [
      "a snapshot of another format",
      () => hydrate({ format: "essai.snapshot/9" } as never),
      "essai.snapshot/1",
    ],
    [
      "a snapshot of another hash",
      () => hydrate({ format: "essai.snapshot/1", hash: "murmur3-2" } as never),
      "murmur3-1",
    ],
  ])("%s is told by what is wanted", (_, act, told) => {
    expect(act).toThrow(told);
    expect(act).toThrow(ExperimentError);
  });

  it("links that lead one id to two units are refused; a unit leads to itself", () => {
    expect(() =>
      createIdentity([
        ["a", "x"],
        ["a", "y"],
      ]),
    ).toThrow(refused("conflicting_link", "links", 1, 1));
    expect(() =>
      createIdentity([
        ["a", "b"],
        ["b", "c"],
      ]),
    ).toThrow(refused("conflicting_link", "links", 1, 1));
    const identity = createIdentity([["a", "ana"]]);
    identity.link("b", "ana");
    expect(identity.unitOf("a")).toBe(identity.unitOf("b"));
    expect(createIdentity(identity.toJSON()).toJSON()).toEqual(identity.toJSON());
  });

  it("a visitor's address is read or ignored, whatever its text", () => {
    expect(overridesFromUrl(new URL("https://x.test/?essai=cta:b"))).toEqual({ cta: "b" });
    expect(overridesFromUrl("")).toEqual({});
    for (const text of [
      "?",
      "?essai",
      "?essai=%",
      "?essai=%FF%E0",
      "?essai=\ud800:\udfff",
      "?essai=:,,::",
      "#?essai=a:b",
      "?essai=__proto__:b,constructor:x",
      `?essai=${",".repeat(1e5)}`,
    ]) {
      const overrides = overridesFromUrl(text);
      const call = { overrides };
      expect(createAssigner({ experiments: [cta] }).assign("cta", { userId: "u" }, call).enrolled).toBe(true);
    }
  });
});
