import { stat } from "node:fs/promises";
import {
  bad_arguments,
  ExperimentError,
  exclusive_options,
  missing_argument,
  no_past_tests,
  too_many,
  unknown_name,
} from "../../errors/index.js";
import { analyzeProgramme, type ProgrammeOptions } from "../../programme/index.js";
import { languages, programmeToMarkdown, programmeToText, voiceIn } from "../../report/index.js";
import { type Command, type CommandArguments, list, numberWithin, text } from "../command.js";
import { engineOf, engineOptions } from "../engine-options.js";
import type { Io } from "../io.js";
import { isJsonTable } from "../is-json-table.js";
import { columnRoles } from "../programme/effect-columns.js";
import { jsonFilesOf, reportEffects } from "../programme/folder-effects.js";
import type { ReadEffects } from "../programme/read-effects.js";
import { tableEffects, type WrittenScale } from "../programme/table-effects.js";
import { withStandardInput } from "../standard-input.js";

type Values = CommandArguments["values"];

const scales = ["lift", "log-lift", "difference"] as const;

function scaleOf(values: Values): WrittenScale | undefined {
  const given = text(values, "scale");
  if (given === undefined) return undefined;
  const known = scales.find((each) => each === given);
  if (!known) throw new ExperimentError({ unknown_name }, ["--scale"], given, { known: scales });
  return known;
}

/** `METRIC=VALUE,ERROR`, or `VALUE,ERROR` where there is one metric. */
function holdoutsOf(values: Values): NonNullable<ProgrammeOptions["holdouts"]> {
  return Object.fromEntries(
    list(values, "holdout").map((each) => {
      const at = each.lastIndexOf("=");
      const [value, standardError, more] = each
        .slice(at + 1)
        .split(",")
        .map(Number);
      if (value === undefined || standardError === undefined || more !== undefined || !(standardError > 0))
        throw new ExperimentError({ bad_arguments }, ["--holdout"], each, {
          example: "--holdout METRIC=0.04,0.01 (value, standard error)",
        });
      return [at < 0 ? "effect" : each.slice(0, at), { value, standardError }];
    }),
  );
}

/** `METRIC=SURROGATE` or `METRIC=SURROGATE,CORRELATION`. */
function surrogatesOf(values: Values): NonNullable<ProgrammeOptions["surrogates"]> {
  const found: Record<string, { metric: string; correlation?: number }[]> = {};
  for (const each of list(values, "surrogate")) {
    const [, target, metric, correlation] = /^([^=]+)=([^,=]+)(?:,(-?[\d.]+))?$/.exec(each) ?? [];
    if (target === undefined || metric === undefined)
      throw new ExperimentError({ bad_arguments }, ["--surrogate"], each, {
        example: "--surrogate revenue=visits,0.3 (metric, what may stand for it, correlation)",
      });
    const own = correlation === undefined ? {} : { correlation: Number(correlation) };
    found[target] = [...(found[target] ?? []), { metric, ...own }];
  }
  return found;
}

async function read(file: string, values: Values): Promise<ReadEffects & { readonly scale: WrittenScale }> {
  const asked = scaleOf(values);
  const isFolder = await stat(file).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder || (/\.json$/i.test(file) && !(await isJsonTable(file)))) {
    const scale = asked === "difference" ? asked : "log-lift";
    const files = isFolder ? await jsonFilesOf(file) : [file];
    const found = await reportEffects(files, file, { scale, channel: text(values, "channel") });
    return { ...found, scale };
  }
  const scale = asked ?? (text(values, "successes") === undefined ? "difference" : "log-lift");
  return { ...(await tableEffects(file, values, scale, engineOf(values))), scale };
}

async function told({ values, positionals }: CommandArguments, io: Io): Promise<number> {
  const [file, ...more] = positionals;
  if (file === undefined) throw new ExperimentError({ missing_argument }, ["FILE"], undefined);
  if (more.length > 0)
    throw new ExperimentError({ too_many }, ["FILE"], more[0], { expected: { atMost: 1 } });
  const lang = text(values, "lang");
  const { language } = voiceIn(lang, ["--lang"]);
  if (values.json && values.markdown)
    throw new ExperimentError({ exclusive_options }, ["command line"], "--json --markdown", {
      known: ["--json", "--markdown"],
    });
  const [level, daily] = [
    numberWithin(values, "level", { above: 0, below: 1 }),
    numberWithin(values, "daily", { above: 0 }),
  ];
  const holdouts = holdoutsOf(values);
  const { effects, leftOut, scale } = await read(file, values);
  if (effects.length === 0) throw new ExperimentError({ no_past_tests }, ["FILE"], file);
  const programme = analyzeProgramme(effects, {
    scale: scale === "difference" ? "difference" : "log-lift",
    ...(level === undefined ? {} : { level }),
    ...(daily === undefined ? {} : { daily }),
    ...{ holdouts, surrogates: surrogatesOf(values) },
  });
  const known = Object.keys(languages).find((each) => each === language);
  const options = { leftOut, lang: known === "fr" ? ("fr" as const) : ("en" as const) };
  if (values.json) io.out(`${JSON.stringify({ ...programme, leftOut }, null, 2)}\n`);
  else if (values.markdown) io.out(programmeToMarkdown(programme, options));
  else
    io.out(
      programmeToText(programme, {
        ...options,
        width: Math.max(60, Math.min(io.columns ?? 100, 120)),
        color: io.outIsTerminal && io.color,
      }),
    );
  return 0;
}

/** `essai programme`: many finished tests read together. */
export const programmeCommand: Command = {
  usage:
    "FOLDER|FILE [--effect COLUMN --error COLUMN | --successes COLUMN --units COLUMN] [--json | --markdown]",
  examples: [
    "essai programme reports",
    "essai programme tests.csv --scale lift --lang fr",
    "essai programme headlines.csv --experiment test_id --units impressions --successes clicks",
    "essai programme tests.csv --holdout revenue=0.04,0.01 --daily 5000 --json",
  ],
  options: {
    ...Object.fromEntries(Object.entries(columnRoles).map(([name, { option }]) => [name, option])),
    channel: {
      type: "string",
      value: "NAME",
      about: "of a table: the column of the channel; of reports: the dimension to take level by level",
    },
    scale: {
      type: "string",
      value: "SCALE",
      about:
        "of a table's effects: difference (default), lift (a fraction) or log-lift; of reports and arms: lift (default) or difference",
    },
    lower: { type: "string", value: "A,B", about: "of a table: metrics where lower is better" },
    holdout: {
      type: "string",
      multiple: true,
      value: "METRIC=VALUE,ERROR",
      about: "what a holdout measured all shipped changes to be worth; may be repeated",
    },
    surrogate: {
      type: "string",
      multiple: true,
      value: "METRIC=OTHER,0.3",
      about:
        "whether past tests bear out that another metric stands for it; with the correlation of the two over users, default 0; may be repeated",
    },
    daily: {
      type: "string",
      value: "N",
      about: "units that arrive a day, for the duration of the next tests",
    },
    level: { type: "string", value: "0.95", about: "of the intervals, and of what counts as a win" },
    markdown: { type: "boolean", about: "print Markdown" },
    json: { type: "boolean", about: "print the whole result as JSON" },
    ...engineOptions,
  },
  run: (args, io) => withStandardInput(args, io, told),
};
