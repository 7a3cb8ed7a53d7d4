// Worlds of known truth for whole reports: how an experiment is drawn, what its report then says, and how often it may.
// Restated from the literature's usual cases: unequal splits, thin cells, skewed amounts, many tests.
import { defineExperiment } from "../../dist/index.js";
import { sampleBinomial, sampleLognormal, sampleNormal } from "../../dist/random/index.js";

const fewExpected = 10;

/** @returns a cell of conversions */
const hits = (variant, levels, n, x) => ({
  variant,
  definitionVersion: 1,
  levels,
  units: n,
  moments: [{ n, names: ["value"], mean: [x / n], comoment: [x * (1 - x / n)] }],
});

/** @returns moments of amounts, of which the last `zeros` are zero */
function amounts(variant, levels, n, values) {
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  const zeros = n - values.length;
  const power = (k) => values.reduce((sum, x) => sum + (x - mean) ** k, 0) + zeros * (-mean) ** k;
  const nonzero = values.filter((x) => x !== 0).length;
  const max = Math.max(0, ...values);
  const moments = { n, names: ["value"], mean: [mean], comoment: [power(2)], m3: [power(3)] };
  return {
    variant,
    definitionVersion: 1,
    levels,
    units: n,
    moments: [{ ...moments, nonzero: [nonzero], max: [max] }],
  };
}

/** Joins the cells of several metrics of the same units. */
const together = (cells) => ({ ...cells[0], moments: cells.flatMap(({ moments }) => moments) });

const goal = { key: "bought", type: "conversion", role: "goal" };

/** An experiment of arms with these numbers of units. */
export function experiment(units, metrics = [goal]) {
  const total = units.reduce((sum, each) => sum + each, 0);
  const names = ["control", ...units.slice(1).map((_, at) => `treatment${at + 1}`)];
  return defineExperiment({
    key: "calibrated",
    unit: "unit",
    control: "control",
    variants: Object.fromEntries(names.map((name) => [name, null])),
    allocation: Object.fromEntries(names.map((name, at) => [name, units[at] / total])),
    metrics,
    plan: { looks: 1 },
  });
}

/** What a world draws: cells beside their experiment. */
export const source = (definition, dimensions, cells) => ({
  experiment: definition,
  dimensions,
  cells: {
    format: "essai.cells/1",
    experiment: definition.key,
    dimensions,
    metrics: definition.metrics.map(({ key }) => key),
    cells,
    excluded: {},
  },
});

const namesOf = ({ variants, control }) => [
  control,
  ...variants.map(({ key }) => key).filter((key) => key !== control),
];

/** Conversions of each arm, one metric after the other; `rates[metric][arm]`. */
export function conversions(units, rates, metrics) {
  const definition = experiment(units, metrics);
  const names = namesOf(definition);
  const draw = (random) =>
    source(
      definition,
      [],
      units.map((n, arm) =>
        together(rates.map((rate) => hits(names[arm], [], n, sampleBinomial(random, n, rate[arm])))),
      ),
    );
  return draw;
}

/** Conversions in the levels of one dimension; `level(at)` gives units and rates of control and treatment. */
export function inLevels(count, level, metrics) {
  const all = Array.from({ length: count }, (_, at) => level(at));
  const units = [0, 1].map((side) => all.reduce((sum, { n }) => sum + n[side], 0));
  const definition = experiment(units, metrics);
  const names = namesOf(definition);
  return (random) =>
    source(
      definition,
      ["level"],
      all.flatMap(({ n, p }, at) =>
        [0, 1].map((side) =>
          hits(names[side], [`l${at}`], n[side], sampleBinomial(random, n[side], p[side])),
        ),
      ),
    );
}

export const shipped = (report) => report.recommendation.variants.some(({ action }) => action === "ship");
export const stopped = (report) => report.recommendation.variants.some(({ action }) => action === "stop");
const differs = (report) => report.findings.some(({ kind }) => kind === "between");
const named = (report) => report.standingOut.length > 0;
const failed = (report) => report.checks.some(({ status }) => status === "failed");
const simpson = (report) => report.stratified.some(({ agreement }) => agreement === "simpson");
/** A cell is called different where its own screen says that levels are alike. */
const contradicts = (report) => named(report) && !differs(report) && report.dimensions.length === 1;

const verdicts = (bar) => ({
  ship: { say: shipped, atMost: bar },
  stop: { say: stopped, atMost: bar },
  "shares failed": { say: failed, atMost: 0.001 },
});
const micro = {
  "differs between levels": { say: differs, atMost: 0.05 },
  "names a cell": { say: named, atMost: 0.05 },
  "contradicts itself": { say: contradicts, atMost: 0 },
  Simpson: { say: simpson, atMost: 0.05 },
};

const splits = [
  [10, 90, 0.05],
  [50, 450, 0.02],
  [100, 900, 0.05],
  [500, 4500, 0.01],
  [1000, 9000, 0.01],
  [5000, 45000, 0.01],
  [100, 9900, 0.02],
  [1000, 99000, 0.02],
  [2500, 7500, 0.02],
];
const conversionNulls = [
  ...splits,
  ...splits.map(([control, treatment, p]) => [treatment, control, p]),
  [500, 500, 0.02],
  [5000, 5000, 0.02],
].map(([control, treatment, p]) => ({
  key: `conversion ${control}/${treatment} at ${100 * p} %`,
  group: "One goal, no effect",
  replications: 10_000,
  draw: conversions([control, treatment], [[p, p]]),
  statements: verdicts(Math.min(control, treatment) * p < fewExpected ? 0.035 : 0.0265),
}));

const several = [
  [1000, 1000, 1000, 1000],
  [5000, 500, 500, 500],
  [500, 2000, 2000],
].map((units) => ({
  key: `${units.length - 1} treatments, ${units.join("/")} at 3 %`,
  group: "Several treatments and metrics, no effect",
  replications: 10_000,
  draw: conversions(units, [units.map(() => 0.03)]),
  statements: verdicts(0.0265),
}));

const metric = (key, role, more = {}) => ({ key, type: "conversion", role, ...more });
const fiveMetrics = [
  ...["a", "b", "c"].map((key) => metric(key, "goal")),
  ...["d", "e"].map((key) => metric(key, "guardrail", { better: "lower", margin: 0.1 })),
];
const three = {
  key: "three goals and two guardrails, 1000/9000 at 5 %",
  group: "Several treatments and metrics, no effect",
  replications: 10_000,
  draw: conversions(
    [1000, 9000],
    fiveMetrics.map(() => [0.05, 0.05]),
    fiveMetrics,
  ),
  statements: verdicts(0.05),
};

const levels = [
  {
    key: "24 cells of 50/450 at 5 %",
    draw: inLevels(24, () => ({ n: [50, 450], p: [0.05, 0.05] })),
  },
  {
    key: "24 cells of 450/50 at 5 %",
    draw: inLevels(24, () => ({ n: [450, 50], p: [0.05, 0.05] })),
  },
  {
    key: "ten levels of 900/100, lift +15 % everywhere",
    draw: inLevels(10, () => ({ n: [900, 100], p: [0.05, 0.0575] })),
  },
  {
    key: "seven days of 66/1614, +1.52 points everywhere",
    draw: inLevels(7, (at) => {
      const p = [0.019, 0.038, 0.0172, 0.0268, 0.0179, 0.0317, 0.0313][at];
      return { n: [66, 1614], p: [p - 0.0152, p] };
    }),
  },
].map((world) => ({ ...world, group: "Levels that are alike", replications: 400, statements: micro }));

const oneOfTwelve = {
  key: "+4 points in one channel of twelve, 1000/1000 at 10 %",
  group: "Levels that are not alike",
  replications: 400,
  draw: inLevels(12, (at) => ({ n: [1000, 1000], p: [0.1, at === 0 ? 0.14 : 0.1] })),
  statements: {
    "differs between levels": { say: differs },
    "names a cell": { say: named },
    // The others differ from their rest, which holds the one that reacts, by a third of a point: no bar.
    "names another cell": {
      say: (report) => report.standingOut.some((at) => report.micro[at].cell.level !== "l0"),
    },
    "contradicts itself": { say: contradicts, atMost: 0 },
  },
};

/** Cells by two dimensions; `cell(row, column)` gives units and rates of control and treatment. */
function inCells(rows, columns, cell) {
  const all = Array.from({ length: rows * columns }, (_, at) => {
    const [row, column] = [Math.floor(at / columns), at % columns];
    return { levels: [`r${row}`, `c${column}`], ...cell(row, column) };
  });
  const units = [0, 1].map((side) => all.reduce((sum, { n }) => sum + n[side], 0));
  const definition = experiment(units);
  const names = namesOf(definition);
  return (random) =>
    source(
      definition,
      ["row", "column"],
      all.flatMap(({ levels, n, p }) =>
        [0, 1].map((side) => hits(names[side], levels, n[side], sampleBinomial(random, n[side], p[side]))),
      ),
    );
}

const crossedCell = ({ cell }) => Object.keys(cell).length > 1;
const screenOpens = (report) => report.screens.some(({ opens }) => opens);
const namedCrossed = (report) => report.standingOut.filter((at) => crossedCell(report.micro[at]));
/** A crossed cell is called different where the screen of its grain says that cells are alike. */
const crossedContradicts = (report) => namedCrossed(report).length > 0 && !screenOpens(report);

const crossed = [
  {
    key: "4 × 3 cells of 500/500, +3 points everywhere on baselines of 8 to 14 %",
    group: "Crossed cells that are alike",
    draw: inCells(4, 3, (row) => ({ n: [500, 500], p: [0.08 + 0.02 * row, 0.11 + 0.02 * row] })),
  },
  {
    key: "6 × 4 cells of 450/50 at 10 %",
    group: "Crossed cells that are alike",
    draw: inCells(6, 4, () => ({ n: [450, 50], p: [0.1, 0.1] })),
  },
  {
    key: "4 × 3 cells of 2000/2000 at 10 %, +5 points where first row and first column meet, −5 where second ones do",
    group: "Crossed cells that are not alike",
    draw: inCells(4, 3, (row, column) => ({
      n: [2000, 2000],
      p: [0.1, row !== column || row > 1 ? 0.1 : row === 0 ? 0.15 : 0.05],
    })),
  },
].map((world, at) => {
  const alike = at < 2 ? { atMost: 0.05 } : {};
  const others = (report) =>
    namedCrossed(report).some((i) => {
      const { row, column } = report.micro[i].cell;
      return !["r0c0", "r1c1"].includes(row + column);
    });
  return {
    ...world,
    replications: 1000,
    statements: {
      "crossed screen opens": { say: screenOpens, ...alike },
      "names a crossed cell": { say: (report) => namedCrossed(report).length > 0, ...alike },
      // The plan's correction bounds the share of false names among all named, not the chance of one: no bar.
      ...(at < 2 ? {} : { "names another crossed cell": { say: others } }),
      "contradicts itself": { say: crossedContradicts, atMost: 0 },
    },
  };
});

const normals = [
  [4, 20],
  [10, 20],
  [20, 50],
].map(([n, count]) => {
  const spend = { key: "spend", type: "mean", role: "goal" };
  const definition = experiment([n * count, n * count], [spend]);
  const names = namesOf(definition);
  const values = (random) => Array.from({ length: n }, () => 10 + sampleNormal(random));
  return {
    key: `${count} levels of ${n}/${n} normal amounts`,
    group: "Levels that are alike",
    replications: 400,
    draw: (random) =>
      source(
        definition,
        ["level"],
        Array.from({ length: count }, (_, at) => at).flatMap((at) =>
          names.map((name) => amounts(name, [`l${at}`], n, values(random))),
        ),
      ),
    statements: { "differs between levels": micro["differs between levels"] },
  };
});

const spend = { key: "spend", type: "mean", role: "goal" };
/** What the buyers among n units spend: log-normal (3, 1.2), times a factor. */
const spending = (random, n, rate, factor = 1) =>
  Array.from({ length: sampleBinomial(random, n, rate) }, () => factor * sampleLognormal(random, 3, 1.2));

/** Revenue of equal levels: 5 % buyers, log-normal (3, 1.2). */
const revenueLevels = [
  [50, 450, 24],
  [1000, 9000, 6],
  [2000, 18000, 6],
  [2000, 2000, 6],
].map(([control, treatment, count]) => {
  const units = [control, treatment];
  const definition = experiment(
    units.map((n) => n * count),
    [spend],
  );
  const names = namesOf(definition);
  return {
    key: `${count} levels of ${control}/${treatment} with equal revenue`,
    group: "Levels that are alike",
    replications: 400,
    draw: (random) =>
      source(
        definition,
        ["level"],
        Array.from({ length: count }, (_, at) => at).flatMap((at) =>
          names.map((name, side) => {
            return amounts(name, [`l${at}`], units[side], spending(random, units[side], 0.05));
          }),
        ),
      ),
    statements: { ...micro, ...verdicts(0.0265) },
  };
});

/**
 * Revenue of 5 % buyers, log-normal (3, 1.2), and what each arm's buyers spent.
 * @param lift  of the treatment
 * @param way   whether it comes through "buyers" or through "amounts"
 */
export function revenueOf(units, lift, way) {
  const definition = experiment(units, [spend]);
  const names = namesOf(definition);
  return (random) => {
    const values = units.map((n, side) => {
      const times = side === 1 ? 1 + lift : 1;
      const rate = 0.05 * (way === "buyers" ? times : 1);
      return spending(random, n, rate, way === "amounts" ? times : 1);
    });
    const cells = units.map((n, side) => amounts(names[side], [], n, values[side]));
    return { ...source(definition, [], cells), values };
  };
}

/** The effect comes through buyers or through amounts. */
const revenue = [
  [500, 4500],
  [1000, 9000],
  [4500, 500],
  [9000, 1000],
  [1800, 200],
  [500, 500],
].flatMap((units) =>
  [
    [0, "amounts"],
    [-0.4, "buyers"],
    [-0.4, "amounts"],
    [0.25, "buyers"],
    [0.25, "amounts"],
  ].map(([lift, way]) => {
    const liftOf = (report) => report.macro[0].lift.planned;
    const covers = (report) => {
      const estimate = liftOf(report);
      return estimate.status === "ok" && estimate.interval[0] <= lift && lift <= estimate.interval[1];
    };
    return {
      key: `revenue ${units.join("/")}, lift ${lift} through ${way}`,
      group: "Skewed revenue",
      replications: 1000,
      draw: revenueOf(units, lift, way),
      statements: {
        ...(lift === 0
          ? { ship: { say: shipped, atMost: 0.0265 }, stop: { say: stopped, atMost: 0.0265 } }
          : {}),
        "lift covered": { say: covers, atLeast: 0.93, atMost: 0.97 },
        unbounded: { say: (report) => liftOf(report).status === "unbounded" },
      },
    };
  }),
);

const risky = [metric("bought", "goal"), metric("kept", "guardrail", { margin: 0.05 })];
const risk = [
  {
    key: "a goal gains 15 %, a guardrail loses 7 % of a margin of 5 %",
    draw: conversions(
      [5000, 5000],
      [
        [0.1, 0.115],
        [0.3, 0.279],
      ],
      risky,
    ),
  },
  {
    key: "the same beside eight diagnostics",
    draw: conversions(
      [5000, 5000],
      [[0.1, 0.115], [0.3, 0.279], ...Array.from({ length: 8 }, () => [0.1, 0.1])],
      [...risky, ...Array.from({ length: 8 }, (_, at) => metric(`d${at}`, "diagnostic"))],
    ),
  },
].map((world) => ({
  ...world,
  group: "Gain at a price",
  statements: { ship: { say: shipped, atMost: 0.0265 }, stop: { say: stopped } },
}));

/** Every world; `replications` default 3,000. */
export const reportWorlds = [
  ...conversionNulls,
  ...several,
  three,
  ...levels,
  ...normals,
  ...revenueLevels,
  oneOfTwelve,
  ...crossed,
  ...revenue,
  ...risk,
];
