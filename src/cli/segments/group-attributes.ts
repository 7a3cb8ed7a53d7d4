import { ExperimentError, missing_argument, unknown_name } from "../../errors/index.js";
import { randomSource } from "../../random/index.js";
import { type AttributeValue, mixtureGroups, type RfmAttributes, rfmGroups } from "../../segments/index.js";
import { type CommandArguments, names, text } from "../command.js";
import type { SegmentsTable } from "./segments-table.js";

const known = ["rfm", "mixture"];
const parts = ["recency_days", "frequency", "monetary"] as const;

const isNumeric = (list: readonly AttributeValue[]): list is readonly (number | null)[] =>
  list.every((value) => value === null || typeof value === "number") && new Set(list).size > 2;

/** Adds groups of units to what is searched, by the names of the ways that were asked for. */
export function withGroups<T extends SegmentsTable>(table: T, values: CommandArguments["values"]): T {
  const asked = names(values, "groups") ?? [];
  const { attributes } = table;
  const groups = asked.map((way) => {
    if (!known.includes(way)) throw new ExperimentError({ unknown_name }, ["--groups"], way, { known });
    if (way === "mixture") {
      const numeric = Object.fromEntries(
        Object.entries(attributes).flatMap(([name, list]) =>
          isNumeric(list) ? [[name, list] as const] : [],
        ),
      );
      return [way, mixtureGroups(numeric, { random: randomSource(text(values, "seed") ?? "1") })] as const;
    }
    for (const part of parts)
      if (!attributes[part])
        throw new ExperimentError({ missing_argument }, ["--groups", part], undefined, {
          example: "--events FILE --before exposed_at",
        });
    const [recency_days, frequency, monetary] = parts.map((part) => attributes[part]);
    return [way, rfmGroups({ recency_days, frequency, monetary } as RfmAttributes)] as const;
  });
  return { ...table, attributes: { ...attributes, ...Object.fromEntries(groups) } };
}
