import type { Catalogue } from "../../core/catalogue.js";
import type { Definition } from "../../core/definition.js";
import { POINTS } from "../../core/points.js";
import { holdoutsOf } from "../../gates/holdouts-of.js";

type Known = Definition<string, unknown>;

/** Half-open ranges of points, sorted and disjoint. */
type Ranges = readonly (readonly [from: number, to: number])[];

const everywhere: Ranges = [[0, POINTS]];

/** Units that go from one variant to another, or in or out (null), as a share of all units. */
export interface Flow {
  readonly from: string | null;
  readonly to: string | null;
  readonly share: number;
}

/** What a change does to units that meet the conditions of both versions; shares of all of these units. */
export interface Moves {
  /** Had a variant and get another one. */
  readonly moved: number;
  /** Were not enrolled and now are. */
  readonly entered: number;
  /** Were enrolled and no longer are. */
  readonly left: number;
  /** Had another variant and get the one that is rolled out now the experiment is stopped: no move, as it is over. */
  readonly rolledOut: number;
  /** Each at least one unit in 2³², the largest first. Without experiments whose policy learns: chance does not decide there. */
  readonly flows: readonly Flow[];
}

/** Who is enrolled and what they get: a set of points on each of several independent axes. */
interface Layout {
  /** By axis: the question that a unit is hashed for, with its salt. */
  readonly open: ReadonlyMap<string, Ranges>;
  readonly axis: string;
  readonly variants: ReadonlyMap<string, Ranges>;
  readonly over: boolean;
}

const nobody: Layout = { open: new Map([["", []]]), axis: "", variants: new Map(), over: false };

/** Whole points below a share, as `point < share` counts them. */
const below = (share: number) => Math.min(POINTS, Math.ceil(share * POINTS));

function layoutOf(definition: Known | undefined, catalogue: Catalogue): Layout {
  if (!definition) return nobody;
  const { unit, salt, coverage, layer, ranges, status = "running", rollout, policy } = definition;
  const over = status === "stopped" && rollout !== undefined;
  if (status !== "running" && !over) return nobody;
  const open = new Map<string, Ranges>();
  for (const { key, share } of holdoutsOf(definition, catalogue))
    open.set(JSON.stringify(["holdout", unit, key]), [[below(share), POINTS]]);
  const axis = JSON.stringify(["variant", unit, salt]);
  if (over) return { open, axis, variants: new Map([[rollout, everywhere]]), over };
  if (layer) open.set(JSON.stringify(["layer", unit, layer.key]), layer.ranges);
  open.set(JSON.stringify(["coverage", unit, salt]), [[0, below(coverage)]]);
  const variants = new Map<string, [number, number][]>();
  if (policy === "fixed")
    for (const { from, to, variant } of ranges)
      variants.set(variant, [...(variants.get(variant) ?? []), [from, to]]);
  return { open, axis, variants, over };
}

const width = (ranges: Ranges) => ranges.reduce((sum, [from, to]) => sum + to - from, 0) / POINTS;

const overlap = (a: Ranges, b: Ranges): Ranges =>
  a.flatMap(([from, to]) =>
    b.flatMap(([start, end]): [number, number][] => {
      const [low, high] = [Math.max(from, start), Math.min(to, end)];
      return low < high ? [[low, high]] : [];
    }),
  );

/** Below half a point a difference is the rounding of a sum. */
const exact = (share: number) => (share > 0.5 / POINTS ? share : 0);

/** The share of points that are on every axis within both. */
function shareOf(a: Layout["open"], b: Layout["open"]): number {
  let share = 1;
  for (const axis of new Set([...a.keys(), ...b.keys()]))
    share *= width(overlap(a.get(axis) ?? everywhere, b.get(axis) ?? everywhere));
  return share;
}

/**
 * How many units a change moves, and from where to where: exact, because every question has an axis of points of its own.
 * @param before  the definition and the catalogue that it stood in; undefined where it was not there
 * @param after   the same, now
 */
export function movesOf(
  before: readonly [Known | undefined, Catalogue],
  after: readonly [Known | undefined, Catalogue],
): Moves {
  const [was, is] = [layoutOf(...before), layoutOf(...after)];
  const [enrolledBefore, enrolledAfter] = [shareOf(was.open, was.open), shareOf(is.open, is.open)];
  const both = shareOf(was.open, is.open);
  const common = (old: Ranges, now: Ranges) =>
    both * (was.axis === is.axis ? width(overlap(old, now)) : width(old) * width(now));
  const flows: Flow[] = [];
  const add = (from: string | null, to: string | null, share: number) => {
    if (exact(share) > 0) flows.push({ from, to, share });
  };
  let [moved, rolledOut] = [0, 0];
  const stay = new Map<string, number>();
  const come = new Map<string, number>();
  for (const [from, old] of was.variants)
    for (const [to, now] of is.variants) {
      const share = common(old, now);
      stay.set(from, (stay.get(from) ?? 0) + share);
      come.set(to, (come.get(to) ?? 0) + share);
      if (from === to) continue;
      add(from, to, share);
      if (is.over && !was.over) rolledOut += share;
      else moved += share;
    }
  const learns = [before[0], after[0]].some((each) => each && each.policy !== "fixed");
  if (!learns) {
    for (const [from, old] of was.variants)
      add(from, null, enrolledBefore * width(old) - (stay.get(from) ?? 0));
    for (const [to, now] of is.variants) add(null, to, enrolledAfter * width(now) - (come.get(to) ?? 0));
  }
  flows.sort((a, b) => b.share - a.share);
  return {
    moved,
    entered: exact(enrolledAfter - both),
    left: exact(enrolledBefore - both),
    rolledOut,
    flows,
  };
}
