import { missingBy, numberBy, readySpelling, type Spelling } from "../../core/data-spelling.js";
import {
  ExperimentError,
  errorOf,
  missing_argument,
  nearName,
  not_a_number,
  problem,
  unclear_outcomes,
  unknown_name,
} from "../../errors/index.js";
import {
  type Guess,
  type GuessReason,
  guessExperiment,
  neededSpelling,
  summarizeColumn,
  type Told,
} from "../../guess/index.js";
import type { AttributeValue } from "../../segments/index.js";
import { type CommandArguments, names, text } from "../command.js";
import type { EngineChoice } from "../engine-options.js";
import { spellingTold } from "../guess/guess-options.js";
import { readTable } from "../read-table.js";
import { typedColumn } from "./typed-column.js";

/** A table, ready to be searched. */
export interface SegmentsTable {
  readonly variant: readonly string[];
  readonly control: string;
  readonly outcome: readonly (number | boolean | null)[];
  readonly unit: readonly string[] | undefined;
  readonly unitColumn: string | undefined;
  readonly attributes: Readonly<Record<string, readonly AttributeValue[]>>;
  /** Columns that are not searched, because their names say that they were recorded later or hold another outcome. */
  readonly ignored: readonly string[];
  /** How values are written, where it was not told and the columns show it. */
  readonly spelling: Spelling | undefined;
}

/** Columns that came after the variant, or are another outcome; nothing is to be searched by them unless they are named. */
const notBefore: ReadonlySet<GuessReason> = new Set(["after", "other_outcome", "follows_variant"]);

/** Rows that are looked at to guess what columns are. */
const mostGuessed = 20_000;

type Columns = ReadonlyMap<string, readonly unknown[]>;

/** What the columns are: as told, else as their names and values say. */
function guessed(columns: Columns, told: Told, rows: number): Guess {
  const table = {
    rows: Math.min(rows, mostGuessed),
    columns: [...columns].map(([name, values]) => summarizeColumn(name, values.slice(0, mostGuessed), told)),
  };
  const found = guessExperiment(table, told);
  if (found.status === "clear") return found;
  // Planned shares are not needed here, nor how numbers of other columns are spelled.
  if (found.what === "shares" || found.what === "spelling" || found.what === "code") {
    const again = guessExperiment(table, found.nearest);
    if (again.status === "clear") return again;
  }
  const option = { variant: "--variant", control: "--control", outcomes: "--outcome" }[
    found.what === "variant" || found.what === "control" ? found.what : "outcomes"
  ];
  throw new ExperimentError({ missing_argument }, [option], undefined, {
    example: `${option} NAME, one of: ${found.candidates.slice(0, 20).join(", ")}`,
  });
}

/** A decimal comma that can't be a mark between thousands. */
const surelyDecimal = /,(\d{1,2}|\d{4,})$/;

/** How a table's values are written: as told and as its outcome needs, else with the comma that its numbers show. */
function spellingOf(columns: Columns, told: Spelling, outcome: Spelling): Spelling {
  const known: Spelling = { ...outcome, ...told };
  if (known.decimal !== undefined || known.thousands !== undefined) return known;
  const shown = [...columns].some(([name, values]) => {
    const needed = neededSpelling(summarizeColumn(name, values.slice(0, mostGuessed), { ...known }));
    return needed?.spelling.decimal === "," && surelyDecimal.test(needed.found);
  });
  return shown ? { ...known, decimal: "," } : known;
}

/** Reads a table whose rows are units: who was in which variant, what came of it, and what was known of them. */
export async function segmentsTable(
  file: string,
  values: CommandArguments["values"],
  engine: EngineChoice,
): Promise<SegmentsTable> {
  const asked = names(values, "attributes");
  const [variantName, outcomeName, unitName] = ["variant", "outcome", "unit"].map((key) => text(values, key));
  const table = await readTable(
    file,
    (columns) => [
      ...(variantName === undefined ? [] : [{ name: variantName, option: "--variant" }]),
      ...(outcomeName === undefined ? [] : [{ name: outcomeName, option: "--outcome" }]),
      ...(unitName === undefined ? [] : [{ name: unitName, option: "--unit" }]),
      ...(asked ?? []).map((name) => ({ name, option: "--attributes" })),
      ...columns.map((name) => ({ name, option: "FILE" })),
    ],
    engine,
  );
  const columns: Columns = new Map(table.columns.map((name) => [name, table.values(name)] as const));
  const control = text(values, "control");
  const told = spellingTold(values);
  const rows = [...columns.values()][0]?.length ?? 0;
  const found = guessed(
    columns,
    {
      ...(variantName === undefined ? {} : { variant: variantName }),
      ...(outcomeName === undefined ? {} : { outcomes: [outcomeName] }),
      ...(unitName === undefined ? {} : { unit: unitName }),
      ...(control === undefined ? {} : { control }),
      duplicates: "first",
      ...told,
    },
    rows,
  );
  const [outcome, other] = found.outcomes.map(({ column }) => column);
  if (outcome === undefined || other !== undefined)
    throw errorOf([
      problem({ unclear_outcomes }, ["--outcome"], undefined, {
        known: found.outcomes.map(({ column }) => column),
        example: `--outcome ${outcome ?? "COLUMN"}`,
      }),
    ]);
  const spelling = spellingOf(columns, told, found.spelling);
  const ready = readySpelling(spelling);
  const isMissing = ready ? missingBy(ready) : () => false;
  const asNumber = ready ? numberBy(ready) : (value: unknown) => value;
  const cells = (name: string) =>
    typedColumn((columns.get(name) ?? []).map((cell) => (isMissing(cell) ? null : asNumber(cell))));
  const variants = typedColumn(columns.get(found.variant.column) ?? []).map((each) => String(each ?? ""));
  const level = control ?? found.control.level;
  const levels = [...new Set(variants)];
  if (!levels.includes(level))
    throw errorOf([problem({ unknown_name }, ["--control"], level, nearName(level, levels))]);
  const outcomes = cells(outcome).map((value, i) => {
    if (typeof value !== "string") return value ?? null;
    throw errorOf([problem({ not_a_number }, ["--outcome"], value, { row: i + 1 })]);
  });
  const parts = new Set([found.variant.column, outcome, ...(found.unit ? [found.unit.column] : [])]);
  const ignored = found.ignored.flatMap(({ column, why }) =>
    notBefore.has(why) && !parts.has(column) ? [column] : [],
  );
  const searched = asked ?? table.columns.filter((name) => !parts.has(name) && !ignored.includes(name));
  return {
    ...{ variant: variants, control: level, outcome: outcomes },
    unitColumn: found.unit?.column,
    unit: found.unit && (columns.get(found.unit.column) ?? []).map((each) => String(each ?? "")),
    attributes: Object.fromEntries(searched.map((name) => [name, cells(name)])),
    ignored: asked ? [] : ignored,
    spelling: Object.keys(spelling).some((key) => !(key in told)) ? spelling : undefined,
  };
}
