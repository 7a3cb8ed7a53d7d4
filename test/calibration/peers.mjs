// Whole reports beside what other packages' methods say of the same draws: false calls, power, coverage, width.
import { analyze, fromCells } from "../../dist/analysis/index.js";
import { randomSource, sampleBinomial } from "../../dist/random/index.js";
import { amountPeers, bootstrapLiftTest, conversionPeers, exactSize } from "./peer-methods.mjs";
import { shipped, stopped } from "./report-worlds.mjs";

const ours = "essai’s report";
const bootstrap = "bootstrap-t of the log ratio, raw values";
const percent = (share) => (share === undefined ? "" : `${(100 * share).toFixed(2)} %`);

const widthOf = (estimate) =>
  estimate.status === "ok" ? estimate.interval[1] - estimate.interval[0] : Number.POSITIVE_INFINITY;

/** What the report says, as a method like the others. */
function reported(report) {
  const { difference, lift } = report.macro[0];
  return {
    gain: shipped(report),
    harm: stopped(report),
    widths: { difference: widthOf(difference.planned), lift: widthOf(lift.planned) },
    interval: lift.planned.status === "ok" ? lift.planned.interval : undefined,
  };
}

const fromPeer = ({ scale, test }, control, treatment) => {
  const { gain, harm, width, interval } = test(control, treatment);
  const widths = scale === null ? {} : { [scale]: width ?? Number.POSITIVE_INFINITY };
  return { gain, harm, widths, interval: scale === "lift" ? interval : undefined };
};

/** @returns what each method says of one draw, by name */
async function everyAnswer(kind, drawn, random, alone) {
  const { cells, experiment, dimensions, values } = drawn;
  const report = await analyze({ experiment, source: fromCells(cells), dimensions });
  const [control, treatment] = cells.cells.map(({ moments: [{ n, mean, comoment }] }) => ({
    n,
    mean: mean[0],
    m2: comoment[0],
  }));
  const peers = kind === "conversion" ? conversionPeers : amountPeers;
  const answers = [
    [ours, reported(report)],
    ...(alone ? [] : peers).map((peer) => [peer.name, fromPeer(peer, control, treatment)]),
  ];
  if (kind === "conversion") return new Map(answers);
  const test = (a, b) =>
    bootstrapLiftTest({ ...a, values: values[0] }, { ...b, values: values[1] }, random, sampleBinomial);
  return new Map([...answers, [bootstrap, fromPeer({ scale: "lift", test }, control, treatment)]]);
}

function median(list) {
  const sorted = list.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

/** Tallies of all methods over the draws of one case. */
async function judgeCase({ kind, lift = 0 }, { name: kase, replications, draw }, random, most) {
  const times = Math.min(replications, most ?? replications);
  const tallies = new Map();
  for (let i = 0; i < times; i++) {
    // How often the others call what is not there is not drawn but summed: see exactSize.
    const answers = await everyAnswer(kind, draw(random), random, kase === "null");
    for (const [name, answer] of answers) {
      const tally = tallies.get(name) ?? { gains: [], harms: [], difference: [], lift: [], covers: 0 };
      tallies.set(name, tally);
      tally.gains.push(answer.gain);
      tally.harms.push(answer.harm);
      for (const [scale, width] of Object.entries(answer.widths)) tally[scale].push(width);
      const [low, high] = answer.interval ?? [Number.NaN, Number.NaN];
      if (low <= lift && lift <= high) tally.covers++;
    }
  }
  const share = (list) => list.filter(Boolean).length / times;
  return new Map(
    [...tallies].map(([name, { gains, harms, difference, lift, covers }]) => [
      name,
      {
        ...{ times, gains, gain: share(gains), harm: share(harms) },
        harms,
        width: difference.length > 0 ? median(difference) : undefined,
        liftWidth: lift.length > 0 ? median(lift) : undefined,
        covered: lift.length > 0 ? covers / times : undefined,
      },
    ]),
  );
}

const error = (bar, times) => Math.sqrt((bar * (1 - bar)) / times);

/** Standard error of the difference between two shares of the same draws. */
function pairedError(a, b) {
  return Math.sqrt(a.filter((said, at) => said !== b[at]).length) / a.length;
}

const sizeBar = 0.0265;
const holdsSize = ({ gain, harm }) => Math.max(gain, harm) <= sizeBar;

/** A figure of ours with the bar that it is held to. */
const bar = (name, value, limit, held) => ({ name, value, limit, held });

function conversionBars({ units }, cases) {
  const balanced = units[0] === units[1];
  const none = cases.null;
  const own = none.get(ours);
  const size = ["gain", "harm"].map((side) =>
    bar(
      `false ${side === "gain" ? "ship" : "stop"}`,
      own[side],
      `≤ ${percent(sizeBar)}`,
      own[side] <= sizeBar + 3 * error(sizeBar, own.times),
    ),
  );
  const power = [
    ["gain", "gains", "gain"],
    ["loss", "harms", "harm"],
  ].map(([name, list, side]) => {
    const all = cases[name];
    const mine = all.get(ours);
    const rivals = [...all].filter(
      ([other]) =>
        other !== ours && (balanced ? holdsSize(none.get(other)) : other === conversionPeers[0].name),
    );
    const [best, theirs] = rivals.reduce((a, b) => (b[1][side] > a[1][side] ? b : a));
    const slack = (balanced ? 0.01 : 0) + 3 * pairedError(mine[list], theirs[list]);
    return bar(
      `power, ${name}`,
      mine[side],
      `≥ ${percent(theirs[side])}${balanced ? " − 1 point" : ""} (${best})`,
      mine[side] >= theirs[side] - slack,
    );
  });
  return [...size, ...power];
}

function revenueBars(only) {
  const [mine, theirs] = [only.get(ours), only.get(bootstrap)];
  if (theirs.covered < 0.93) return [];
  const limit = 1.15 * theirs.liftWidth;
  return [
    bar("width", mine.liftWidth, `width ≤ 1.15 × ${percent(theirs.liftWidth)}`, mine.liftWidth <= limit),
  ];
}

/** @returns the table's lines of one world, and its bars */
export async function judgePeers(world, seed, most) {
  const random = randomSource(`${seed}/peers/${world.key}`);
  const conversion = world.kind === "conversion";
  const cases = {};
  for (const each of world.cases) cases[each.name] = await judgeCase(world, each, random, most);
  if (conversion)
    for (const { name, test } of conversionPeers)
      cases.null.set(name, exactSize(test, world.units, world.rate));
  const bars = conversion ? conversionBars(world, cases) : revenueBars(cases.only);
  const told = bars
    .map(({ name, limit, held }) => `${conversion ? `${name} ` : ""}${limit} ${held ? "held" : "**missed**"}`)
    .join("; ");
  const first = cases[world.cases[0].name];
  const lines = [...first.keys()].map((name, at) => {
    const label = at > 0 ? "" : conversion ? `${world.key}; ${world.about}` : world.key;
    const own = first.get(name);
    const figures = conversion
      ? [
          own.gain,
          own.harm,
          cases.gain.get(name).gain,
          cases.loss.get(name).harm,
          cases.gain.get(name).width,
          cases.gain.get(name).liftWidth,
        ]
      : [own.gain, own.harm, own.covered, own.liftWidth];
    const shown = figures.map((figure) => (figure === Number.POSITIVE_INFINITY ? "∞" : percent(figure)));
    return `| ${[label, name, ...shown, at === 0 ? told : ""].join(" | ")} |`;
  });
  return { lines, bars };
}

/** Headings of both tables. */
export const peerHeads = {
  conversion: [
    "",
    "## Conversions beside the methods of others",
    "",
    "The same draws, read by the formulas that other packages take by default (`test/calibration/peer-methods.mjs`), one-sided",
    "at 2.5 % on either side: ship and stop of the report; of a method, that its test shows a gain or a loss. False calls: where",
    "there is no effect, the report’s in 10,000 draws, the methods’ summed exactly over all tables. Power and median widths (of a",
    "difference in points, of a lift in percent of the control): with an effect, 3,000 draws; fewer where the head of this page",
    "says so. Bars of power: in balanced worlds within 1 point of the best method whose false calls are at most 2.65 % on both",
    "sides there, at unequal splits no less than Fisher’s mid-p, within three Monte-Carlo errors of the difference on the same",
    "draws. Barnard’s exact test, which tea-tasting takes for small samples, is left out: it maximizes over a rate for each table.",
    "",
    "| world | method | false ship | false stop | power, gain | power, loss | width | width of the lift | bar |",
    "|---|---|---:|---:|---:|---:|---:|---:|---|",
  ],
  revenue: [
    "",
    "## Skewed revenue beside the methods of others",
    "",
    "400 draws per world; the bootstrap-t, 499 resamples, reads the raw amounts, all others their moments. A method’s calls are false",
    "only where there is no effect. The bar holds where the bootstrap-t covers at least 93 %.",
    "",
    "| world | method | ship | stop | lift covered | width of the lift | bar |",
    "|---|---|---:|---:|---:|---:|---|",
  ],
};
