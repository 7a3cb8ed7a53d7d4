import type { TableMapping } from "../core/data-mapping.js";
import type { Json } from "../core/json.js";
import type { Guess, GuessedOutcome } from "./guess.js";

/** A binned column, as JSON. */
type Bin = { readonly column: string; readonly edges?: readonly number[]; readonly keep?: readonly string[] };

/** Whether a name can be a key of a definition. */
const canBeKey = (name: string): boolean =>
  name !== "" && name.length <= 200 && !/^\d+$/.test(name) && !(name in {});

/** The definition's key of each level: itself, or a name where JavaScript would reorder it or has it already. */
function keysOf(levels: readonly string[], control: string): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const level of levels) {
    const named = level === control ? "control" : levels.length === 2 ? "treatment" : `variant ${level}`;
    keys.set(level, canBeKey(level) ? level : levels.includes(named) ? `level ${level}` : named);
  }
  return keys;
}

const metricOf = ({ column, type, better }: GuessedOutcome, key: string): Json => ({
  ...{ key, type, role: "goal" },
  ...(better === "lower" ? { better } : {}),
  ...(key === column ? {} : { column }),
});

function declared(
  dimensions: Guess["dimensions"],
): readonly string[] | Readonly<Record<string, string | Bin>> {
  if (dimensions.every(({ bin }) => bin === undefined)) return dimensions.map(({ column }) => column);
  return Object.fromEntries(
    dimensions.map(({ column, bin }): [string, string | Bin] => [column, bin ? { column, ...bin } : column]),
  );
}

/**
 * The experiment file that says what was guessed.
 * @param key  the experiment's
 * @returns JSON that `parseExperiment` reads
 */
export function experimentOf(guess: Guess, key: string): { readonly [name: string]: Json } {
  const { variant, control, unit, duplicates, outcomes, dimensions, spelling, shares } = guess;
  const keys = keysOf(variant.levels, control.level);
  const keyOf = (level: string) => keys.get(level) ?? level;
  const levels = [control.level, ...variant.levels.filter((level) => level !== control.level).sort()];
  const renamed = levels.filter((level) => keyOf(level) !== level);
  const data = {
    variant:
      renamed.length === 0
        ? variant.column
        : {
            column: variant.column,
            values: Object.fromEntries(renamed.map((level) => [level, keyOf(level)])),
          },
    ...(unit ? { unit: unit.column } : {}),
    ...(duplicates ? { duplicates } : {}),
    ...(dimensions.length > 0 ? { dimensions: declared(dimensions) } : {}),
    ...spelling,
  } satisfies TableMapping;
  return {
    key,
    unit: unit?.column ?? "row",
    variants: Object.fromEntries(levels.map((level) => [keyOf(level), null])),
    control: keyOf(control.level),
    ...(shares === "unknown" ? { allocation: shares } : {}),
    ...(shares !== undefined && shares !== "unknown"
      ? {
          allocation: Object.fromEntries(
            levels.flatMap((level) => (shares[level] === undefined ? [] : [[keyOf(level), shares[level]]])),
          ),
        }
      : {}),
    metrics: outcomes.map((outcome, at) =>
      metricOf(outcome, canBeKey(outcome.column) ? outcome.column : `outcome ${at + 1}`),
    ),
    data,
  };
}
