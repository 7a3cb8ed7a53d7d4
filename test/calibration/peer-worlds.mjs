// Worlds in which whole reports and the methods of others read the same draws.
import { conversions, revenueOf } from "./report-worlds.mjs";

const conversionWorlds = [
  [[500, 500], 0.1, 0.16, 0.05],
  [[2000, 2000], 0.05, 0.069, 0.033],
  [[5000, 5000], 0.02, 0.0275, 0.0135],
  [[1000, 9000], 0.02, 0.033, 0.009],
  [[200, 1800], 0.1, 0.165, 0.045],
  [[5000, 45_000], 0.01, 0.0145, 0.006],
  [[9000, 1000], 0.02, 0.033, 0.009],
  [[1800, 200], 0.1, 0.165, 0.045],
  [[45_000, 5000], 0.01, 0.0145, 0.006],
].map(([units, rate, more, less]) => ({
  key: `conversion ${units.join("/")} at ${100 * rate} %`,
  kind: "conversion",
  units,
  rate,
  cases: [
    { name: "null", replications: 10_000, draw: conversions(units, [[rate, rate]]) },
    { name: "gain", replications: 3000, draw: conversions(units, [[rate, more]]) },
    { name: "loss", replications: 3000, draw: conversions(units, [[rate, less]]) },
  ],
  about: `gain: ${Number((100 * more).toFixed(2))} %, loss: ${Number((100 * less).toFixed(2))} %`,
}));

const revenueWorlds = [
  [500, 4500],
  [1000, 9000],
  [4500, 500],
  [9000, 1000],
  [500, 500],
].flatMap((units) =>
  [
    [0, "amounts"],
    [0.25, "buyers"],
    [-0.4, "amounts"],
  ].map(([lift, way]) => ({
    key: `revenue ${units.join("/")}, ${lift === 0 ? "no effect" : `lift ${lift} through ${way}`}`,
    kind: "revenue",
    lift,
    cases: [{ name: "only", replications: 400, draw: revenueOf(units, lift, way) }],
  })),
);

/** Every world of the comparison with other packages' methods. */
export const peerWorlds = [...conversionWorlds, ...revenueWorlds];
