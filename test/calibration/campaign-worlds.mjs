// Worlds of known truth for what reports say of a campaign: who ignores what, and what changes along an order. Restated from textbook cases: a level exactly at
// the margin, an effect that is alike everywhere, unequal splits.
import { inLevels } from "./report-worlds.mjs";
import { timeWorlds } from "./time-worlds.mjs";

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

/** Levels with an order; the report's series of a variant's value or of the effect. */
const along = (count, n, p, randomized = false) => {
  const draw = inLevels(count, (at) => ({ n, p: p(at) }));
  return (random) => {
    const made = draw(random);
    const levels = Array.from({ length: count }, (_, at) => `l${at}`);
    return { ...made, cells: { ...made.cells, ordered: { level: { levels, randomized } } } };
  };
};
const told = (report) =>
  report.findings.filter(({ kind }) => kind === "trend").map(({ evidence }) => evidence);
const ofEffect = ({ of }) => "contrast" in of;
const says = (test) => (report) => told(report).some(test);

const steady = "What changes along an order: where nothing does";
const moving = "What changes along an order: where it does";
const still = [
  [8, [1000, 1000], 0.1, 0],
  [8, [1000, 1000], 0.1, 0.03],
  [12, [500, 500], 0.05, 0],
  [12, [450, 50], 0.25, 0],
  [6, [9000, 1000], 0.02, 0],
  [30, [300, 300], 0.1, 0],
].map(([count, n, p, effect]) => ({
  key: `${count} levels in order of ${n.join("/")} at ${100 * p} %, ${effect ? `+${100 * effect} points everywhere` : "no effect"}`,
  ...{ group: steady, replications },
  draw: along(count, n, () => [p, p + effect]),
  statements: {
    "says that anything changes": { say: (report) => told(report).length > 0, atMost: 0.05 },
    "says that the effect changes": { say: says(ofEffect), atMost: 0.05 },
  },
}));

/** After the fifth of ten levels the rate is halved, or the effect gone. */
const halved = [500, 1000, 2000].map((n) => ({
  key: `10 levels in order of ${n}/${n}, clicks 10 % up to the fifth and 5 % after it`,
  ...{ group: moving, replications: 500 },
  draw: along(10, [n, n], (at) => (at < 5 ? [0.1, 0.1] : [0.05, 0.05])),
  statements: {
    "says that clicks change after a level": {
      say: says((each) => !ofEffect(each) && each.shows === "change" && each.change.range !== undefined),
    },
    "names the fifth": { say: says((each) => !ofEffect(each) && each.change.after === "l4") },
    "says a range, and leaves the fifth out": {
      say: says(
        ({ of, change: { range } }) =>
          "variant" in of && range && (Number(range[0].slice(1)) > 4 || Number(range[1].slice(1)) < 4),
      ),
      // Two variants, each with a range of its own.
      atMost: 0.1,
    },
    "says that the effect changes": { say: says(ofEffect), atMost: 0.05 },
  },
}));
const fading = [2000, 5000].flatMap((n) =>
  [
    ["gone after the fifth", (at) => (at < 5 ? 0.04 : 0)],
    ["fading by half a point per level", (at) => 0.045 - 0.005 * at],
  ].map(([how, effect]) => ({
    key: `10 levels in order of ${n}/${n} at 10 %, an effect ${how}`,
    ...{ group: moving, replications: 500 },
    draw: along(10, [n, n], (at) => [0.1, 0.1 + effect(at)], true),
    statements: {
      "says that the effect changes": { say: says(ofEffect) },
      "as a change after a level": { say: says((each) => ofEffect(each) && each.shows === "change") },
      "as a trend": { say: says((each) => ofEffect(each) && each.shows === "trend") },
      "says that control changes": {
        say: says(({ of }) => of.variant === "control"),
        atMost: 0.05,
      },
    },
  })),
);

/** Every world, in the order of the page. */
export const campaignWorlds = [
  ...atMargin,
  ...alike,
  ...unstated,
  ...true_,
  ...trueUnstated,
  ...still,
  ...halved,
  ...fading,
  ...timeWorlds,
];
