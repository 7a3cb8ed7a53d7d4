import { sylvesterRows } from "./hadamard.js";

/**
 * A difference scheme: the difference of any two columns holds every element of the group equally often.
 * Entries are elements of a group of `levels` elements; the first row holds zeros only.
 */
export interface DifferenceScheme {
  readonly levels: number;
  readonly rows: readonly (readonly number[])[];
}

/** Addition in the groups used: integers modulo 2, 3 and 5, and pairs of bits for 4. */
export function groupSum(levels: number, a: number, b: number): number {
  return levels === 4 ? a ^ b : (a + b) % levels;
}

/** Product of polynomials over GF(2), written as bits, modulo an irreducible one. */
function bitProduct(a: number, b: number, modulus: number): number {
  const degree = 31 - Math.clz32(modulus);
  let product = 0;
  for (let bit = 0; bit < degree; bit++) if ((b >> bit) & 1) product ^= a << bit;
  for (let bit = 2 * degree; bit >= degree; bit--)
    if ((product >> bit) & 1) product ^= modulus << (bit - degree);
  return product;
}

const table = (order: number, entry: (a: number, b: number) => number): number[][] =>
  Array.from({ length: order }, (_, a) => Array.from({ length: order }, (_, b) => entry(a, b)));

const digits = (lines: string): number[][] => lines.split(" ").map((line) => [...line].map(Number));

/** Two columns are enough of a scheme over two elements: constant, and half of each. */
const halves = (order: number): number[][] =>
  Array.from({ length: order }, (_, i) => [0, i < order / 2 ? 0 : 1]);

/** D(6, 6, 3), found by exhaustive search. */
const six = "000000 001221 010122 012210 021012 022101";

/** D(12, 12, 3), found by search among balanced words; its transpose is one too. */
const twelve = `000000000000 000211012212 001221221001 002101120122 010102212021 011120200212
  012010021221 012220112100 020122021110 021002111202 021011202120 022212100011`;

const transposed = (rows: readonly (readonly number[])[]): number[][] =>
  (rows[0] as readonly number[]).map((_, j) => rows.map((row) => row[j] as number));

/**
 * The schemes that the catalogue's arrays grow from; multiplication tables of Galois fields, whole or projected on a
 * subgroup, wherever there is one.
 * @param hadamard12  a normalized Hadamard matrix of order 12
 * @returns the schemes
 * @source Bose & Bush (1952), Annals of Mathematical Statistics 23; Hedayat, Sloane & Stufken (1999), chapter 6
 */
export function differenceSchemes(hadamard12: readonly (readonly number[])[]): DifferenceScheme[] {
  const nine = (a: number, b: number) => {
    // (a₁ + a₂ i)(b₁ + b₂ i) over GF(3) with i² = -1, its first part
    const [a1, a2, b1, b2] = [a % 3, Math.floor(a / 3), b % 3, Math.floor(b / 3)];
    return (a1 * b1 + 2 * a2 * b2) % 3;
  };
  return [
    ...[4, 8, 16].map((order) => ({ levels: 2, rows: sylvesterRows(order) })),
    { levels: 2, rows: hadamard12 },
    ...[6, 10, 14, 18].map((order) => ({ levels: 2, rows: halves(order) })),
    { levels: 3, rows: table(3, (a, b) => (a * b) % 3) },
    { levels: 3, rows: transposed(digits(six)) },
    { levels: 3, rows: table(9, nine) },
    { levels: 3, rows: transposed(digits(twelve.replace(/\s+/g, " "))) },
    { levels: 4, rows: table(4, (a, b) => bitProduct(a, b, 0b111)) },
    { levels: 4, rows: table(8, (a, b) => bitProduct(a, b, 0b1011) & 3) },
    { levels: 5, rows: table(5, (a, b) => (a * b) % 5) },
  ];
}
