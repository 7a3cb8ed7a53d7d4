import type { Definition } from "../../core/definition.js";
import { lookRuleName, USUAL_UNITS } from "../../core/plan.js";
import { ExperimentError, look_after_end, shrunken_data } from "../../errors/index.js";
import type { DecisionCorrection } from "../../stats/index.js";
import { type LookRule, lookRules } from "../../stats/looks/index.js";
import { futilityOf } from "./futility-of.js";
import type { LookAccount } from "./look-account.js";
import type { LookHistory, TakenLook } from "./look-history.js";
import { scheduleOf } from "./schedule-of.js";

/** Fractions nearer than this to each other, or to the end, are the same. */
const near = 1e-6;

/** A look: how it is read, what is told of it, and the looks of the history with this one. */
export interface LookAt {
  /** Absent where it is the only one. */
  readonly rule?: LookRule;
  readonly account: LookAccount;
  readonly taken: readonly TakenLook[];
  /** Fractions of the looks before this one: of the history, or else as planned. */
  readonly before: readonly number[];
}

/** Without a history: the planned looks before the one that is nearest to this fraction. */
function scheduledBefore(schedule: readonly number[], fraction: number): readonly number[] {
  let nearest = 0;
  schedule.forEach((each, at) => {
    if (Math.abs(each - fraction) <= Math.abs((schedule[nearest] ?? 0) - fraction)) nearest = at;
  });
  return schedule.slice(0, nearest);
}

/** The looks before this one; refuses data that shrank, and new data after the planned end. */
function takenBefore({ looks }: LookHistory, units: number, ended: (look: TakenLook, at: number) => boolean) {
  const last = looks.at(-1);
  if (last && units < last.units)
    throw new ExperimentError({ shrunken_data }, ["source"], units, { other: String(last.units) });
  if (last && units === last.units) return looks.slice(0, -1);
  if (last && ended(last, looks.length))
    throw new ExperimentError({ look_after_end }, ["history"], units, { known: ["information"] });
  return looks;
}

/**
 * Where this look stands in the plan, and how results are read at it.
 * @param units    of all variants together so far
 * @param level    of all looks together
 * @param macro    correction over goals × treatments
 * @param history  of the looks before; null at the first one, undefined where none is kept
 * @throws ExperimentError `shrunken_data` for fewer units than at the look before; `look_after_end` for new data after the
 *         planned end, or after the last of a number of looks that share the error equally
 */
export function lookAt(
  definition: Definition,
  units: number,
  level: number,
  history: LookHistory | null | undefined,
  macro: DecisionCorrection,
): LookAt {
  const { plan } = definition;
  const name = lookRuleName(plan);
  const schedule = scheduleOf(plan);
  const fraction = units / (plan.units ?? USUAL_UNITS);
  const spending = name === "alpha-spending";
  const most = schedule?.length;
  const ended = (look: TakenLook, count: number) =>
    spending ? look.fraction >= 1 - near : most !== undefined && count >= most;
  const before = history === null ? [] : history && takenBefore(history, units, ended);
  const fractions = before
    ? before.map((look) => look.fraction)
    : spending && schedule
      ? scheduledBefore(schedule, fraction)
      : [];
  const { prior, loss } = plan;
  const futility = spending && schedule ? futilityOf(definition, level, schedule, macro) : undefined;
  const settings = {
    ...(futility ? { futility } : {}),
    ...(prior && loss !== undefined ? { believing: { prior, loss } } : {}),
    ...{ level, fraction, before: fractions },
    looks: most ?? 1,
    spending: plan.spending ?? ({ type: "obrien-fleming" } as const),
  };
  const rule = lookRules[name](settings);
  // A history counts the looks; else the first one and the only one are known, and a schedule tells.
  const known = before ? before.length + 1 : name === "one-look" ? 1 : undefined;
  const look = known ?? (spending ? fractions.length + 1 : undefined);
  return {
    ...(name === "one-look" ? {} : { rule }),
    taken: [...(before ?? []), { units, fraction }],
    before: fractions,
    account: {
      rule: name,
      stated: plan.looks !== undefined || name === "bayes",
      ...(look === undefined ? {} : { look }),
      ...(most === undefined ? {} : { most }),
      units,
      ...(plan.units === undefined ? {} : { planned: plan.units }),
      nominal: rule.levelOf(level),
      ...(futility
        ? {
            futility: {
              ...(rule.futility ? { below: rule.futility.below } : {}),
              ...{ binding: futility.binding ?? false, power: futility.power },
            },
          }
        : {}),
      ...(rule.believing ? { believing: rule.believing } : {}),
      ...(rule.spent === undefined || look === undefined ? {} : { spent: rule.spent }),
    },
  };
}
