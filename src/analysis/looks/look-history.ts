import { canonicalJson } from "../../core/canonical-json.js";
import type { Definition } from "../../core/definition.js";
import { MOST_LOOKS, type Plan } from "../../core/plan.js";
import {
  type ErrorPath,
  ExperimentError,
  mixed_trials,
  plan_changed,
  shrunken_data,
} from "../../errors/index.js";
import { checkFields, type FieldsFor } from "../../shapes/index.js";
import { type SequentialState, sequentialStateFields } from "../../stats/sequential/index.js";
import type { CellLevels, Contrast } from "../comparison.js";
import { requireDefinition } from "../require-definition.js";

/** What the looks so far have shown of one comparison. */
export interface TestHistory {
  readonly metric: string;
  readonly contrast: Contrast;
  readonly cell: CellLevels;
  readonly difference: SequentialState;
  readonly lift: SequentialState;
  /** The difference look by look, as it was told; looks without an estimate are left out. */
  readonly path: readonly ToldLook[];
  /** Under a binding futility: an earlier look gave the gain up. */
  readonly futile?: boolean;
}

/** What a look told of a difference, metric's unit; the bounds are absent where the look left nothing out. */
export interface ToldLook {
  /** Units of all variants together. */
  readonly units: number;
  readonly value: number;
  readonly lower?: number;
  readonly upper?: number;
  /** In standard errors, as the p-value of this look alone has it; absent where that is too small to be told. */
  readonly deviate?: number;
}

/** A look that was taken: units of all variants together. */
export interface TakenLook {
  readonly units: number;
  /** Over the plan's `units`, or over where always-valid intervals are narrowest. */
  readonly fraction: number;
}

/** What the looks at an experiment have in common: plain JSON, passed from one analysis to the next. */
export interface LookHistory {
  readonly format: "essai.look-history/1";
  readonly experiment: string;
  readonly version: number;
  readonly plan: Plan;
  /** Of all looks together. */
  readonly level: number;
  readonly looks: readonly TakenLook[];
  /** One for each comparison that decides. */
  readonly tests: readonly TestHistory[];
}

const text = { kind: "text" } as const;
const units = { kind: "number", whole: true, atLeast: 1 } as const;
const taken = {
  units,
  fraction: { kind: "number", above: 0 },
} as const satisfies FieldsFor<TakenLook>;
const sums = { kind: "object", has: sequentialStateFields } as const;
const told = {
  units,
  value: { kind: "number" },
  lower: { kind: "number", optional: true },
  upper: { kind: "number", optional: true },
  deviate: { kind: "number", optional: true },
} as const satisfies FieldsFor<ToldLook>;
const test = {
  metric: text,
  contrast: { kind: "tuple", of: [text, text] },
  cell: { kind: "map", of: { kind: "text", empty: true } },
  difference: sums,
  lift: sums,
  path: { kind: "list", of: { kind: "object", has: told } },
  futile: { kind: "flag", optional: true },
} as const satisfies FieldsFor<TestHistory>;

/** The history as it is stored; the plan in it is compared with the definition's. */
export const lookHistoryFields = {
  format: { kind: "word", of: ["essai.look-history/1"], format: true },
  experiment: text,
  version: { kind: "number", whole: true, atLeast: 1 },
  plan: { kind: "json" },
  level: { kind: "number", above: 0, below: 1 },
  looks: { kind: "list", of: { kind: "object", has: taken }, atMost: 100 * MOST_LOOKS },
  tests: { kind: "list", of: { kind: "object", has: test } },
} as const satisfies FieldsFor<LookHistory>;

function checkHistory(json: unknown, path: ErrorPath): asserts json is LookHistory {
  checkFields(json, lookHistoryFields, path);
}

/**
 * What earlier looks have shown, from JSON, for this definition.
 * @param json        a report's `looks.history`, as it was stored
 * @param definition  of the experiment that is looked at
 * @returns the history
 * @throws ExperimentError with the shape's problems, each within ["history"]; `mixed_trials` for another experiment or version, `plan_changed`
 *         where the plan is not what the looks began with, `shrunken_data` for looks that do not grow
 */
export function parseLookHistory(json: unknown, definition: Definition): LookHistory {
  const path = ["history"];
  const history: unknown = json;
  checkHistory(history, path);
  requireDefinition(definition, ["definition"]);
  if (history.experiment !== definition.key)
    throw new ExperimentError({ mixed_trials }, [...path, "experiment"], history.experiment, {
      other: definition.key,
    });
  if (history.version !== definition.version)
    throw new ExperimentError({ mixed_trials }, [...path, "version"], history.version, {
      other: String(definition.version),
    });
  if (canonicalJson(history.plan) !== canonicalJson(definition.plan))
    throw new ExperimentError({ plan_changed }, [...path, "plan"], history.plan);
  history.looks.forEach(({ units }, at) => {
    const before = history.looks[at - 1]?.units ?? 0;
    if (units <= before)
      throw new ExperimentError({ shrunken_data }, [...path, "looks", at, "units"], units, {
        other: String(before),
      });
  });
  return history;
}

/** @returns the history that the next look is to be given */
export const historyOf = (
  { key, version, plan }: Definition,
  level: number,
  looks: readonly TakenLook[],
  tests: readonly TestHistory[],
): LookHistory => ({ format: "essai.look-history/1", experiment: key, version, plan, level, looks, tests });
