declare module "jstat" {
  const jstat: {
    readonly normal: { cdf(x: number, mean: number, sd: number): number };
    readonly studentt: { cdf(x: number, df: number): number; inv(p: number, df: number): number };
    readonly beta: {
      cdf(x: number, a: number, b: number): number;
      inv(p: number, a: number, b: number): number;
    };
    readonly gamma: { cdf(x: number, shape: number, scale: number): number };
    readonly exponential: { inv(p: number, rate: number): number };
    readonly lognormal: { inv(p: number, mu: number, sigma: number): number };
    readonly chisquare: { cdf(x: number, df: number): number };
    readonly poisson: { cdf(k: number, rate: number): number };
    readonly noncentralt: { cdf(x: number, df: number, ncp: number): number };
    readonly tukey: { cdf(q: number, means: number, df: number): number };
  };
  export = jstat;
}
