let rule: [node: number, weight: number][] | undefined;

/** Nodes and weights on [−1, 1], by Newton's method on the Legendre polynomial of degree 32. */
function nodes(): [number, number][] {
  const degree = 32;
  return Array.from({ length: degree }, (_, i) => {
    let x = Math.cos((Math.PI * (i + 0.75)) / (degree + 0.5));
    let slope = 0;
    for (let round = 0; round < 6; round++) {
      let before = 0;
      let value = 1;
      for (let k = 1; k <= degree; k++)
        [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
      slope = (degree * (x * value - before)) / (x * x - 1);
      x -= value / slope;
    }
    return [x, 2 / ((1 - x * x) * slope * slope)];
  });
}

/** Integral of a smooth function over [from, to], 32 points. */
export function gaussLegendre(f: (x: number) => number, from: number, to: number): number {
  const half = (to - from) / 2;
  let sum = 0;
  for (const [node, weight] of (rule ??= nodes())) sum += weight * f(from + half * (1 + node));
  return half * sum;
}
