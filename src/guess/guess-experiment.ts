import type { Spelling } from "../core/data-spelling.js";
import type { ColumnSummary, TableSummary } from "./column-summary.js";
import { asDimension, askedDimensions, binned } from "./dimensions.js";
import type { Guess, GuessedColumn, GuessReason, Told, Unclear } from "./guess.js";
import { outcomeOf, plainOutcomes } from "./outcomes.js";
import { codeIn, neededSpelling, undeclared } from "./spelling-needed.js";
import { plainUnit } from "./unit.js";
import { plainControl, plainVariant, variantCandidates } from "./variant.js";

const asTold: GuessReason = "told";
/** By how much arms that were planned alike may differ in size, and how far beyond chance they have to. */
const [alike, farBeyond] = [1.2, 8];

/** Whether arms were hardly planned alike. */
function areUneven(sizes: readonly number[]): boolean {
  const expected = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  const degrees = sizes.length - 1;
  const statistic = sizes.reduce((sum, size) => sum + ((size - expected) * (size - expected)) / expected, 0);
  return (
    Math.max(...sizes) > alike * Math.min(...sizes) &&
    (statistic - degrees) / Math.sqrt(2 * degrees) > farBeyond
  );
}

const open = (question: Omit<Unclear, "status" | "nearest">): Unclear => ({
  status: "unclear",
  ...question,
  nearest: question.answer,
});

const spellingOf = ({ decimal, thousands, missing, yes, no }: Spelling): Spelling => ({
  ...(decimal === undefined ? {} : { decimal }),
  ...(thousands === undefined ? {} : { thousands }),
  ...(missing === undefined || missing.length === 0 ? {} : { missing }),
  ...(yes === undefined ? {} : { yes }),
  ...(no === undefined ? {} : { no }),
});

/** Shares to two digits that sum to 1. */
function roundedShares(counts: readonly (readonly [level: string, count: number])[]): Record<string, number> {
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  const [first, ...others] = [...counts].sort(([, a], [, b]) => b - a);
  const shares = others.map(
    ([level, count]) => [level, Math.max(0.01, Math.round((100 * count) / total) / 100)] as const,
  );
  const left = 1 - shares.reduce((sum, [, share]) => sum + share, 0);
  return Object.fromEntries([[first?.[0] ?? "", Math.round(100 * left) / 100], ...shares]);
}

/** What the outcomes' texts need, or a number in them that may be a code. */
function openSpelling(columns: readonly ColumnSummary[], told: Told): Unclear | undefined {
  for (const column of columns) {
    const needed = neededSpelling(column);
    const more = needed ? undeclared(needed.spelling, told) : undefined;
    if (needed && more)
      return open({
        ...{ what: "spelling", candidates: [], column: column.name, found: needed.found },
        answer: { ...told, ...more },
      });
  }
  for (const column of told.missing === undefined ? columns : []) {
    const code = codeIn(column);
    if (code !== undefined)
      return open({
        ...{ what: "code", candidates: [], column: column.name, found: String(code) },
        answer: { ...told, missing: [String(code)] },
      });
  }
  return undefined;
}

function variantOf({ rows, columns }: TableSummary, told: Told) {
  const candidates = variantCandidates(columns, rows);
  const plain =
    told.variant === undefined
      ? plainVariant(candidates)
      : { column: columns.find(({ name }) => name === told.variant), why: asTold };
  const levels = plain?.column?.levels;
  if (plain?.column && levels && levels.size >= 2) return { column: plain.column, why: plain.why, levels };
  const names = candidates.map(({ column }) => column.name).filter((name) => name !== told.variant);
  const [first] = candidates.filter(({ column }) => column.name !== told.variant);
  const other = first && first.score >= 2 ? first.column.name : "COLUMN";
  return open({ what: "variant", candidates: names, answer: { ...told, variant: other } });
}

function guessOnce(table: TableSummary, told: Told): Guess | Unclear {
  const { rows, columns } = table;
  const variant = variantOf(table, told);
  if ("status" in variant) return variant;
  const levels = [...variant.levels.keys()];
  const control =
    told.control === undefined
      ? plainControl(variant.column.name, levels)
      : { level: told.control, why: asTold };
  if (!control) {
    const candidates = [...levels].sort();
    return open({ what: "control", candidates, answer: { ...told, control: candidates[0] ?? "" } });
  }
  const others = columns.filter(({ name }) => name !== variant.column.name && name.trim() !== "");
  const unit: GuessedColumn | undefined =
    told.unit === undefined ? plainUnit(others) : { column: told.unit, why: "told" };
  const isTold = (name: string) => told.dimensions?.includes(name) || told.bins?.[name] !== undefined;
  const rest = others.filter(({ name }) => name !== unit?.column && !isTold(name));
  const named = told.outcomes?.flatMap((name) => others.find((column) => column.name === name) ?? []);
  const outcomes = named ? { found: named.map((column) => outcomeOf(column, "told")) } : plainOutcomes(rest);
  if ("candidates" in outcomes)
    return open({
      ...{ what: "outcomes", candidates: outcomes.candidates },
      answer: { ...told, outcomes: [outcomes.candidates[0] ?? "COLUMN"] },
    });
  const { found } = outcomes;
  const isOutcome = ({ name }: ColumnSummary) => found.some(({ column }) => column === name);
  const unspelled = openSpelling(others.filter(isOutcome), told);
  if (unspelled) return unspelled;
  const counts = [...variant.levels.entries()];
  const sizes = counts.map(([, count]) => count);
  if (told.shares === undefined && areUneven(sizes))
    return open({ what: "shares", candidates: levels, answer: { ...told, shares: roundedShares(counts) } });
  const judged = rest
    .filter((column) => !isOutcome(column))
    .map((column) => ({ column: column.name, why: asDimension(column, variant.column) }));
  const free = judged.filter(({ why }) => why === "few_levels");
  const bins = others.flatMap((column) => {
    const numbers = told.bins?.[column.name];
    return numbers ? [binned(column, numbers)] : [];
  });
  const isBinned = (name: string) => bins.some(({ column }) => column === name);
  const whole = [...(told.dimensions ?? []).map((column) => ({ column, why: asTold })), ...free];
  const dimensions = [...bins, ...whole.filter(({ column }) => !isBinned(column))];
  return {
    status: "clear",
    rows,
    variant: { column: variant.column.name, why: variant.why, levels },
    control,
    unit,
    duplicates: unit ? told.duplicates : undefined,
    outcomes: found,
    dimensions,
    asked: told.dimensions ?? [
      ...bins.map(({ column }) => column),
      ...askedDimensions(free, columns, rows, levels.length),
    ],
    ignored: judged.filter(({ why }) => why !== "few_levels"),
    spelling: spellingOf(told),
    shares: told.shares,
  };
}

/** Questions that a table can leave open, at most. */
const mostQuestions = 8;

/**
 * What the columns of a table are: its unit, variant, control, outcomes and dimensions, from their names and values, never
 * from what the variants did to them.
 * @param table  what the columns look like, read as `told` declares
 * @param told   what is known already; the columns it names exist
 * @returns the guess, or what is unclear with the nearest answer to all that is
 */
export function guessExperiment(table: TableSummary, told: Told = {}): Guess | Unclear {
  const first = guessOnce(table, told);
  let nearest = first.status === "unclear" ? first.answer : told;
  for (let asked = 1; first.status === "unclear" && asked < mostQuestions; asked++) {
    const next = guessOnce(table, nearest);
    if (next.status === "clear") break;
    nearest = next.answer;
  }
  return first.status === "unclear" ? { ...first, nearest } : first;
}
