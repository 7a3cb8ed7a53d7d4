import { atMost } from "./baseline.js";
import { type CodeTable, histogramsOf, passedBy, type TableTest } from "./code-table.js";
import { byteAt, floatAt, placeAt } from "./number-at.js";

const folds = 5;
const rounds = 30;
const rate = 0.1;
const mostLearned = 100_000;
/** Units that a leaf must have. */
const leastInLeaf = 100;

/** A tree of two tests one after the other: four leaves. */
interface BoostedTree {
  readonly test: TableTest;
  readonly pass: Leaf | Branch;
  readonly fail: Leaf | Branch;
}
interface Leaf {
  readonly value: number;
}
interface Branch {
  readonly test: TableTest;
  readonly pass: Leaf;
  readonly fail: Leaf;
}

const passes = ({ attribute, literal }: TableTest, i: number): boolean =>
  literal.bins[byteAt(attribute.codes, i)] === true;

/** The test that lowers squared error most, from the histograms of some units' rests; undefined where none has units enough. */
function bestTest(table: CodeTable, units: Int32Array, rest: Float64Array): TableTest | undefined {
  const histograms = histogramsOf(table, units, rest);
  const n = units.length;
  let total = 0;
  for (const i of units) total += floatAt(rest, i);
  let best: TableTest | undefined;
  let most = (total * total) / n + 1e-12;
  for (const test of table.tests) {
    const { count, sum } = passedBy(test, histograms);
    if (count < leastInLeaf || n - count < leastInLeaf) continue;
    const explained = (sum * sum) / count + ((total - sum) * (total - sum)) / (n - count);
    if (explained > most) [best, most] = [test, explained];
  }
  return best;
}

const leafOf = (units: Int32Array, rest: Float64Array): Leaf => {
  let sum = 0;
  for (const i of units) sum += floatAt(rest, i);
  return { value: (rate * sum) / (units.length + leastInLeaf) };
};

function branchOf(table: CodeTable, units: Int32Array, rest: Float64Array): Leaf | Branch {
  const test = bestTest(table, units, rest);
  if (!test) return leafOf(units, rest);
  const [inside, outside] = [units.filter((i) => passes(test, i)), units.filter((i) => !passes(test, i))];
  return { test, pass: leafOf(inside, rest), fail: leafOf(outside, rest) };
}

function toldBy(tree: BoostedTree, i: number): number {
  const side = passes(tree.test, i) ? tree.pass : tree.fail;
  if (!("test" in side)) return side.value;
  return (passes(side.test, i) ? side.pass : side.fail).value;
}

/**
 * Boosted trees of two tests, for each fold fitted on the units of the others: what they expect of each unit, beside its mean.
 * @param goal   of each unit: what is to be told
 * @param units  places to learn from and to tell of
 * @param fold   of each unit, below 5
 * @source Friedman (2001), Annals of Statistics 29
 */
export function boostedOf(
  table: CodeTable,
  goal: Float64Array,
  { units, fold }: { units: Int32Array; fold: Uint8Array },
): Float64Array {
  const told = new Float64Array(goal.length);
  for (let held = 0; held < folds; held++) {
    const learned = atMost(
      units.filter((i) => byteAt(fold, i) !== held),
      mostLearned,
    );
    const others = units.filter((i) => byteAt(fold, i) === held);
    let mean = 0;
    for (const i of learned) mean += floatAt(goal, i) / learned.length;
    const rest = goal.map((each) => each - mean);
    for (const i of others) told[i] = mean;
    for (let round = 0; round < rounds; round++) {
      const test = bestTest(table, learned, rest);
      if (!test) break;
      const tree = {
        test,
        pass: branchOf(
          table,
          learned.filter((i) => passes(test, i)),
          rest,
        ),
        fail: branchOf(
          table,
          learned.filter((i) => !passes(test, i)),
          rest,
        ),
      };
      for (let k = 0; k < learned.length; k++) {
        const i = placeAt(learned, k);
        rest[i] = floatAt(rest, i) - toldBy(tree, i);
      }
      for (const i of others) told[i] = floatAt(told, i) + toldBy(tree, i);
    }
  }
  return told;
}
