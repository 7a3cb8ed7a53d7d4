/**
 * The normal deviate about as rare as a t statistic: Hill's expansion, as Alexander and Govern use it.
 * @param t   statistic
 * @param df  degrees of freedom, > ½
 * @source Hill (1970), Communications of the ACM 13, algorithm 395; Alexander & Govern (1994), J. Educ. Stat. 19, eq. 9
 */
export function normalDeviate(t: number, df: number): number {
  const a = df - 0.5;
  const b = 48 * a * a;
  const c = Math.sqrt(a * Math.log1p((t * t) / df));
  const c2 = c * c;
  const first = (c2 * c + 3 * c) / b;
  const second =
    (4 * c2 * c2 * c2 * c + 33 * c2 * c2 * c + 240 * c2 * c + 855 * c) /
    (10 * b * b + 8 * b * c2 * c2 + 1000 * b);
  return Math.sign(t) * (c + first - second);
}
