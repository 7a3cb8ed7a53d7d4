import { trimmed } from "../../core/data-grammar.js";
import { errorOf, not_a_number, not_a_time, problem } from "../../errors/index.js";
import { type CountedArm, effectsOfArms, type PastEffect } from "../../programme/index.js";
import { type CommandArguments, names } from "../command.js";
import type { EngineChoice } from "../engine-options.js";
import { readTable } from "../read-table.js";
import { type ColumnRoleName, effectColumns } from "./effect-columns.js";
import type { ReadEffects } from "./read-effects.js";

/** How effects of a table are written. */
export type WrittenScale = "difference" | "lift" | "log-lift";

/** Half-width of a 95 % interval in standard errors. */
const reach = 1.959963984540054;

interface Row {
  text(role: ColumnRoleName): string | undefined;
  number(role: ColumnRoleName): number | undefined;
  /** The day or the year that a date says. */
  date(): string | undefined;
}

function rowOf(columns: ReadonlyMap<ColumnRoleName, readonly unknown[]>, i: number): Row {
  const said = (role: ColumnRoleName) => {
    const value = trimmed(String(columns.get(role)?.[i] ?? ""));
    return value === "" ? undefined : value;
  };
  const refused = (entry: Parameters<typeof problem>[0], role: ColumnRoleName) =>
    errorOf([problem(entry, [`--${role}`], said(role), { row: i + 1 })]);
  return {
    text: said,
    number(role) {
      const value = said(role);
      if (value === undefined || /^(na|n\/a|nan|null)$/i.test(value)) return undefined;
      const number = Number(value);
      if (!Number.isFinite(number)) throw refused({ not_a_number }, role);
      return number;
    },
    date() {
      const value = said("date");
      if (value === undefined) return undefined;
      const iso = /^(\d{4})(-\d\d(-\d\d)?)?/.exec(value)?.[0] ?? /\b(?:19|20)\d\d\b/.exec(value)?.[0];
      if (iso === undefined) throw refused({ not_a_time }, "date");
      return iso;
    },
  };
}

const given = <V>(key: string, value: V | undefined): { readonly [key: string]: V } =>
  value === undefined ? {} : { [key]: value };

function measured(row: Row, scale: WrittenScale): { value: number; standardError: number } | undefined {
  const value = row.number("effect");
  if (value === undefined) return undefined;
  const [low, high, error] = [row.number("low"), row.number("high"), row.number("error")];
  if (scale === "lift" && !(value > -1)) return undefined;
  const onScale = (x: number) => (scale === "lift" ? Math.log1p(x) : x);
  const standardError =
    error !== undefined
      ? scale === "lift"
        ? error / (1 + value)
        : error
      : low !== undefined && high !== undefined
        ? (onScale(high) - onScale(low)) / (2 * reach)
        : undefined;
  // A standard error of nothing, or an end of an interval that no lift has, says that there was nothing to estimate.
  return standardError !== undefined && standardError > 0
    ? { value: onScale(value), standardError }
    : undefined;
}

/** The effects that a table tells: one per row, or from a row per arm. */
export async function tableEffects(
  file: string,
  values: CommandArguments["values"],
  scale: WrittenScale,
  engine: EngineChoice,
): Promise<ReadEffects> {
  let roles: ReadonlyMap<ColumnRoleName, string> = new Map();
  const table = await readTable(
    file,
    (columns) => {
      roles = effectColumns(columns, values);
      return [...roles].map(([role, name]) => ({ name, option: `--${role}` }));
    },
    engine,
  );
  const columns = new Map([...roles].map(([role, name]) => [role, table.values(name)] as const));
  const rows = (columns.get("experiment") ?? []).map((_, i) => rowOf(columns, i));
  const kind = (row: Row) => ({
    ...{ ...given("theme", row.text("theme")), ...given("channel", row.text("channel")) },
    ...given("at", row.date()),
  });
  let left = 0;
  if (roles.has("successes")) {
    const arms = rows.flatMap((row): CountedArm[] => {
      const experiment = row.text("experiment");
      const [units, successes] = [row.number("units"), row.number("successes")];
      if (experiment !== undefined && units !== undefined && units > 0 && successes !== undefined)
        return [{ experiment, units, successes, ...kind(row) }];
      left++;
      return [];
    });
    const { effects, thin, alone } = effectsOfArms(arms, {
      scale: scale === "difference" ? "difference" : "log-lift",
    });
    return { effects, leftOut: { thin, alone, rows: left } };
  }
  const lower = new Set(names(values, "lower"));
  const effects = rows.flatMap((row): PastEffect[] => {
    const [experiment, found] = [row.text("experiment"), measured(row, scale)];
    if (experiment === undefined || !found) {
      left++;
      return [];
    }
    const metric = row.text("metric");
    return [
      {
        ...{ experiment, ...found, ...kind(row) },
        ...given("metric", metric),
        ...(lower.has(metric ?? "effect") ? { better: "lower" as const } : {}),
        ...given("units", row.number("units")),
        ...given("days", row.number("days")),
        ...given("weight", row.number("weight")),
      },
    ];
  });
  return { effects, leftOut: { rows: left } };
}
