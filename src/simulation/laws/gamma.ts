import { gammaQuantile } from "../../distributions/index.js";
import type { LawKind } from "./law-kind.js";

const settings = { shape: { kind: "number", above: 0 } } as const;

/**
 * The time until the last of `shape` events that come at random, also for shapes in between. By essai's own quantile:
 * jstat's starts its iteration from `Math.pow`, and what it returns differs between versions of Node.
 */
export const gamma: LawKind<typeof settings> = {
  settings,
  quantile: (p, { shape }) => gammaQuantile(p, shape) / shape,
  variance: ({ shape }) => 1 / shape,
};
