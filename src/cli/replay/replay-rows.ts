import { bad_arguments, missing_value, not_a_number, single_variant } from "../../core/errors.js";
import { errorOf, type Problem, problem } from "../../core/experiment-error.js";
import type { Json } from "../../core/json.js";
import { problemAt } from "../../core/problem-at.js";
import { voiceIn } from "../../report/index.js";
import type { LabelledRow, LoggedRow } from "../../simulation/index.js";
import { tableNumber } from "../../simulation/replay/index.js";
import type { ReadTable } from "../read-table.js";

const { count } = voiceIn();

/** How the table's rows say what was, or would have been, earned. */
export type RewardColumns =
  | { readonly kind: "label"; readonly label: string }
  | { readonly kind: "rewards"; readonly rewards: readonly string[] }
  | {
      readonly kind: "logged";
      readonly action: string;
      readonly reward: string;
      /** A column, or `"shares"`: each action's share of the rows. */
      readonly propensity?: string;
    };

/** Rows without contexts, and the arms they speak of. */
export interface ReplayTable {
  readonly arms: readonly string[];
  /** What the arms are called together. */
  readonly column: string;
  readonly rewards: readonly number[];
  readonly labelled?: (contexts: readonly Json[] | undefined) => LabelledRow[];
  readonly logged?: (contexts: readonly Json[] | undefined, keyOf: (arm: string) => string) => LoggedRow[];
}

const lineName = (i: number, more: number) =>
  `in line ${i + 2} of the file${more > 1 ? `, and in ${count(more - 1)} more` : ""}`;

function numbersOf(table: ReadTable, column: string, option: string): number[] {
  const given = table.values(column);
  const numbers = given.map(tableNumber);
  const bad = numbers.flatMap((value, i) => (Number.isFinite(value) ? [] : [i]));
  if (bad.length === 0) return numbers;
  const first = bad[0]!;
  throw errorOf([problem({ not_a_number }, [option, column], given[first], lineName(first, bad.length))]);
}

/** The texts of a column that names arms, and its levels in alphabetical order. */
function levelsOf(table: ReadTable, column: string, option: string): { texts: string[]; levels: string[] } {
  const texts = table.values(column).map((value) => (value === null ? "" : String(value).trim()));
  const bad = texts.flatMap((text, i) => (text === "" ? [i] : []));
  if (bad.length > 0)
    throw errorOf([problem({ missing_value }, [option, column], undefined, lineName(bad[0]!, bad.length))]);
  const levels = [...new Set(texts)].sort();
  if (levels.length < 2) throw errorOf([problem({ single_variant }, [option, column], levels[0])]);
  return { texts, levels };
}

const contextAt = (contexts: readonly Json[] | undefined, i: number) =>
  contexts ? { context: contexts[i]! } : {};

type Reader<K> = (columns: Extract<RewardColumns, { kind: K }>, table: ReadTable) => ReplayTable;

const label: Reader<"label"> = ({ label: column }, table) => {
  const { texts, levels } = levelsOf(table, column, "--label");
  const ofLevel = new Map(levels.map((level) => [level, levels.map((each) => (each === level ? 1 : 0))]));
  return {
    arms: levels,
    column,
    rewards: [0, 1],
    labelled: (contexts) =>
      texts.map((text, i) => ({ ...contextAt(contexts, i), rewards: ofLevel.get(text)! })),
  };
};

const rewards: Reader<"rewards"> = ({ rewards: names }, table) => {
  if (names.length < 2)
    throw errorOf([
      problem({ bad_arguments }, ["command line"], names.join(","), "--rewards takes a column for each arm"),
    ]);
  const columns = names.map((name) => numbersOf(table, name, "--rewards"));
  return {
    arms: names,
    column: "arm",
    rewards: columns.flat(),
    labelled: (contexts) =>
      columns[0]!.map((_, i) => ({
        ...contextAt(contexts, i),
        rewards: columns.map((column) => column[i]!),
      })),
  };
};

const logged: Reader<"logged"> = ({ action, reward, propensity }, table) => {
  const { texts, levels } = levelsOf(table, action, "--action");
  const earned = numbersOf(table, reward, "--reward");
  const shareOf = new Map(
    levels.map((level) => [level, texts.filter((text) => text === level).length / texts.length]),
  );
  const given =
    propensity === "shares"
      ? texts.map((text) => shareOf.get(text)!)
      : propensity && numbersOf(table, propensity, "--propensity");
  return {
    arms: levels,
    column: action,
    rewards: earned,
    logged: (contexts, keyOf) =>
      texts.map((text, i) => ({
        ...contextAt(contexts, i),
        action: keyOf(text),
        reward: earned[i]!,
        ...(given ? { propensity: given[i]! } : {}),
      })),
  };
};

const readers = { label, rewards, logged } as const;

/** The columns that a way of saying rewards reads, each with its option. */
export function rewardColumnNames(columns: RewardColumns): readonly { name: string; option: string }[] {
  const { kind: _, ...named } = columns;
  return Object.entries(named as Readonly<Record<string, string | readonly string[]>>).flatMap(
    ([option, names]) =>
      (typeof names === "string" ? [names] : names)
        .filter((name) => !(option === "propensity" && name === "shares"))
        .map((name) => ({ name, option: `--${option}` })),
  );
}

/** @throws ExperimentError `missing_value`, `not_a_number`, `single_variant` at [option, column] */
export const replayTable = (columns: RewardColumns, table: ReadTable): ReplayTable =>
  (readers[columns.kind] as Reader<RewardColumns["kind"]>)(columns as never, table);

/** Problems of rows and logs, told by the options that named their columns and by the file's lines. */
export function atOptions(problems: readonly Problem[], columns: RewardColumns): Problem[] {
  const named = columns as unknown as Readonly<Record<string, string | readonly string[]>>;
  return problems.map((each) => {
    const [rows, row, field, arm] = each.path;
    const option = rows === "rows" ? field : rows;
    const given = named[String(option)];
    if (given === undefined) return each;
    const column = typeof given === "string" ? given : given[Number(arm)];
    const path = [
      `--${option}`,
      ...(column ? [column] : []),
      ...(rows === "rows" ? [`line ${Number(row) + 2}`] : []),
    ];
    return problemAt(path, each);
  });
}
