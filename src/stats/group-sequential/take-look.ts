import { canonicalJson } from "../../core/canonical-json.js";
import {
  changed_look,
  ExperimentError,
  look_after_end,
  mixed_trials,
  plan_changed,
  shrunken_data,
} from "../../errors/index.js";
import { checkFields, type FieldsFor } from "../../shapes/index.js";
import { begin, type LookBoundary, nextBoundary, type Walk } from "./boundaries.js";
import { futilityDrift, towards } from "./group-sequential-design.js";
import { type LooksState, looksStateShape } from "./looks-state.js";
import {
  NEAREST,
  type ReadPlan,
  readPlan,
  requireRising,
  type SequentialPlan,
  sequentialPlanFields,
} from "./plan.js";
import { grow } from "./sub-density.js";

/** What is tested look by look, agreed before the data. */
export interface SequentialTrial {
  /** Its name: the experiment, and what of it is tested, such as `"checkout 1 / orders / green"`. */
  readonly trial: string;
  readonly plan: SequentialPlan;
  /** The planned information in any unit that grows with precision, > 0: units, or 1 / standard error². */
  readonly information: number;
}

/** What the data say at a look: all data so far. */
export interface Look {
  /** So far, in the unit of the planned one, > 0. */
  readonly information: number;
  /** Difference so far, metric's unit. */
  readonly estimate: number;
  /** Of the estimate, > 0. */
  readonly standardError: number;
  /** Whether no look follows, so that all error that is left is spent; default: where the information reaches the planned. */
  readonly last?: boolean;
}

/** How a look reads under the plan. */
export interface LookReading {
  /** Which look it is, from 1; a repeated one has the number of the one that it repeats. */
  readonly look: number;
  /** Whether these data had been looked at already: then nothing was spent. */
  readonly repeated: boolean;
  /** Information so far over the planned; above 1 where the trial ran over. */
  readonly fraction: number;
  readonly z: number;
  /** Boundaries of z at this look; ∓Infinity where nothing stops the trial. */
  readonly lower: number;
  readonly upper: number;
  /** The boundary crossed, or null; `"futility"` where it was that one. */
  readonly crossed: "lower" | "upper" | "futility" | null;
  /** Whether the trial is over: a boundary crossed (futility only where it binds), or no information left to come. */
  readonly ended: boolean;
  /** Error spent on one side so far, and what is left to spend. */
  readonly spent: number;
  readonly left: number;
  /** Holds at every look together at the plan's level, metric's unit; one-sided plans leave one end open. */
  readonly interval: readonly [lower: number, upper: number];
  /** What these intervals have in common over all looks so far; null where nothing, which has at most the plan's error. */
  readonly intersection: readonly [lower: number, upper: number] | null;
}

const trialFields = {
  trial: { kind: "text" },
  plan: { kind: "object", has: sequentialPlanFields },
  information: { kind: "number", above: 0 },
} as const satisfies FieldsFor<SequentialTrial>;

const lookFields = {
  information: { kind: "number", above: 0 },
  estimate: { kind: "number" },
  standardError: { kind: "number", above: 0 },
  last: { kind: "flag", optional: true },
} as const satisfies FieldsFor<Look>;

type Taken = LooksState["looks"][number];

const open = (bound: number | null, end: number): number => bound ?? end;
const closed = (bound: number): number | null => (Number.isFinite(bound) ? bound : null);

/** A trial before its first look; checked. */
function started({ trial, plan, information }: SequentialTrial, read: ReadPlan): LooksState {
  return {
    ...({ format: "essai.looks/1", trial, plan, information } as const),
    ...{ drift: futilityDrift(read), looks: [], lower: null, upper: null, ended: null },
  };
}

/** Refuses a state that was not made by these looks at this trial. */
function checkState(trial: SequentialTrial, read: ReadPlan, state: LooksState): void {
  checkFields(state, looksStateShape.has, ["state"]);
  if (state.trial !== trial.trial)
    throw new ExperimentError({ mixed_trials }, ["state", "trial"], state.trial, { other: trial.trial });
  if (canonicalJson(readPlan(state.plan)) !== canonicalJson(read))
    throw new ExperimentError({ plan_changed }, ["trial", "plan"], trial.plan);
  if (state.information !== trial.information)
    throw new ExperimentError({ plan_changed }, ["trial", "information"], trial.information, {
      other: state.information,
    });
  requireRising(
    state.looks.map(({ information }) => information),
    ["state", "looks"],
  );
}

/** A stored look as the boundary that it was, towards the alternative. */
function boundaryOf(
  { information, lower, upper, spent, missed }: Taken,
  trial: SequentialTrial,
  read: ReadPlan,
) {
  return towards(read.alternative, {
    fraction: information / trial.information,
    lower: open(lower, Number.NEGATIVE_INFINITY),
    upper: open(upper, Number.POSITIVE_INFINITY),
    ...{ spent, missed },
  });
}

/** Walks through the looks taken, their boundaries known, to the one that comes. */
function walkThrough(looks: readonly LookBoundary[], read: ReadPlan, next: number, drift: number): Walk {
  let { density, obeyed } = begin;
  looks.forEach((look, i) => {
    const after = looks[i + 1]?.fraction ?? next;
    obeyed = grow(obeyed, look, after, drift);
    density =
      read.futility && !read.futility.binding
        ? grow(density, { ...look, lower: Number.NEGATIVE_INFINITY }, after, drift)
        : obeyed;
  });
  return { looks, density, obeyed };
}

/** The boundary that a look crossed; success is asked first, for both meet at the last look of a plan with futility. */
function crossedAt(taken: Taken, { alternative }: ReadPlan): LookReading["crossed"] {
  const z = taken.estimate / taken.standardError;
  const above = taken.upper !== null && z >= taken.upper;
  const below = taken.lower !== null && z <= taken.lower;
  if (alternative === "greater") return above ? "upper" : below ? "futility" : null;
  if (alternative === "less") return below ? "lower" : above ? "futility" : null;
  return above ? "upper" : below ? "lower" : null;
}

/** The repeated interval of a look: the estimate give or take the boundary of success. */
function repeatedInterval(taken: Taken, { alternative }: ReadPlan): readonly [number, number] {
  const { estimate, standardError } = taken;
  const critical = alternative === "less" ? -open(taken.lower, -Infinity) : open(taken.upper, Infinity);
  return [
    alternative === "less" ? -Infinity : estimate - critical * standardError,
    alternative === "greater" ? Infinity : estimate + critical * standardError,
  ];
}

function readingOf(state: LooksState, read: ReadPlan, repeated: boolean): LookReading {
  const taken = state.looks.at(-1) as Taken;
  const common = [open(state.lower, -Infinity), open(state.upper, Infinity)] as const;
  return {
    ...{ look: state.looks.length, repeated, fraction: taken.information / state.information },
    z: taken.estimate / taken.standardError,
    ...{ lower: open(taken.lower, -Infinity), upper: open(taken.upper, Infinity) },
    ...{ crossed: crossedAt(taken, read), ended: state.ended !== null },
    ...{ spent: taken.spent, left: Math.max(0, read.error - taken.spent) },
    interval: repeatedInterval(taken, read),
    intersection: common[0] <= common[1] ? common : null,
  };
}

/**
 * One look at a running trial: spends what its information allows, whenever it comes, and tells whether the trial is over.
 * Looks need not be where the plan foresaw them, nor as many. The information beyond the planned is used, at the error that
 * is left; data that had been looked at already cost nothing.
 * @param trial  its name, plan and planned information, the same at every look
 * @param state  what the look before returned, from JSON if need be; undefined at the first
 * @param look   information, estimate and standard error of all data so far; `last` where no look follows
 * @returns the new state, for the next look, and the reading of this one; the passed state is not changed
 * @throws ExperimentError `shrunken_data` at ["look", "information"] where it is less than at the look before;
 *         `changed_look` at ["look", "estimate"] where it is the same and the result is not; `look_after_end` at ["look"]
 *         where the trial had ended; `mixed_trials` at ["state", "trial"]; `plan_changed` at ["trial", "plan"] or
 *         ["trial", "information"]; `unsupported_format` at ["state", "format"]; as `checkFields` within ["trial"],
 *         ["state"], ["look"]; as `groupSequentialDesign` within ["plan"]
 * @source Lan & DeMets (1983), Biometrika 70; Jennison & Turnbull (1989), JRSS B 51 (repeated intervals)
 * @checked test/stats/group-sequential/take-look.test.ts — `groupSequentialDesign`, simulation
 * @example
 * const trial = { trial: "checkout / orders", plan: { looks: 2 }, information: 10_000 };
 * const first = takeLook(trial, undefined, { information: 5_000, estimate: 0.01, standardError: 0.006 });
 * first.reading.crossed; // null
 * const second = takeLook(trial, first.state, { information: 10_000, estimate: 0.01, standardError: 0.004 });
 * second.reading.crossed; // "upper"
 */
export function takeLook(
  trial: SequentialTrial,
  state: LooksState | undefined,
  look: Look,
): { readonly state: LooksState; readonly reading: LookReading } {
  checkFields(trial, trialFields, ["trial"]);
  const read = readPlan(trial.plan);
  if (state !== undefined) checkState(trial, read, state);
  checkFields(look, lookFields, ["look"]);
  const before = state ?? started(trial, read);
  const { information, estimate, standardError } = look;
  const taken = before.looks.at(-1);
  if (taken && Math.abs(information - taken.information) <= NEAREST * taken.information) {
    const far = NEAREST * standardError;
    if (!(Math.abs(estimate - taken.estimate) <= far && Math.abs(standardError - taken.standardError) <= far))
      throw new ExperimentError({ changed_look }, ["look", "estimate"], estimate, { other: taken.estimate });
    if (!look.last || before.ended !== null) return { state: before, reading: readingOf(before, read, true) };
  } else if (taken && information < taken.information)
    throw new ExperimentError({ shrunken_data }, ["look", "information"], information, {
      other: taken.information,
    });
  if (before.ended !== null)
    throw new ExperimentError({ look_after_end }, ["look"], before.looks.length + 1, {
      known: [before.ended],
    });
  const fraction = information / trial.information;
  const last = (look.last ?? false) || fraction >= 1 - NEAREST;
  // A look that turns out to be the last is paid for as such: what its first reading spent is taken back.
  const earlier = before.looks.filter((each) => each.information < information * (1 - NEAREST));
  const boundaries = earlier.map((each) => boundaryOf(each, trial, read));
  const walk = walkThrough(boundaries, read, fraction, before.drift);
  const asked = { fraction, next: 2 * fraction, last };
  const bound = nextBoundary(walk, read, asked, before.drift).looks.at(-1) as LookBoundary;
  const { lower, upper, spent, missed } = towards(read.alternative, bound);
  const now: Taken = {
    ...{ information, estimate, standardError, spent, missed },
    ...{ lower: closed(lower), upper: closed(upper) },
  };
  const crossed = crossedAt(now, read);
  const stops = crossed === "futility" ? read.futility?.binding === true : crossed !== null;
  const side = crossed === "futility" ? (read.alternative === "less" ? "upper" : "lower") : crossed;
  const [from, to] = repeatedInterval(now, read);
  const next: LooksState = {
    ...before,
    looks: [...earlier, now],
    lower: closed(Math.max(open(before.lower, -Infinity), from)),
    upper: closed(Math.min(open(before.upper, Infinity), to)),
    ended: stops ? side : last ? "information" : null,
  };
  return { state: next, reading: readingOf(next, read, false) };
}
