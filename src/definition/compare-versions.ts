const pattern = /^(\d{1,15})(?:\.(\d{1,15}))?(?:\.(\d{1,15}))?(?:-([\w.-]+))?(?:\+[\w.-]+)?$/;

/**
 * Orders two semantic versions; a missing minor or patch number is 0, build metadata does not count.
 * @param a  anything
 * @param b  a version
 * @returns negative, zero or positive; NaN when either is no version
 * @source semver.org 2.0.0, item 11
 */
export function compareVersions(a: unknown, b: string): number {
  const left = typeof a === "string" && pattern.exec(a);
  const right = pattern.exec(b);
  if (!left || !right) return Number.NaN;
  for (let i = 1; i < 4; i++) {
    const difference = Number(left[i] ?? 0) - Number(right[i] ?? 0);
    if (difference) return difference;
  }
  // A version without a pre-release comes after all of its pre-releases.
  if (!left[4] || !right[4]) return Number(!left[4]) - Number(!right[4]);
  const [x, y] = [left[4].split("."), right[4].split(".")];
  for (let i = 0; i < x.length && i < y.length; i++) {
    const [p, q] = [x[i]!, y[i]!];
    if (p === q) continue;
    const [m, n] = [Number(/\D/.test(p) || Infinity), Number(/\D/.test(q) || Infinity)];
    if (m !== n) return n > m ? 1 : -1;
    return m === 1 ? (p < q ? -1 : 1) : Number(p) - Number(q);
  }
  return x.length - y.length;
}
