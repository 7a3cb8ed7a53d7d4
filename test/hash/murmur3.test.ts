import { describe, expect, it } from "vitest";
import { absorb, finalize, murmur3 } from "../../src/hash/murmur3.js";
import * as hash from "../../src/hash/seed.js";
import reference from "../reference/murmur3.json" with { type: "json" };

const {
  COVERAGE,
  VARIANT,
  LAYER,
  HOLDOUT,
  RULE,
  EXPOSURE,
  DECISION,
  hashOf,
  occasionPoint,
  pointOf,
  seedOf,
} = hash;

describe("murmur3", () => {
  it("agrees with the C reference on ASCII, accents, CJK and emoji", () => {
    const vectors = reference.vectors as [string, number, number][];
    const wrong = vectors.filter(([text, seed, hash]) => murmur3(text, seed) !== hash);
    expect(vectors.length).toBeGreaterThan(100);
    expect(wrong).toEqual([]);
  });

  it.each([
    ["", 0, 0],
    ["", 1, 0x514e28b7],
    ["", 0xffffffff, 0x81f16f39],
    ["test", 0x9747b28c, 0x704b81dc],
    ["Hello, world!", 0x9747b28c, 0x24884cba],
  ])("agrees with the published vector of %j, seed %d", (text, seed, hash) => {
    expect(murmur3(text, seed)).toBe(hash);
  });

  it("hashes a lone surrogate as U+FFFD, as TextEncoder writes it", () => {
    for (const [lone, replaced] of [
      ["\ud800", "\ufffd"],
      ["a\udc00b", "a\ufffdb"],
      ["\ud83d\ud83d\ude00", "\ufffd😀"],
      ["x\udbff", "x\ufffd"],
      ["\ud800é", "\ufffdé"],
    ] as const)
      expect(murmur3(lone, 7)).toBe(murmur3(replaced, 7));
  });

  it("absorbs words as it absorbs the text that they spell", () => {
    const text = "sixteen letters!";
    const words = [0, 4, 8, 12].map((at) => Buffer.from(text).readInt32LE(at));
    expect(finalize(words.reduce((hash, word) => absorb(hash, word), 5) ^ text.length)).toBe(
      murmur3(text, 5),
    );
  });

  it("does not normalise: é as one and as two code points are two units", () => {
    expect(murmur3("é", 0)).not.toBe(murmur3("e\u0301", 0));
  });

  it("reads UTF-8 like TextEncoder for every character", () => {
    for (let code = 0x80; code < 0x10ffff; code += 97) {
      if (code >> 11 === 27) continue;
      const text = String.fromCodePoint(code);
      expect(murmur3(text, 5)).toBe(ofBytes(new TextEncoder().encode(text), 5));
    }
  });
});

describe("seeds and points", () => {
  it("keep the domains of one salt apart", () => {
    const domains = [COVERAGE, VARIANT, LAYER, HOLDOUT, RULE, EXPOSURE, DECISION];
    // Part of the format "murmur3-1".
    expect(domains).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(new Set(domains.map((domain) => seedOf("checkout", domain))).size).toBe(domains.length);
  });

  it("lie in [0, 1) and tell a unit's occasions apart", () => {
    const seed = seedOf("s", DECISION);
    expect(pointOf(seed, "u")).toBe(hashOf(seed, "u") / 2 ** 32);
    expect(occasionPoint(seed, "u", "1")).not.toBe(occasionPoint(seed, "u", "2"));
    expect(occasionPoint(seed, "u1", "1")).not.toBe(occasionPoint(seed, "u", "11"));
  });
});

/** The published algorithm on bytes. */
function ofBytes(bytes: Uint8Array, seed: number): number {
  let h = seed;
  const mix = (k: number) => {
    const a = Math.imul(k, 0xcc9e2d51);
    h ^= Math.imul((a << 15) | (a >>> 17), 0x1b873593);
  };
  const whole = bytes.length & ~3;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  for (let i = 0; i < whole; i += 4) {
    mix(view.getUint32(i, true));
    h = (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
  }
  let k = 0;
  for (let i = bytes.length - 1; i >= whole; i--) k = (k << 8) | (bytes[i] as number);
  mix(k);
  h ^= bytes.length;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
