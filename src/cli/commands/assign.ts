import { createAssigner } from "../../assignment/index.js";
import type { Assignment } from "../../core/assignment.js";
import type { Catalogue } from "../../core/catalogue.js";
import { trimmed } from "../../core/data-grammar.js";
import { instantOf } from "../../definition/index.js";
import { openFileEngine } from "../../engines/files/index.js";
import {
  ExperimentError,
  errorOf,
  invalid_instant,
  missing_argument,
  missing_column,
  nearName,
  problem,
  unknown_name,
} from "../../errors/index.js";
import { attributeColumns, attributeReader } from "../attribute-columns.js";
import { type Command, type CommandArguments, text } from "../command.js";
import { readCatalogue } from "../read-catalogue.js";

type Values = CommandArguments["values"];

function timeOf(values: Values): number | undefined {
  const given = text(values, "now");
  if (given === undefined) return undefined;
  const time = instantOf(given);
  if (Number.isNaN(time)) throw new ExperimentError({ invalid_instant }, ["--now"], given);
  return time;
}

function keysOf({ experiments }: Catalogue, values: Values): readonly string[] {
  const known = experiments.map(({ key }) => key);
  const wanted = text(values, "key");
  if (wanted === undefined) return known;
  if (!known.includes(wanted))
    throw errorOf([problem({ unknown_name }, ["--key"], wanted, nearName(wanted, known))]);
  return [wanted];
}

const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** Payloads that are text are shown as it is, all others as JSON. */
const payloadText = (payload: unknown) => (typeof payload === "string" ? payload : JSON.stringify(payload));

function lineOf(assignment: Assignment<string, unknown>, payload: boolean): string {
  const { unitId, experiment, definitionVersion, variant, reason } = assignment;
  const propensity = assignment.enrolled ? String(assignment.propensity) : "";
  return `${quoted(unitId)},${quoted(experiment)},${definitionVersion},${quoted(variant ?? "")},${reason},${propensity}${
    payload ? `,${quoted(payloadText(assignment.payload))}` : ""
  }\n`;
}

/** `essai assign`: a list of who gets which variant, from a file of units. */
export const assignCommand: Command = {
  usage: "UNITS --experiment FILE [--key KEY] [--unit COLUMN] [--now TIME] [--enrolled] [--payload]",
  examples: [
    "essai assign customers.csv --experiment experiment.json > list.csv",
    "essai assign customers.csv --experiment catalogue.json --key spring --enrolled --payload",
  ],
  options: {
    experiment: { type: "string", value: "FILE", about: "the experiment file or catalogue" },
    key: { type: "string", value: "KEY", about: "one experiment of the catalogue; default all" },
    unit: {
      type: "string",
      value: "COLUMN",
      about: "the column of the ids; default the one named as the experiment's unit",
    },
    now: { type: "string", value: "TIME", about: "the time for schedules, ISO 8601 with a zone" },
    enrolled: { type: "boolean", about: "leave out units that are not enrolled" },
    payload: { type: "boolean", about: "a last column with the variant's payload" },
  },
  async run({ positionals: [file], values }, io) {
    if (file === undefined) throw new ExperimentError({ missing_argument }, ["UNITS"], undefined);
    const experiment = text(values, "experiment");
    if (experiment === undefined)
      throw new ExperimentError({ missing_argument }, ["--experiment"], undefined);
    const catalogue = await readCatalogue(experiment, "--experiment");
    const assigner = createAssigner(catalogue);
    const keys = keysOf(catalogue, values);
    const units = new Map(catalogue.experiments.map(({ key, unit }) => [key, unit]));
    const now = timeOf(values);
    const call = now === undefined ? undefined : { now };
    const [unit = ""] = keys.map((key) => text(values, "unit") ?? units.get(key) ?? "");
    const types = attributeColumns(catalogue);
    const engine = await openFileEngine("csv");
    try {
      const table = await engine.table(file, ["UNITS"]);
      const wanted = [...new Set([unit, ...types.keys()])];
      const missing = wanted.filter((name) => !table.columns.includes(name));
      if (missing.length > 0)
        throw errorOf(
          missing.map((name) =>
            problem({ missing_column }, ["UNITS", name], name, nearName(name, table.columns)),
          ),
        );
      const readers = wanted.map((name) => {
        const type = types.get(name);
        return type === undefined ? undefined : ([name, attributeReader(name, type)] as const);
      });
      io.out(
        `${quoted(unit)},experiment,version,variant,reason,propensity${values.payload ? ",payload" : ""}\n`,
      );
      let [row, without] = [1, 0];
      for await (const batch of table.rows?.(wanted) ?? []) {
        let lines = "";
        for (const cells of batch) {
          row++;
          const id = trimmed(String(cells[0] ?? ""));
          if (id === "") {
            without++;
            continue;
          }
          const context: Record<string, unknown> = {};
          // Counted: an iterator would cost a tenth of the time.
          for (let i = 0; i < readers.length; i++) {
            const reader = readers[i];
            if (reader) context[reader[0]] = reader[1](cells[i], row);
          }
          for (const key of keys) {
            context[units.get(key) ?? unit] = id;
            const assignment = assigner.assign(key, context, call);
            if (assignment.enrolled || !values.enrolled) lines += lineOf(assignment, values.payload === true);
          }
        }
        io.out(lines);
      }
      if (without > 0) io.err(`essai: ${without} rows without ${unit} are left out\n`);
      return 0;
    } finally {
      await engine.close();
    }
  },
};
