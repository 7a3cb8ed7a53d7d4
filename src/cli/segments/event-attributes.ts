import { instantOf } from "../../definition/index.js";
import { duckdb } from "../../engines/duckdb/index.js";
import {
  bad_arguments,
  ExperimentError,
  incomplete_option,
  missing_argument,
  needs_duckdb,
} from "../../errors/index.js";
import { type Behaviours, type BehavioursRequest, readBehaviours } from "../../segments/index.js";
import { type CommandArguments, list, text } from "../command.js";
import type { EngineChoice } from "../engine-options.js";
import type { SegmentsTable } from "./segments-table.js";

const parts = ["unit", "at", "event", "amount", "channel", "discount"] as const;

/** `PART=COLUMN`, once for each column of the events that is called otherwise. */
function columnsOf(values: CommandArguments["values"]): NonNullable<BehavioursRequest["columns"]> {
  return Object.fromEntries(
    list(values, "event-column").map((each) => {
      const [key, ...rest] = each.split("=");
      const part = parts.find((known) => known === key);
      const column = rest.join("=");
      if (!part || column === "")
        throw new ExperimentError({ bad_arguments }, ["--event-column"], each, {
          example: `--event-column amount=revenue, one of: ${parts.join(", ")}`,
        });
      return [part, column];
    }),
  );
}

/** A table whose units have attributes by what they did before, and events that were left out. */
interface WithEvents<T> {
  readonly table: T;
  readonly leftOut?: Behaviours["leftOut"];
}

/** Adds what units did before their exposure, where a file of events was given. */
export async function withEvents<T extends SegmentsTable>(
  table: T,
  file: string,
  values: CommandArguments["values"],
  { engine, ...options }: EngineChoice,
): Promise<WithEvents<T>> {
  const [events, before] = [text(values, "events"), text(values, "before")];
  if (events === undefined) {
    if (before !== undefined)
      throw new ExperimentError({ incomplete_option }, ["--before"], before, { example: "--events FILE" });
    return { table };
  }
  if (before === undefined)
    throw new ExperimentError({ incomplete_option }, ["--events"], events, {
      example: "--before exposed_at",
    });
  if (engine === "csv") throw new ExperimentError({ needs_duckdb }, ["--events"], events);
  const { unit: units, unitColumn } = table;
  if (!units || unitColumn === undefined)
    throw new ExperimentError({ missing_argument }, ["--unit"], undefined, { example: "--unit customer_id" });
  const isTime = !Number.isNaN(instantOf(before));
  const opened = await duckdb(options);
  try {
    const { attributes, leftOut, ...found } = await readBehaviours(opened, {
      events: { file: events },
      before: isTime ? before : { relation: { file }, unit: unitColumn, at: before },
      columns: { unit: unitColumn, ...columnsOf(values) },
    });
    const place = new Map(found.units.map((unit, i) => [unit, i]));
    const told = Object.fromEntries(
      Object.entries(attributes).map(([name, own]) => [
        name,
        units.map((unit) => own[place.get(unit) ?? -1] ?? null),
      ]),
    );
    const { [before]: _, ...others } = table.attributes;
    return { table: { ...table, attributes: { ...others, ...told } }, leftOut };
  } finally {
    await opened.close();
  }
}
