import { ExperimentError, missing_argument } from "../../errors/index.js";
import { type CommandArguments, type CommandOption, text } from "../command.js";

interface ColumnRole {
  readonly option: CommandOption;
  /** Words of names that say so, in English and French. */
  readonly words: readonly string[];
}

const column = (about: string, words: string): ColumnRole => ({
  option: { type: "string", value: "COLUMN", about },
  words: words.split(" "),
});

/** What columns of a table of past tests may say. */
export const columnRoles = {
  experiment: column("of a table: names the test", "experiment test experience essai study"),
  effect: column("of a table: the effect", "effect lift uplift difference diff delta estimate effet ecart"),
  error: column("of a table: its standard error", "se stderr error erreur std_err"),
  low: column(
    "of a table: lower end of the effect's 95 % interval, instead of --error",
    "low lower lo borne_basse",
  ),
  high: column("of a table: its upper end", "high upper hi borne_haute"),
  successes: column(
    "of a table with a row per arm: units with a success, instead of --effect",
    "successes clicks conversions clics succes",
  ),
  units: column(
    "of a table: units in the test, or in the arm",
    "units users n visitors impressions sample unites",
  ),
  theme: column("of a table: the kind of idea", "theme category idea team categorie"),
  channel: column("of a table: the channel", "channel canal"),
  metric: column("of a table: the metric; metrics are never pooled", "metric kpi metrique"),
  date: column("of a table: when the test ended", "date end ended year at fin annee"),
  days: column("of a table: how many days it ran", "days duration jours duree"),
  weight: column("of a table: what an effect of 1 is worth; default 1", "weight poids"),
} as const satisfies Readonly<Record<string, ColumnRole>>;

/** Name of a role. */
export type ColumnRoleName = keyof typeof columnRoles;

const isRole = (name: string): name is ColumnRoleName => Object.hasOwn(columnRoles, name);
const names = Object.keys(columnRoles).filter(isRole);

const plain = (name: string) =>
  name
    .normalize("NFD")
    .replaceAll(/[\u0300-\u036f]/g, "")
    .replaceAll(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();

/** The first column whose name is one of the words, else one that contains one. */
function named(columns: readonly string[], { words }: ColumnRole): string | undefined {
  return (
    columns.find((each) => words.includes(plain(each))) ??
    columns.find((each) =>
      plain(each)
        .split(/[^a-z0-9]+/)
        .some((word) => words.includes(word)),
    )
  );
}

/**
 * Which column says what: as the options name them, else by the columns' own names, each for one role.
 * @throws ExperimentError `missing_argument` at the option of what a table needs and nothing names
 */
export function effectColumns(
  columns: readonly string[],
  values: CommandArguments["values"],
): ReadonlyMap<ColumnRoleName, string> {
  const found = new Map<ColumnRoleName, string>();
  for (const name of names) {
    const given = text(values, name);
    if (given !== undefined) found.set(name, given);
  }
  const isGiven = (name: ColumnRoleName) => text(values, name) !== undefined;
  for (const name of names) {
    if (found.has(name)) continue;
    // Counts are read where there is no effect, an interval where there is no error.
    if (name === "successes" && found.has("effect")) continue;
    if (name === "effect" && isGiven("successes")) continue;
    const taken = new Set(found.values());
    const own = named(
      columns.filter((each) => !taken.has(each)),
      columnRoles[name],
    );
    if (own !== undefined) found.set(name, own);
  }
  const needs: readonly ColumnRoleName[] = found.has("successes")
    ? ["experiment", "units"]
    : found.has("error") || !found.has("low")
      ? ["experiment", "effect", "error"]
      : ["experiment", "effect", "high"];
  for (const name of needs)
    if (!found.has(name))
      throw new ExperimentError({ missing_argument }, [`--${name}`], undefined, {
        example: `--${name} COLUMN, one of: ${columns.slice(0, 20).join(", ")}`,
      });
  return found;
}
