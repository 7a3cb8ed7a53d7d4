declare module "seedrandom/lib/alea.js" {
  const alea: (seed: string | number) => () => number;
  export = alea;
}
