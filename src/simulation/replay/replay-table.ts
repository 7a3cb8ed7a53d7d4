import type { Json } from "../../core/json.js";
import { ExperimentError, missing_value, not_a_number, single_variant } from "../../errors/index.js";
import type { LabelledRow } from "./replay-labelled.js";
import type { LoggedRow } from "./replay-log.js";
import type { RewardColumns } from "./reward-columns.js";
import { RowProblems } from "./row-problems.js";
import { type TableValue, tableNumber } from "./table-contexts.js";

/** The values of a table's column, by its name; one per row. */
export type ColumnValues = (name: string) => readonly TableValue[];

/** Rows without contexts, and the arms they speak of. */
export interface ReplayTable {
  readonly arms: readonly string[];
  /** What the arms are called together. */
  readonly column: string;
  readonly rewards: readonly number[];
  readonly labelled?: (contexts: readonly Json[] | undefined) => LabelledRow[];
  readonly logged?: (contexts: readonly Json[] | undefined, keyOf: (arm: string) => string) => LoggedRow[];
}

/** Columns of numbers that one field names, each with its place in a list where the field is one. */
function numbersOf(
  values: ColumnValues,
  field: string,
  columns: readonly (readonly [name: string, ...place: number[]])[],
): number[][] {
  const problems = new RowProblems();
  const read = columns.map(([name, ...place]) =>
    values(name).map((given, i) => {
      const number = tableNumber(given);
      if (!Number.isFinite(number)) problems.add({ not_a_number }, i, field, given, { place });
      return number;
    }),
  );
  problems.end();
  return read;
}

function checkSeveral(arms: readonly string[], field: string): void {
  if (arms.length < 2) throw new ExperimentError({ single_variant }, [field], arms[0]);
}

/** The texts of a column that names arms, and its levels in alphabetical order. */
function levelsOf(values: ColumnValues, field: string, column: string) {
  const problems = new RowProblems();
  const texts = values(column).map((value, i) => {
    const text = String(value ?? "").trim();
    if (text === "") problems.add({ missing_value }, i, field, value);
    return text;
  });
  problems.end();
  const levels = [...new Set(texts)].sort();
  checkSeveral(levels, field);
  return { texts, levels };
}

function contextAt(contexts: readonly Json[] | undefined, i: number): { readonly context?: Json } {
  const context = contexts?.[i];
  return context === undefined ? {} : { context };
}

/** @returns a row's number; NaN, which a replay refuses, behind the end of a column that is too short */
const numberAt = (column: readonly number[] | undefined, i: number) => column?.[i] ?? Number.NaN;

type Reader<K> = (columns: Extract<RewardColumns, { kind: K }>, values: ColumnValues) => ReplayTable;

const label: Reader<"label"> = ({ label: column }, values) => {
  const { texts, levels } = levelsOf(values, "label", column);
  const ofLevel = new Map(levels.map((level) => [level, levels.map((each) => (each === level ? 1 : 0))]));
  return {
    arms: levels,
    column,
    rewards: [0, 1],
    labelled: (contexts) =>
      texts.map((text, i) => ({ ...contextAt(contexts, i), rewards: ofLevel.get(text) ?? [] })),
  };
};

const rewards: Reader<"rewards"> = ({ rewards: names }, values) => {
  checkSeveral(names, "rewards");
  const columns = numbersOf(
    values,
    "rewards",
    names.map((name, arm) => [name, arm]),
  );
  const [first = []] = columns;
  return {
    arms: names,
    column: "arm",
    rewards: columns.flat(),
    labelled: (contexts) =>
      first.map((_, i) => ({
        ...contextAt(contexts, i),
        rewards: columns.map((column) => numberAt(column, i)),
      })),
  };
};

const logged: Reader<"logged"> = ({ arm, reward, propensity }, values) => {
  const { texts, levels } = levelsOf(values, "arm", arm);
  const [earned = []] = numbersOf(values, "reward", [[reward]]);
  const shareOf = new Map(
    levels.map((level) => [level, texts.filter((text) => text === level).length / texts.length]),
  );
  const given =
    propensity === "shares"
      ? texts.map((text) => shareOf.get(text) ?? Number.NaN)
      : propensity && numbersOf(values, "propensity", [[propensity]])[0];
  return {
    arms: levels,
    column: arm,
    rewards: earned,
    logged: (contexts, keyOf) =>
      texts.map((text, i) => ({
        ...contextAt(contexts, i),
        arm: keyOf(text),
        reward: numberAt(earned, i),
        ...(given ? { propensity: numberAt(given, i) } : {}),
      })),
  };
};

/**
 * Reads what the rows of a table earned, or would have.
 * @param columns  which of them say so
 * @param values   the table
 * @returns the arms, alphabetical or as named, every reward, and the rows once their contexts are known
 * @throws ExperimentError `missing_value`, `not_a_number` at ["rows", i, field] (the first of its kind, with how many
 *         more), `single_variant` at [field], where `field` is of {@link RewardColumns}
 */
export function replayTable(columns: RewardColumns, values: ColumnValues): ReplayTable {
  switch (columns.kind) {
    case "label":
      return label(columns, values);
    case "rewards":
      return rewards(columns, values);
    case "logged":
      return logged(columns, values);
  }
}
