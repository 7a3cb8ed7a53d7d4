import type {
  DataMapping,
  EventsMapping,
  EventsTable,
  ExposuresMapping,
  Relation,
  TableMapping,
  VariantColumn,
} from "../../core/data-mapping.js";
import { conflicting_keys, type ErrorPath, errorOf, type Problem, problem } from "../../errors/index.js";
import { type FieldsFor, type Shape, shapeProblems } from "../../shapes/index.js";

const name = { kind: "text" } as const;
const perhaps = { kind: "text", optional: true } as const;
const relation = { file: perhaps, table: perhaps } as const satisfies FieldsFor<Relation>;

const variantColumn = {
  column: name,
  values: { kind: "map", of: name, optional: true },
  unknown: { kind: "word", of: ["error", "ignore"], optional: true },
} as const satisfies FieldsFor<VariantColumn>;

const unitColumns = {
  variant: { kind: "either", of: [name, { kind: "object", has: variantColumn }] },
  version: perhaps,
  dimensions: {
    kind: "either",
    of: [
      { kind: "list", of: name },
      { kind: "map", of: name },
    ],
    optional: true,
  },
} as const;

const table = { ...relation, unit: perhaps, ...unitColumns } as const satisfies FieldsFor<TableMapping>;
const exposures = {
  ...relation,
  unit: name,
  at: name,
  ...unitColumns,
} as const satisfies FieldsFor<ExposuresMapping>;
const events = {
  ...relation,
  unit: name,
  at: name,
  event: name,
  value: perhaps,
} as const satisfies FieldsFor<EventsTable>;
const eventsMapping = {
  exposures: { kind: "object", has: exposures },
  events: { kind: "object", has: events },
  windowDays: { kind: "number", above: 0, optional: true },
} as const satisfies FieldsFor<EventsMapping>;

/** A mapping of a wide table. */
export const tableMappingShape: Shape = { kind: "object", has: table };
/** A mapping of exposures and events. */
export const eventsMappingShape: Shape = { kind: "object", has: eventsMapping };
/** The `data` section of an experiment file: a wide table, or exposures and events. */
export const dataMappingShape: Shape = { kind: "either", of: [tableMappingShape, eventsMappingShape] };

function relationProblems({ file, table }: Relation, path: ErrorPath): Problem[] {
  return file === undefined || table === undefined
    ? []
    : [problem({ conflicting_keys }, [...path, "table"], table, { other: "file" })];
}

/**
 * Everything that is wrong with a mapping.
 * @param mapping  anything
 * @param shape    which of the mappings it has to be; default: any
 * @returns the problems of its shape, within ["data"]; where there are none, `conflicting_keys` for a file beside a table
 */
export function mappingProblems(mapping: unknown, shape: Shape = dataMappingShape): Problem[] {
  const path = ["data"];
  const found = shapeProblems(mapping, shape, path);
  if (found.length > 0) return found;
  const known = mapping as DataMapping;
  return "exposures" in known
    ? [
        ...relationProblems(known.exposures, [...path, "exposures"]),
        ...relationProblems(known.events, [...path, "events"]),
      ]
    : relationProblems(known, path);
}

/**
 * Checks a caller's mapping.
 * @throws ExperimentError with every problem, as {@link mappingProblems} lists them
 */
export function requireMapping(mapping: unknown, shape?: Shape): asserts mapping is DataMapping {
  const problems = mappingProblems(mapping, shape);
  if (problems.length > 0) throw errorOf(problems);
}
