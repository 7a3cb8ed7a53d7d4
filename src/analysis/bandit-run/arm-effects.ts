import { contradictedReason, EffectTally, readableShare } from "../../ope/adaptive/index.js";
import type { BanditLog, LogRows } from "../../rounds/index.js";
import { correctedLevel, holm } from "../../stats/index.js";
import { normalTail, symmetricEstimate } from "../../stats/inference/index.js";
import type { ArmEffect, BanditRun, SegmentEffects, ServedCheck } from "./run.js";
import { levelOf } from "./segments.js";

/** Arms that are compared with control at most, the most played ones: in the whole run, and in a segment. */
const mostArms = 24;
const mostInSegment = 9;
/** Decisions at which the intervals that hold at every look are narrowest. */
const tunedAt = 10_000;

/** The places of the arms that are compared, control first. */
function compared(arms: BanditLog["arms"], rows: LogRows, control: string, most: number): readonly number[] {
  const counts = arms.map(() => 0);
  for (let i = 0; i < rows.length; i++) {
    const arm = rows.arm[i] ?? 0;
    if (!Number.isNaN(rows.reward[i])) counts[arm] = (counts[arm] ?? 0) + 1;
  }
  const own = arms.findIndex(({ key }) => key === control);
  const others = [...arms.keys()].filter((i) => i !== own);
  const kept = new Set(others.toSorted((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0)).slice(0, most - 1));
  return [own, ...others.filter((i) => kept.has(i))].filter((i) => i >= 0);
}

/** Tallies of some of a log's arms against the first of them. */
class Compared {
  readonly #keys: readonly string[];
  readonly #places: readonly number[];
  readonly #at: readonly (number | undefined)[];
  /** Neighbours in a log mostly share their vector. */
  #last: readonly number[] | undefined;
  #own: readonly number[] | undefined;

  constructor(arms: BanditLog["arms"], places: readonly number[]) {
    this.#keys = places.map((place) => arms[place]?.key ?? "");
    this.#places = places;
    this.#at = arms.map((_, place) => (places.includes(place) ? places.indexOf(place) : undefined));
  }

  tally(): EffectTally {
    return new EffectTally(this.#keys, 0, this.#at.length);
  }

  add(tally: EffectTally, rows: LogRows, i: number): void {
    const [reward, vector] = [rows.reward[i] ?? Number.NaN, rows.vector[i]];
    if (Number.isNaN(reward)) return;
    if (vector !== this.#last) {
      this.#last = vector;
      this.#own = vector && this.#places.map((place) => vector[place] ?? 0);
    }
    const [arm, propensity] = [this.#at[rows.arm[i] ?? 0], rows.propensity[i] ?? Number.NaN];
    tally.add({ arm, reward, propensity, vector: this.#own });
  }
}

/** Estimates of one family with their p-values corrected by Holm, and the intervals that agree with those. */
function together(family: readonly ArmEffect[], level: number): ArmEffect[] {
  const pValues = family.flatMap(({ fixed }) => (fixed.status === "ok" ? [fixed.pValue] : []));
  const adjusted = holm(pValues);
  const wider = { level: correctedLevel(pValues, "holm", level) };
  let tests = 0;
  return family.map((effect) => {
    const { fixed } = effect;
    if (fixed.status !== "ok") return effect;
    const read = symmetricEstimate(fixed.method, fixed.value, fixed.standardError, normalTail, wider);
    const pAdjusted = adjusted[tests++] ?? 1;
    const interval = read.status === "ok" ? { simultaneous: read.interval } : {};
    return { ...effect, fixed: { ...fixed, pAdjusted, ...interval } };
  });
}

/**
 * What each arm earns more than control, by methods that hold although the policy learned from these very rewards: in the
 * whole run, and in each level of the segments, where the tests of one field are corrected together.
 * @param fields  of the contexts, by which decisions are grouped
 * @param served  the check of the log's own probabilities: one that failed leaves nothing to weigh by
 */
export function armEffects(
  { arms, rows }: BanditLog,
  fields: readonly string[],
  control: string,
  level: number,
  served: ServedCheck,
): Pick<BanditRun, "effects" | "readableShare"> & {
  /** By field, in their order, and level. */
  readonly bySegment: readonly ReadonlyMap<string, SegmentEffects>[];
} {
  const whole = new Compared(arms, compared(arms, rows, control, mostArms));
  const inSegments = new Compared(arms, compared(arms, rows, control, mostInSegment));
  const tally = whole.tally();
  const tallies = fields.map((field) => ({ field, levels: new Map<string, EffectTally>() }));
  for (let i = 0; i < rows.length; i++) {
    whole.add(tally, rows, i);
    for (const { field, levels } of tallies) {
      const name = levelOf(rows, i, field);
      if (name === undefined) continue;
      let own = levels.get(name);
      if (!own) levels.set(name, (own = inSegments.tally()));
      inSegments.add(own, rows, i);
    }
  }
  const refused = served.status === "failed" ? contradictedReason : undefined;
  const share = (of: EffectTally) => readableShare(arms.length, Math.max(1, of.rounds));
  const read = (of: EffectTally) =>
    of
      .effects({ level, tunedAt }, refused)
      .map(
        ({ mixture, ...effect }): ArmEffect => (mixture.status === "ok" ? { ...effect, mixture } : effect),
      );
  return {
    effects: read(tally),
    readableShare: share(tally),
    bySegment: tallies.map(({ levels }) => {
      const found = [...levels].map(([name, of]) => ({ name, share: share(of), effects: read(of) }));
      const corrected = together(
        found.flatMap(({ effects }) => effects),
        level,
      );
      let at = 0;
      return new Map(
        found.map(({ name, share: readable, effects }) => {
          const own = corrected.slice(at, (at += effects.length));
          return [name, { effects: own, readableShare: readable }];
        }),
      );
    }),
  };
}
