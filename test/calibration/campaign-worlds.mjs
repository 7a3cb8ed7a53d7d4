// Worlds of known truth for what reports say of a campaign: who ignores what. Restated from textbook cases: a level exactly at
// the margin, an effect that is alike everywhere, unequal splits.
import { inLevels } from "./report-worlds.mjs";

const ignores = (level) => (report) =>
  (report.ignoring ?? []).some(({ cell }) => level === undefined || Object.values(cell).includes(level));

/** A cell is named whose true difference lies outside of the interval that is told. */
const outside = (truth) => (report) =>
  (report.ignoring ?? []).some(({ cell, interval: [low, high] }) => {
    const true_ = truth(Number(Object.values(cell)[0].slice(1)));
    return true_ < low || true_ > high;
  });

const levels = (count, n, p) => (smallest) =>
  inLevels(count, (at) => ({ n, p: p(at) }), [
    { key: "bought", type: "conversion", role: "goal", ...(smallest ? { smallest } : {}) },
  ]);

const group = "Who ignores what: where it is false";
const power = "Who ignores what: where it is true";
const replications = 2000;

/** One level is exactly at the smallest effect worth having, the others far beyond. */
const atMargin = [
  [4, [40_000, 40_000]],
  [12, [40_000, 40_000]],
  [4, [10_000, 90_000]],
].map(([count, n]) => ({
  key: `${count} levels of ${n.join("/")} at 10 %, lift +10 % (the smallest worth having) in one, +50 % elsewhere`,
  ...{ group, replications },
  draw: levels(count, n, (at) => [0.1, at === 0 ? 0.11 : 0.15])(0.1),
  statements: { "names that level": { say: ignores("l0"), atMost: 0.05 } },
}));

const alike = [
  [12, [5_000, 5_000], 0, "no effect"],
  [12, [5_000, 5_000], 0.04, "+4 points everywhere"],
].map(([count, n, effect, told]) => ({
  key: `${count} levels of ${n.join("/")} at 10 %, ${told}`,
  ...{ group, replications },
  draw: levels(count, n, () => [0.1, 0.1 + effect])(0.1),
  statements: { "names a level": { say: ignores(), atMost: 0.05 } },
}));

const unstated = [0.01, 0.02].map((effect) => ({
  key: `6 levels of 10000/10000 at 10 %, +${100 * effect} points in one, +5 elsewhere, nothing stated`,
  ...{ group, replications },
  draw: levels(6, [10_000, 10_000], (at) => [0.1, at === 0 ? 0.1 + effect : 0.15])(),
  statements: {
    "names a level, and leaves its effect out": {
      say: outside((at) => (at === 0 ? effect : 0.05)),
      atMost: 0.05,
    },
    "names that level": { say: ignores("l0") },
  },
}));

const true_ = [
  [4, 5_000],
  [4, 10_000],
  [4, 20_000],
  [4, 40_000],
  [12, 20_000],
].map(([count, n]) => ({
  key: `${count} levels of ${n}/${n} at 10 %, no effect in one, +5 points elsewhere`,
  group: power,
  replications: 500,
  draw: levels(count, [n, n], (at) => [0.1, at === 0 ? 0.1 : 0.15])(0.1),
  statements: {
    "names that level, 10 % worth having": { say: ignores("l0") },
    "names another": {
      say: (report) => (report.ignoring ?? []).some(({ cell }) => cell.level !== "l0"),
      atMost: 0.05,
    },
  },
}));
const trueUnstated = [2_000, 5_000, 10_000].map((n) => ({
  key: `4 levels of ${n}/${n} at 10 %, no effect in one, +5 points elsewhere, nothing stated`,
  group: power,
  replications: 500,
  draw: levels(4, [n, n], (at) => [0.1, at === 0 ? 0.1 : 0.15])(),
  statements: { "names that level": { say: ignores("l0") } },
}));

/** Every world, in the order of the page. */
export const campaignWorlds = [...atMargin, ...alike, ...unstated, ...true_, ...trueUnstated];
