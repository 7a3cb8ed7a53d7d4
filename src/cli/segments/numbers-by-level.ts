import { bad_arguments, ExperimentError } from "../../errors/index.js";
import { type CommandArguments, list } from "../command.js";

/** `LEVEL=NUMBER`, once for each level. */
export function numbersByLevel(
  values: CommandArguments["values"],
  key: string,
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    list(values, key).map((each) => {
      const at = each.lastIndexOf("=");
      const value = Number(each.slice(at + 1) || Number.NaN);
      if (at < 1 || Number.isNaN(value))
        throw new ExperimentError({ bad_arguments }, [`--${key}`], each, { example: `--${key} LEVEL=0.05` });
      return [each.slice(0, at), value];
    }),
  );
}
