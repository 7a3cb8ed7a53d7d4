/** Integral of a smooth function by the trapezoidal rule; it has to vanish beyond both ends. */
export function trapezoid(f: (x: number) => number, from: number, to: number, step: number): number {
  let sum = 0;
  for (let x = from; x < to; x += step) sum += f(x);
  return sum * step;
}
