// Worlds of known truth for what reports say of effects over days since exposure: units with a taste of their own that all their
// days share, unequal splits, rare orders, skewed amounts, and days on which everyone does less.

import { sampleBinomial, sampleGamma, sampleLognormal } from "../../dist/random/index.js";
import { MomentsAccumulator } from "../../dist/stats/index.js";
import { experiment, source } from "./report-worlds.mjs";

const days = 9;
const third = 3;

/**
 * Orders on each day: a unit's chance is its taste times the law's.
 * @param chance  (day, side) of an order
 * @param amounts whether orders have skewed amounts
 */
function ordered(units, chance, amounts = false) {
  const metrics = [{ key: "orders", type: amounts ? "mean" : "conversion", role: "goal", event: "order" }];
  const definition = experiment(units, metrics);
  const names = ["control", "treatment1"];
  return (random) => {
    const arms = units.map((n, side) => {
      const [both, whole] = [
        new MomentsAccumulator(["first", "last"], { m3: true, nonzero: true, max: true }),
        new MomentsAccumulator(["value"], { m3: true, nonzero: true, max: true }),
      ];
      for (let i = 0; i < n; i++) {
        const taste = sampleGamma(random, 2) / 2;
        const sums = [0, 0];
        let total = 0;
        for (let day = 0; day < days; day++) {
          const hit = sampleBinomial(random, 1, Math.min(1, taste * chance(day, side)));
          const value = hit === 0 ? 0 : amounts ? sampleLognormal(random, 3, 1) : 1;
          total += value;
          if (day < third) sums[0] += value / third;
          else if (day >= days - third) sums[1] += value / third;
        }
        both.push(sums);
        whole.push([amounts ? total : Math.min(1, total)]);
      }
      return { variant: names[side], definitionVersion: 1, both: both.moments(), whole: whole.moments() };
    });
    const drawn = source(
      definition,
      [],
      arms.map(({ variant, definitionVersion, whole }) => ({
        ...{ variant, definitionVersion, levels: [], units: whole.n, moments: [whole] },
      })),
    );
    const change = {
      ...{ kind: "change", metric: "orders", at: "" },
      arms: arms.map(({ variant, definitionVersion, both: moments }) => ({
        ...{ variant, definitionVersion, moments },
      })),
    };
    return { ...drawn, cells: { ...drawn.cells, time: { days, by: "day", slices: [change] } } };
  };
}

const changeOf = ({ overTime }) => overTime?.effects[0]?.change;
const says = (report) => report.findings.some(({ kind }) => kind === "over_time");
const inProportion = (report) => ["both", "lift"].includes(changeOf(report)?.on);
/** The wrong version: shown in the first days and not in the last is read as a change. */
const shownThenNot = (report) => {
  const change = changeOf(report);
  if (change?.status !== "ok") return false;
  const sure = ([low, high]) => low > 0 || high < 0;
  return sure(change.difference.firstInterval) && !sure(change.difference.lastInterval);
};

const [group, power] = ["Does the effect last: where it does", "Does the effect last: where it does not"];
const still = [
  [[500, 500], 0.05, 0, false],
  [[500, 500], 0.1, 0.2, false],
  [[200, 1800], 0.05, 0, false],
  [[1800, 200], 0.1, 0.2, false],
  [[1000, 1000], 0.01, 0, false],
  [[1000, 1000], 0.1, 0.2, true],
  [[300, 2700], 0.05, 0, true],
].map(([n, p, lift, amounts]) => ({
  key: `${n.join("/")} units, ${amounts ? "log-normal amounts of orders" : "orders"} at ${100 * p} % per day, lift ${100 * lift} % on every day`,
  ...{ group, replications: 400 },
  draw: ordered(n, (_, side) => p * (1 + lift * side), amounts),
  statements: {
    "says that the effect changes": { say: says, atMost: 0.05 },
    ...(lift ? { "wrong version: shown first, not shown last": { say: shownThenNot } } : {}),
  },
}));

/** Everyone orders less on later days: the lift stays, the difference shrinks. */
const declining = [
  [1000, 0.2],
  [4000, 0.3],
].map(([n, lift]) => ({
  key: `${n}/${n} units, orders falling from 20 % on the first day to 2 %, lift ${100 * lift} % on every day`,
  ...{ group, replications: 400 },
  draw: ordered([n, n], (day, side) => (0.2 / (day + 1)) * (1 + lift * side)),
  statements: {
    "says that the lift changes": { say: inProportion, atMost: 0.05 },
    "says that the difference changes, and the lift is not shown to": {
      say: (report) => changeOf(report)?.on === "difference",
    },
  },
}));

const wears = (day) => Math.exp(-day / 2);
const fading = [
  [500, 0.5],
  [1000, 0.5],
  [2000, 0.5],
  [5000, 0.2],
].map(([n, lift]) => ({
  key: `${n}/${n} units, orders at 10 % per day, lift ${100 * lift} % on the first day, e-fold less every two days`,
  ...{ group: power, replications: 200 },
  draw: ordered([n, n], (day, side) => 0.1 * (1 + lift * side * wears(day))),
  statements: {
    "says that the effect wears off": { say: (report) => changeOf(report)?.shows === "fades" },
    "as a lift, too": { say: inProportion },
  },
}));

/** Every world of effects over days since exposure. */
export const timeWorlds = [...still, ...declining, ...fading];
