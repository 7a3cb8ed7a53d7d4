import { bitCount } from "./bit-count.js";

/** First rows of Plackett and Burman's cyclic designs, + as 1; the other rows are their shifts and one of only 0. */
const firstRows: Readonly<Record<number, string>> = {
  4: "110",
  8: "1110100",
  12: "11011100010",
  16: "111101011001000",
  20: "1100111101010000110",
  24: "11111010110011001010000",
};

/** Runs that a Plackett–Burman design of this catalogue can have. */
export const plackettBurmanRuns = [4, 8, 12, 16, 20, 24] as const;

/**
 * Plackett and Burman's two-level design, the run of only zeros first.
 * @param runs  one of 4, 8, 12, 16, 20, 24
 * @returns rows of zeros and ones, runs - 1 columns
 * @source Plackett & Burman (1946), Biometrika 33
 */
export function plackettBurmanRows(runs: number): number[][] {
  const first = [...(firstRows[runs] as string)].map(Number);
  const shifts = first.map((_, by) =>
    first.map((_, i) => first[(i - by + first.length) % first.length] as number),
  );
  return [first.map(() => 0), ...shifts];
}

/**
 * Paley's second construction of a Hadamard matrix of order 2(q + 1), for a prime q that is 1 modulo 4.
 * @param q  13 (order 28) or 17 (order 36)
 * @returns normalized rows of zeros (+1) and ones (-1): first row and first column zero
 * @source Paley (1933), Journal of Mathematics and Physics 12
 */
export function paleyRows(q: number): number[][] {
  const squares = new Set(Array.from({ length: q - 1 }, (_, i) => ((i + 1) * (i + 1)) % q));
  const conference = (i: number, j: number): number => {
    if (i === j) return 0;
    if (i === 0 || j === 0) return 1;
    return squares.has((i - j + q) % q) ? 1 : -1;
  };
  const n = q + 1;
  const rows = Array.from({ length: 2 * n }, (_, row) =>
    Array.from({ length: 2 * n }, (_, column) => {
      const [i, j] = [row % n, column % n];
      // Blocks [C + I, C - I; C - I, -C - I].
      if (i === j) return row < n && column < n ? 1 : -1;
      return row < n || column < n ? conference(i, j) : -conference(i, j);
    }),
  );
  const byRow = rows.map((row) => row.map((value) => value * (row[0] as number)));
  return byRow.map((row) => row.map((value, j) => (value * (byRow[0]?.[j] as number) > 0 ? 0 : 1)));
}

/**
 * Sylvester's Hadamard matrix: the parity of the bits that row and column number share.
 * @param order  a power of two
 * @returns normalized rows of zeros and ones
 */
export function sylvesterRows(order: number): number[][] {
  return Array.from({ length: order }, (_, i) =>
    Array.from({ length: order }, (_, j) => bitCount(i & j) % 2),
  );
}
