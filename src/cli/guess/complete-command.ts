import type { Told } from "../../guess/index.js";

const plain = /^[\w./:=,@%+\p{L}-]+$/u;
const quoted = (word: string) =>
  plain.test(word)
    ? word
    : /["$`!\\]/.test(word)
      ? `'${word.replaceAll("'", String.raw`'\''`)}'`
      : `"${word}"`;

/** An option and its value, as shells and parseArgs take it. */
const option = (name: string, value: string) =>
  value === "" || value.startsWith("-") ? `--${name}=${quoted(value)}` : `--${name} ${quoted(value)}`;

/** @returns the command line that says all of it */
export function completeCommand(command: string, file: string, told: Told): string {
  const {
    variant,
    control,
    unit,
    duplicates,
    outcomes,
    dimensions,
    shares = {},
    bins = {},
    decimal,
    thousands,
    missing,
    yes,
    no,
  } = told;
  const one = (name: string, value: string | undefined) => (value === undefined ? [] : [option(name, value)]);
  const several = (name: string, values: readonly string[] | undefined) => one(name, values?.join(","));
  return [
    `essai ${command} ${quoted(file)}`,
    ...one("variant", variant),
    ...one("control", control),
    ...one("unit", unit),
    ...one("duplicates", duplicates),
    ...several("outcomes", outcomes),
    ...several("by", dimensions),
    ...Object.entries(bins).map(([column, numbers]) => option("bin", `${column}=${numbers.join(",")}`)),
    ...(shares === "unknown" ? [option("share", shares)] : []),
    ...Object.entries(shares === "unknown" ? {} : shares).map(([level, share]) =>
      option("share", `${level}=${share}`),
    ),
    ...one("decimal", decimal),
    ...one("thousands", thousands),
    ...several("missing", missing),
    ...several("yes", yes),
    ...several("no", no),
  ].join(" ");
}
