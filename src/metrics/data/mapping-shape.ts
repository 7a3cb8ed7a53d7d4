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

/** The `data` section of an experiment file: a wide table, or exposures and events. */
export const dataMappingShape: Shape = {
  kind: "either",
  of: [
    { kind: "object", has: table },
    { kind: "object", has: eventsMapping },
  ],
};

function relationProblems({ file, table }: Relation, path: ErrorPath): Problem[] {
  return file === undefined || table === undefined
    ? []
    : [problem({ conflicting_keys }, [...path, "table"], table, { other: "file" })];
}

/**
 * Everything that is wrong with a mapping.
 * @param mapping  anything
 * @param path     where it stands
 * @returns the problems of its shape; where there are none, `conflicting_keys` for a file beside a table
 */
export function mappingProblems(mapping: unknown, path: ErrorPath = ["data"]): Problem[] {
  const found = shapeProblems(mapping, dataMappingShape, path);
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
export function requireMapping(mapping: unknown, path?: ErrorPath): asserts mapping is DataMapping {
  const problems = mappingProblems(mapping, path);
  if (problems.length > 0) throw errorOf(problems);
}
