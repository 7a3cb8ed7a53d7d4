import { ExperimentError, missing_argument, unknown_name } from "../../errors/index.js";
import { randomSource } from "../../random/index.js";
import { type AttributeValue, mixtureGroups, rfmGroups } from "../../segments/index.js";
import { type CommandArguments, names, text } from "../command.js";
import type { SegmentsTable } from "./segments-table.js";

const ways = ["rfm", "mixture"];

const isNumeric = (list: readonly AttributeValue[]): list is readonly (number | null)[] =>
  list.every((value) => value === null || typeof value === "number") && new Set(list).size > 2;

/** Adds groups of units to what is searched, by the names of the ways that were asked for. */
export function withGroups<T extends SegmentsTable>(table: T, values: CommandArguments["values"]): T {
  const asked = names(values, "groups") ?? [];
  const { attributes } = table;
  const groups = asked.map((way) => {
    if (!ways.includes(way)) throw new ExperimentError({ unknown_name }, ["--groups"], way, { known: ways });
    if (way === "mixture") {
      const numeric = Object.fromEntries(
        Object.entries(attributes).flatMap(([name, list]) =>
          isNumeric(list) ? [[name, list] as const] : [],
        ),
      );
      return [way, mixtureGroups(numeric, { random: randomSource(text(values, "seed") ?? "1") })] as const;
    }
    const columnOf = (part: string) => {
      const list = attributes[part];
      if (!list)
        throw new ExperimentError({ missing_argument }, ["--groups", part], undefined, {
          example: "--events FILE --before exposed_at",
        });
      return list.map((value) => (typeof value === "number" ? value : null));
    };
    const known = (list: readonly (number | null)[]) => list.map((value) => value ?? 0);
    return [
      way,
      rfmGroups({
        recency_days: columnOf("recency_days"),
        frequency: known(columnOf("frequency")),
        monetary: known(columnOf("monetary")),
      }),
    ] as const;
  });
  return { ...table, attributes: { ...attributes, ...Object.fromEntries(groups) } };
}
