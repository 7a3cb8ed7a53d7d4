import type { BanditState } from "../../bandits/index.js";
import { requireBandit } from "../../bandits/state/index.js";
import type { Definition } from "../../core/definition.js";
import { bandits_differ, ExperimentError, nearName, unknown_name } from "../../errors/index.js";
import { type BanditRound, type FlatRound, type LogRows, readLog } from "../../rounds/index.js";
import { checkFields, type FieldsFor } from "../../shapes/index.js";
import { requireDefinition } from "../require-definition.js";
import { armEffects } from "./arm-effects.js";
import { beliefViews } from "./beliefs.js";
import { learnedRun } from "./learned-run.js";
import { courseOf } from "./periods.js";
import type { BanditRun } from "./run.js";
import { levelOf, playBySegment, segmentFields } from "./segments.js";
import { checkServed } from "./served-check.js";

/** What to show of a bandit's run. */
export interface BanditRunRequest {
  /** The definition whose variants are the arms. */
  readonly experiment: Definition;
  /** Decisions with what came back, `{ decision, reward }` or `{ ...decision, reward }`, in any order; a reward of null is not known yet. */
  readonly log: Iterable<BanditRound | FlatRound>;
  /** The bandit as it is now; adds what it believes and why it plays what it plays. */
  readonly state?: BanditState;
  /** Number of equal stretches of time, 1 to 1,000; default whole days (UTC), or 30 stretches beyond 2 to 62 days. */
  readonly periods?: number;
  /** Fields of the contexts that units are grouped by; default those of text with 2 to 20 levels, at most three. */
  readonly segments?: readonly string[];
  /** Level of intervals, fraction in (0, 1); default the plan's. */
  readonly level?: number;
}

const requestFields = {
  experiment: { kind: "anything" },
  log: { kind: "anything" },
  state: { kind: "anything", optional: true },
  periods: { kind: "number", whole: true, atLeast: 1, atMost: 1_000, optional: true },
  segments: { kind: "list", of: { kind: "text", empty: true }, optional: true },
  level: { kind: "number", above: 0, below: 1, optional: true },
} as const satisfies FieldsFor<BanditRunRequest>;

/** Names of the fields that contexts of a log have. */
const contextFields = ({ context }: LogRows): string[] => [
  ...new Set(context.flatMap((each) => Object.keys(Object(each)))),
];

function distinctUnits({ unit, length }: LogRows): number {
  const seen: boolean[] = [];
  let count = 0;
  for (let i = 0; i < length; i++) {
    const own = unit[i] ?? 0;
    if (!seen[own]) count += 1;
    seen[own] = true;
  }
  return count;
}

function areRates({ reward, length }: LogRows): boolean {
  for (let i = 0; i < length; i++) {
    const own = reward[i] ?? Number.NaN;
    if (!(Number.isNaN(own) || own === 0 || own === 1)) return false;
  }
  return true;
}

/**
 * Says what a bandit did, from its log: what each arm was played over time and in each segment, whether the actions came
 * as often as their recorded probabilities say, and what was gained over uniform play, estimated from those
 * probabilities, what each arm earns more than control, whether a policy that reads contexts beats the best single arm; with the state also what is believed of each arm and why it is played.
 * @param request  definition, log, and what to show
 * @returns plain data, the report's `bandit` section; rewards and gains in the reward's unit, shares as fractions
 * @throws ExperimentError with up to twenty problems of the log, paths from ["log", i] (`mixed_experiments`,
 *         `unknown_action`, `not_decided`, `duplicate_key`, `propensity_mismatch`, `out_of_range`, `wrong_length`,
 *         `invalid_instant`, `not_finite`);
 *         `empty_data` at ["log"]; `not_a_bandit` or `bandits_differ` at ["state"]; `unknown_name` at ["segments", i]; `out_of_range` at
 *         ["periods"] or ["level"]
 */
export function banditRun(request: BanditRunRequest): BanditRun {
  checkFields(request, requestFields);
  requireDefinition(request.experiment, ["experiment"]);
  const { experiment, state, periods, level = experiment.plan.level } = request;
  if (state !== undefined) requireBandit(state);
  if (state && state.setup.experiment !== experiment.key)
    throw new ExperimentError({ bandits_differ }, ["state"], state.setup.experiment, {
      other: experiment.key,
    });
  const log = readLog(request.log, experiment, state?.setup.arms);
  const { arms, rows, policies, repeated } = log;
  const fields = request.segments ?? segmentFields(rows);
  for (const [i, field] of fields.entries())
    if (!rows.context.some((_, at) => levelOf(rows, at, field) !== undefined))
      throw new ExperimentError(
        { unknown_name },
        ["segments", i],
        field,
        nearName(field, contextFields(rows)),
      );
  const { all, gain, known, periods: course } = courseOf(log, level, periods);
  const served = checkServed(rows, arms);
  const { bySegment, ...effects } = armEffects(log, fields, experiment.control, level, served);
  const units = distinctUnits(rows);
  const learned = learnedRun(log, level, served, units);
  const time = (row: number) => new Date(rows.at[row] ?? Number.NaN).toISOString();
  return {
    experiment: experiment.key,
    policies,
    arms: arms.map(({ key, action }, i) => {
      const [decisions, rewards] = [all.played[i] as number, all.armRewards[i] as number];
      const mean = rewards > 0 ? (all.armTotals[i] as number) / rewards : null;
      return { arm: key, action, decisions, share: decisions / rows.length, rewards, mean };
    }),
    control: experiment.control,
    decisions: rows.length,
    units,
    rewards: all.rewards,
    pending: rows.length - all.rewards,
    repeated,
    from: time(0),
    to: time(rows.length - 1),
    level,
    quantity: areRates(rows) ? "fraction" : "amount",
    periods: course,
    served,
    gain,
    ...effects,
    ...(learned ? { learned } : {}),
    ...(known ? { known } : {}),
    segments: playBySegment(rows, arms, fields, bySegment),
    beliefs: state ? beliefViews(state, rows, fields, level) : [],
  };
}
