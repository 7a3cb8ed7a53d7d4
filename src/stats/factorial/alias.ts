import type { Column } from "./terms.js";

/** `A`, `A:B` … */
function nameOf(column: Column): string {
  return column.factors.length === 0 ? "mean" : column.factors.join(":");
}

/**
 * Splits a design's columns into those that can be fitted and those that follow from them: lower orders first, each
 * column is kept when the kept ones leave something of it.
 * @returns the kept columns, and beside each the names of the columns that follow from it alone or with others
 * @source Box, Hunter & Hunter (2005), Statistics for Experimenters, ch. 6
 */
export function independentColumns(columns: readonly Column[]): {
  columns: readonly Column[];
  aliases: readonly (readonly string[])[];
} {
  const kept: Column[] = [];
  const aliases: string[][] = [];
  // Orthonormal directions of the kept columns, and each direction in terms of the kept columns.
  const basis: number[][] = [];
  for (const column of columns) {
    const size = Math.sqrt(column.codes.reduce((sum, code) => sum + code * code, 0));
    let rest = [...column.codes];
    // Twice, as one pass of Gram and Schmidt leaves rounding behind.
    for (let pass = 0; pass < 2; pass++)
      for (const direction of basis) {
        const along = rest.reduce((sum, value, i) => sum + value * (direction[i] as number), 0);
        rest = rest.map((value, i) => value - along * (direction[i] as number));
      }
    const left = Math.sqrt(rest.reduce((sum, value) => sum + value * value, 0));
    if (left > 1e-9 * size) {
      kept.push(column);
      aliases.push([]);
      basis.push(rest.map((value) => value / left));
      continue;
    }
    kept.forEach((other, k) => {
      const shared = other.codes.reduce((sum, code, i) => sum + code * (column.codes[i] as number), 0);
      if (Math.abs(shared) > 1e-9 * size) (aliases[k] as string[]).push(nameOf(column));
    });
  }
  return { columns: kept, aliases };
}
