/**
 * Marsaglia and Tsang's d and c of the first `shapes` parameters of each action, in a row; d is NaN for a shape below 1,
 * which their sampler cannot take.
 */
export function gammaConstants(parameters: readonly (readonly number[])[], shapes: number): number[] {
  const constants: number[] = [];
  for (const row of parameters) {
    for (let j = 0; j < shapes; j++) {
      const d = row[j]! < 1 ? Number.NaN : row[j]! - 1 / 3;
      constants.push(d, 1 / Math.sqrt(9 * d));
    }
  }
  return constants;
}
