import { createAssigner, createLiveAssigner, defineExperiment, ExperimentError, nextVersion } from "essai";
import { describe, expect, it } from "vitest";

const a = defineExperiment({ key: "a", unit: "userId", variants: { control: 0, b: 1, c: 2 } });
const users = Array.from({ length: 500 }, (_, i) => ({ userId: `u${i}` }));

describe("createLiveAssigner", () => {
  it("answers as an assigner does, before and after a load, also where its methods are taken out", () => {
    const live = createLiveAssigner({ experiments: [a] });
    const { assign, assignAll, batch, snapshot, enter, load } = live;
    const next = nextVersion(a, { variants: { control: 0, b: 1 } });
    for (const definition of [a, next]) {
      const fixed = createAssigner({ experiments: [definition] });
      for (const user of users) {
        expect(assign("a", user)).toEqual(fixed.assign("a", user));
        expect(enter("a", user)).toEqual(fixed.enter("a", user));
        expect(assignAll(user)).toEqual(fixed.assignAll(user));
      }
      expect(batch("a", users)).toEqual(fixed.batch("a", users));
      expect(snapshot(users[0]!)).toEqual(fixed.snapshot(users[0]!));
      expect(live.catalogue.experiments).toEqual([definition]);
      if (definition === a)
        expect(load({ experiments: [next] }).experiments[0]?.moves.moved).toBeCloseTo(1 / 3, 6);
    }
  });

  it("reads catalogues as people write them", () => {
    const live = createLiveAssigner({
      experiments: [{ key: "x", unit: "userId", variants: { control: 0, b: 1 } }],
    });
    expect(live.assign("x", { userId: "u" }).enrolled).toBe(true);
  });

  it.each([
    ["no catalogue", null],
    ["no experiments", {}],
    ["one bad experiment among good ones", { experiments: [nextVersion(a, {}), { key: "z" }] }],
    ["two experiments of one key", { experiments: [a, a] }],
    [
      "the same version, other variants",
      { experiments: [{ ...a, variants: [...a.variants.slice(0, 2), { key: "c", payload: 9 }] }] },
    ],
    [
      "the same version, another split",
      {
        experiments: [
          defineExperiment({
            key: "a",
            unit: "userId",
            variants: { control: 0, b: 1, c: 2 },
            allocation: { control: 0.5, b: 0.25, c: 0.25 },
          }),
        ],
      },
    ],
  ])("keeps the old one where the new is bad: %s", (_, bad) => {
    const live = createLiveAssigner({ experiments: [a] });
    const before = live.batch("a", users);
    expect(() => live.load(bad)).toThrow(ExperimentError);
    expect(live.batch("a", users)).toEqual(before);
    expect(live.load({ experiments: [a] }).experiments).toEqual([]);
  });

  it("names the experiment whose version was given to another definition, even after it was gone", () => {
    const live = createLiveAssigner({ experiments: [a] });
    const other = { ...nextVersion(a, { coverage: 0.5 }), version: 1 };
    live.load({ experiments: [] });
    expect(() => live.load({ experiments: [other] })).toThrow(
      expect.objectContaining({ code: "same_version", path: ["experiments", 0, "version"], other: "a" }),
    );
    expect(live.load({ experiments: [{ ...other, version: 2 }] }).experiments[0]?.change).toBe("added");
    // A version that was refused is not one that was known.
    expect(live.load({ experiments: [a] }).experiments[0]?.versions).toEqual([2, 1]);
  });
});
