import { readFileSync } from "node:fs";

/** Two-level factors named as in the literature: A, B … without I. */
export function twoLevels(k: number): Record<string, readonly ["-", "+"]> {
  return Object.fromEntries(
    [..."ABCDEFGHJKLMNOPQRSTUVWXYZabcdefghijklm"].slice(0, k).map((name) => [name, ["-", "+"]]),
  );
}

interface Reference {
  readonly fractions: readonly {
    readonly factors: number;
    readonly generators: string[];
    readonly runs: number;
    readonly words: string[];
    readonly wordLengths: number[];
    readonly resolution: number;
  }[];
  readonly plackettBurman: readonly {
    readonly runs: 4 | 8 | 12 | 16 | 20 | 24;
    readonly aliasesOfFirst: readonly { readonly pair: [number, number]; readonly coefficient: number }[];
    readonly wordLengthsOfFirst: { readonly factors: number; readonly wordLengths: number[] };
  }[];
  readonly projectionsOfPb12: { readonly rank: number; readonly efficiencies: number[] };
  readonly optimal: readonly {
    readonly levels: number[];
    readonly forbid: [number, number][][];
    readonly runs: number;
    readonly effects: number[][];
    readonly efficiency: number;
  }[];
}

/** Brute-force values of test/reference/designs.py. */
export const reference = JSON.parse(
  readFileSync(new URL("../../reference/designs.json", import.meta.url), "utf8"),
) as Reference;
