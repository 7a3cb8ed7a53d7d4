import { type ColumnSummary, isBinary } from "./column-summary.js";
import type { GuessReason } from "./guess.js";
import { controlRank, nameWords, says, wordsOf } from "./words-of.js";

/** More arms than this are rarely a test's. */
const mostVariants = 12;

/** A column that may say which variant a unit was in, and how plainly. */
interface Candidate {
  readonly column: ColumnSummary;
  readonly score: number;
  readonly why: GuessReason;
}

const levelsOf = ({ levels }: ColumnSummary) => [...(levels?.keys() ?? [])];

/** Whether levels are letters from A on, or are named so: `A`, `group b`. */
function areLettered(levels: readonly string[]): boolean {
  const last = levels.map((level) => wordsOf(level).at(-1) ?? "").sort();
  return last.every((word, i) => word === String.fromCharCode(97 + i));
}

/** Whether a level is another without its message: `No E-Mail` beside `Mens E-Mail`. */
function isWithout(level: string, others: readonly string[]): boolean {
  const [first = "", ...rest] = wordsOf(level);
  return (
    /^(no|without|sans|pas|aucune?|ohne|keine?|sin)$/.test(first) &&
    rest.length > 0 &&
    others.some((other) => rest.every((word) => wordsOf(other).includes(word)))
  );
}

function levelScore(column: ColumnSummary): number {
  const levels = levelsOf(column);
  const ranks = levels.map(controlRank);
  const plain = ranks.filter((rank) => rank === 0).length;
  if (plain === 1) return 3;
  if (
    levels.some((level) =>
      isWithout(
        level,
        levels.filter((other) => other !== level),
      ),
    )
  )
    return 3;
  if (areLettered(levels)) return 2;
  if (ranks.filter((rank) => rank === 1 || rank === 3).length === 1) return 2;
  return ranks.some((rank) => rank === 2 || (rank === 4 && !isBinary(column))) ? 1 : 0;
}

function candidateOf(column: ColumnSummary, rows: number): Candidate | undefined {
  const { distinct, present, name, levels } = column;
  if (!levels || distinct < 2 || distinct > mostVariants || present < 0.9 * rows) return undefined;
  const named = says(name, nameWords.variant) ? 3 : says(name, nameWords.perhapsVariant) ? 1 : 0;
  const leveled = levelScore(column);
  // Zeros and ones that are named like an outcome are one: "conversion_test" is not a group.
  if (isBinary(column) && says(name, nameWords.outcome)) return undefined;
  const why = named === 3 ? (leveled > 0 ? "name_and_levels" : "name") : "levels";
  return { column, score: named + leveled, why };
}

/** @returns the columns that may say the variant, the plainest first, each with the reason */
export function variantCandidates(columns: readonly ColumnSummary[], rows: number): readonly Candidate[] {
  return columns.flatMap((column) => candidateOf(column, rows) ?? []).sort((a, b) => b.score - a.score);
}

/** Points of evidence that a column needs, and by how many it must be ahead. */
const [enough, ahead] = [2, 1];

/** @returns the column that plainly says the variant, if one does */
export function plainVariant(candidates: readonly Candidate[]): Candidate | undefined {
  const [first, second] = candidates;
  if (!first || first.score < enough) return undefined;
  return second && first.score - second.score < ahead ? undefined : first;
}

/** @returns the level that plainly is the control, if one is */
export function plainControl(
  column: string,
  levels: readonly string[],
): { readonly level: string; readonly why: GuessReason } | undefined {
  // Of `is_control` it is the yes.
  if (controlRank(column) === 0 && levels.length === 2) {
    const yes = levels.find((level) => /^(1|true|yes|oui|ja|vrai)$/i.test(level.trim()));
    if (yes !== undefined) return { level: yes, why: "control_word" };
  }
  const ranked = levels.flatMap((level) => {
    const rank = controlRank(level);
    return rank === undefined ? [] : [{ level, rank }];
  });
  const best = Math.min(...ranked.map(({ rank }) => rank));
  const [only, other] = ranked.filter(({ rank }) => rank === best);
  if (!only || other) return undefined;
  if (best === 5 && !areLettered(levels)) return undefined;
  return { level: only.level, why: best === 5 ? "first_letter" : "control_word" };
}
