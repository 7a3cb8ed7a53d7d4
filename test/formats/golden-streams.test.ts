import { describe, expect, it } from "vitest";
import { goldenFile } from "../golden.js";
import { makeStreams } from "./make-streams.js";

// Compared to the last bit: `.ci/run` runs this on every version of Node that essai supports. Where a change is meant
// (a new sampler, another order of draws), delete the file and begin it anew, and say in the changelog that seeds give
// other numbers now.
const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
const url = new URL("golden-streams.json", import.meta.url);
const golden = await goldenFile<Record<string, unknown>>(url, makeStreams);
const today = plain(makeStreams()) as Record<string, unknown>;

describe("one seed gives the same, to the last bit, on every version of Node", () => {
  it.each(Object.keys({ ...golden, ...today }))("%s", (part) => {
    expect(today[part]).toEqual(golden[part]);
  });

  it("the comparison would notice a last bit", () => {
    const { designs } = today as { designs: { efficiency: number } };
    const moved = { ...designs, efficiency: designs.efficiency * (1 + Number.EPSILON) };
    expect(plain(moved)).not.toEqual(golden.designs);
  });
});
