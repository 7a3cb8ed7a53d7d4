/**
 * A symmetric d × d matrix as its packed lower triangle, row by row: (0,0), (1,0), (1,1), (2,0) …; length d(d+1)/2.
 * Plain arrays, so that matrices survive JSON.
 */
export type Packed = number[];

/**
 * Where an entry of a packed symmetric matrix lies.
 * @param row     0-based
 * @param column  0-based; order does not matter
 * @returns the entry's index in the packed array
 */
export function packedIndex(row: number, column: number): number {
  return row >= column ? (row * (row + 1)) / 2 + column : (column * (column + 1)) / 2 + row;
}

/**
 * The length of a packed matrix of a dimension.
 * @param dimension  d, integer ≥ 0
 * @returns d(d + 1) / 2
 */
export function packedLength(dimension: number): number {
  return (dimension * (dimension + 1)) / 2;
}

/**
 * Packs the lower triangle of a full matrix.
 * @param rows  d rows of d numbers; entries above the diagonal are not read
 * @returns packed lower triangle
 */
export function packSymmetric(rows: readonly (readonly number[])[]): Packed {
  return rows.flatMap((row, i) => row.slice(0, i + 1));
}

/**
 * Adds `weight · x xᵀ` to a packed matrix in place.
 * @param packed  packed lower triangle; at `offset` of a longer array if given
 * @param x       vector of length d
 * @param weight  default 1
 * @param offset  index of the matrix's first entry; default 0
 */
export function addOuterProduct(
  packed: number[] | Float64Array,
  x: ArrayLike<number>,
  weight = 1,
  offset = 0,
): void {
  let at = offset;
  for (let i = 0; i < x.length; i++) {
    const scaled = weight * (x[i] as number);
    if (scaled === 0) {
      at += i + 1;
      continue;
    }
    for (let j = 0; j <= i; j++, at++) packed[at] = (packed[at] as number) + scaled * (x[j] as number);
  }
}

/**
 * A packed symmetric matrix times a vector.
 * @param packed  packed lower triangle
 * @param x       vector of length d
 * @returns A x
 */
export function multiplySymmetric(packed: ArrayLike<number>, x: ArrayLike<number>): number[] {
  const d = x.length;
  const result = new Array<number>(d).fill(0);
  let at = 0;
  for (let i = 0; i < d; i++) {
    let sum = 0;
    const xi = x[i] as number;
    for (let j = 0; j < i; j++, at++) {
      const entry = packed[at] as number;
      sum += entry * (x[j] as number);
      result[j] = (result[j] as number) + entry * xi;
    }
    result[i] = (result[i] as number) + sum + (packed[at++] as number) * xi;
  }
  return result;
}
