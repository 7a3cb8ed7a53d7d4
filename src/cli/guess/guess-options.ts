import type { Spelling } from "../../core/data-spelling.js";
import {
  bad_arguments,
  ExperimentError,
  errorOf,
  exclusive_options,
  out_of_range,
  problem,
  unknown_name,
} from "../../errors/index.js";
import type { Told } from "../../guess/index.js";
import { type CommandArguments, type CommandOption, list, names, text } from "../command.js";

/** How numbers, yes and no, and missing values are written. */
export const spellingOptions = {
  decimal: {
    type: "string",
    value: "MARK",
    about: 'without --experiment: the mark before a number\'s fraction, "," or "."',
  },
  thousands: {
    type: "string",
    value: "MARK",
    about: "without --experiment: the mark between thousands, where it is not a space",
  },
  missing: {
    type: "string",
    value: "A,B",
    about: "without --experiment: what stands for a missing value, e.g. NA,-999",
  },
  yes: { type: "string", value: "A,B", about: "without --experiment: words for 1, e.g. oui,vrai" },
  no: { type: "string", value: "A,B", about: "without --experiment: words for 0, e.g. non,faux" },
} as const satisfies Readonly<Record<string, CommandOption>>;

/** What may be said of a table whose experiment file is guessed. */
export const guessOptions = {
  variant: { type: "string", value: "COLUMN", about: "without --experiment: the column of the variant" },
  control: {
    type: "string",
    value: "LEVEL",
    about: "without --experiment: the value of the variant column that is the control",
  },
  unit: {
    type: "string",
    value: "COLUMN",
    about: "without --experiment: the column that identifies the unit",
  },
  duplicates: {
    type: "string",
    value: "WAY",
    about: "without --experiment: what several rows of one unit mean, first or sum",
  },
  outcomes: { type: "string", value: "A,B", about: "without --experiment: the columns of the outcomes" },
  share: {
    type: "string",
    multiple: true,
    value: "LEVEL=0.5",
    about:
      "without --experiment: the planned share of a variant; may be repeated; unknown where nobody recorded it; default all alike",
  },
  bin: {
    type: "string",
    multiple: true,
    value: "COLUMN=10",
    about:
      "without --experiment: a dimension of fewer levels, the 10 most frequent values or, of numbers, edges (age=25,40); may be repeated",
  },
  ...spellingOptions,
  save: {
    type: "string",
    value: "FILE",
    about: "without --experiment: write the experiment file that was used",
  },
} as const satisfies Readonly<Record<string, CommandOption>>;

const marks = {
  duplicates: ["first", "sum"],
  decimal: [",", "."],
  thousands: [".", ",", "'", "’"],
} as const;

function markOf<M extends string>(
  values: CommandArguments["values"],
  option: string,
  known: readonly M[],
): M | undefined {
  const given = text(values, option);
  const mark = known.find((each) => each === given);
  if (given !== undefined && mark === undefined)
    throw errorOf([problem({ unknown_name }, [`--${option}`], given, { known: [...known] })]);
  return mark;
}

function shareOf(given: string): readonly [level: string, share: number] {
  const at = given.lastIndexOf("=");
  if (at < 1)
    throw new ExperimentError({ bad_arguments }, ["--share"], given, { example: "--share LEVEL=0.5" });
  const share = Number(given.slice(at + 1));
  if (!(share > 0 && share < 1))
    throw new ExperimentError({ out_of_range }, ["--share"], given, { expected: { above: 0, below: 1 } });
  return [given.slice(0, at), share];
}

function binOf(given: string): readonly [column: string, numbers: readonly number[]] {
  const at = given.lastIndexOf("=");
  const numbers = given
    .slice(at + 1)
    .split(",")
    .map((each) => (each.trim() === "" ? Number.NaN : Number(each)));
  if (at < 1 || !numbers.every(Number.isFinite))
    throw new ExperimentError({ bad_arguments }, ["--bin"], given, { example: "--bin COLUMN=10" });
  return [given.slice(0, at), numbers];
}

/** @returns what the command line says of how values are written */
export function spellingTold(values: CommandArguments["values"]): Spelling {
  const [missing, yes, no] = [names(values, "missing"), names(values, "yes"), names(values, "no")];
  const decimal = markOf(values, "decimal", marks.decimal);
  const thousands = markOf(values, "thousands", marks.thousands);
  return {
    ...(decimal === undefined ? {} : { decimal }),
    ...(thousands === undefined ? {} : { thousands }),
    ...(missing ? { missing } : {}),
    ...(yes ? { yes } : {}),
    ...(no ? { no } : {}),
  };
}

/** @returns what the command line says of the table */
export function toldBy({ values }: CommandArguments): Told {
  const [variant, control, unit] = [text(values, "variant"), text(values, "control"), text(values, "unit")];
  const [outcomes, dimensions] = [names(values, "outcomes"), names(values, "by")];
  const given = list(values, "share");
  const unknown = given.length === 1 && given[0] === "unknown";
  const shares = unknown ? [] : given.map(shareOf);
  const bins = list(values, "bin").map(binOf);
  const duplicates = markOf(values, "duplicates", marks.duplicates);
  return {
    ...(variant === undefined ? {} : { variant }),
    ...(control === undefined ? {} : { control }),
    ...(unit === undefined ? {} : { unit }),
    ...(duplicates === undefined ? {} : { duplicates }),
    ...(outcomes ? { outcomes } : {}),
    ...(dimensions ? { dimensions } : {}),
    ...(bins.length > 0 ? { bins: Object.fromEntries(bins) } : {}),
    ...(shares.length > 0 ? { shares: Object.fromEntries(shares) } : {}),
    ...(unknown ? { shares: "unknown" as const } : {}),
    ...spellingTold(values),
  };
}

/** Refuses what is said of a table beside an experiment file, which says it all. */
export function refuseGuessOptions({ values }: CommandArguments): void {
  const given = Object.keys(guessOptions).find((option) => values[option] !== undefined);
  if (given !== undefined)
    throw new ExperimentError({ exclusive_options }, [`--${given}`], values[given], {
      known: ["--experiment FILE", `--${given} …`],
    });
}
