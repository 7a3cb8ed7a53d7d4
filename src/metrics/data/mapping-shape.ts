import type {
  BinnedColumn,
  DataMapping,
  EventsMapping,
  EventsTable,
  ExposuresMapping,
  Relation,
  TableMapping,
  TimeMapping,
  VariantColumn,
} from "../../core/data-mapping.js";
import {
  conflicting_keys,
  type ErrorPath,
  errorOf,
  missing_value,
  not_a_time,
  not_by_cluster,
  out_of_range,
  type Problem,
  problem,
  unordered_rows,
} from "../../errors/index.js";
import { type FieldsFor, type Shape, shapeProblems } from "../../shapes/index.js";
import { microsecondsOf } from "./parse.js";

const name = { kind: "text" } as const;
const perhaps = { kind: "text", optional: true } as const;
const words = { kind: "list", of: name, optional: true } as const;
const relation = {
  file: perhaps,
  table: perhaps,
  encoding: { kind: "word", of: ["utf-8", "latin-1", "utf-16"], optional: true },
  decimal: { kind: "word", of: [".", ","], optional: true },
  thousands: { kind: "word", of: [".", ",", "'", "’"], optional: true },
  missing: words,
  yes: words,
  no: words,
} as const satisfies FieldsFor<Relation>;

const variantColumn = {
  column: name,
  values: { kind: "map", of: name, optional: true },
  unknown: { kind: "word", of: ["error", "ignore"], optional: true },
} as const satisfies FieldsFor<VariantColumn>;

const binnedColumn = {
  column: name,
  edges: { kind: "list", of: { kind: "number" }, atLeast: 1, optional: true },
  keep: { kind: "list", of: name, atLeast: 1, optional: true },
  by: { kind: "word", of: ["day", "week", "month"], optional: true },
  ordered: {
    kind: "either",
    of: [{ kind: "flag" }, { kind: "list", of: name, atLeast: 3 }],
    optional: true,
  },
  randomized: { kind: "flag", optional: true },
} as const satisfies FieldsFor<BinnedColumn>;

const unitColumns = {
  variant: { kind: "either", of: [name, { kind: "object", has: variantColumn }] },
  version: perhaps,
  cluster: perhaps,
  dimensions: {
    kind: "either",
    of: [
      { kind: "list", of: name },
      { kind: "map", of: { kind: "either", of: [name, { kind: "object", has: binnedColumn }] } },
    ],
    optional: true,
  },
} as const;

const table = {
  ...relation,
  unit: perhaps,
  duplicates: { kind: "word", of: ["first", "sum"], optional: true },
  ...unitColumns,
} as const satisfies FieldsFor<TableMapping>;
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
  id: perhaps,
  value: perhaps,
} as const satisfies FieldsFor<EventsTable>;
const time = {
  days: { kind: "number", whole: true, atLeast: 2, atMost: 60 },
  by: { kind: "word", of: ["day", "week"], optional: true },
} as const satisfies FieldsFor<TimeMapping>;
const eventsMapping = {
  exposures: { kind: "object", has: exposures },
  events: { kind: "object", has: events },
  until: perhaps,
  trigger: perhaps,
  windowDays: { kind: "number", above: 0, optional: true },
  time: { kind: "object", has: time, optional: true },
} as const satisfies FieldsFor<EventsMapping>;

/** A mapping of a wide table. */
export const tableMappingShape: Shape = { kind: "object", has: table };
/** A mapping of exposures and events. */
export const eventsMappingShape: Shape = { kind: "object", has: eventsMapping };
/** The `data` section of an experiment file: a wide table, or exposures and events. */
export const dataMappingShape: Shape = { kind: "either", of: [tableMappingShape, eventsMappingShape] };

function relationProblems(relation: Relation, path: ErrorPath): Problem[] {
  const { file, table, encoding, decimal, thousands, yes = [], no = [] } = relation;
  const clash = (key: string, value: unknown, other: string) =>
    problem({ conflicting_keys }, [...path, key], value, { other });
  const both = no.find((word) => yes.some((other) => other.toLowerCase() === word.toLowerCase()));
  return [
    ...(file !== undefined && table !== undefined ? [clash("table", table, "file")] : []),
    ...(encoding !== undefined && table !== undefined ? [clash("encoding", encoding, "table")] : []),
    ...(thousands !== undefined && thousands === decimal ? [clash("thousands", thousands, "decimal")] : []),
    ...(both === undefined ? [] : [clash("no", both, "yes")]),
  ];
}

/** A binned column is by edges that ascend, by what it keeps, or by days. */
function binProblems({ dimensions = {} }: TableMapping | ExposuresMapping, path: ErrorPath): Problem[] {
  return Object.entries(dimensions).flatMap(([dimension, column]) => {
    if (typeof column !== "object") return [];
    const { edges, keep, by, ordered = by !== undefined, randomized = false } = column;
    const here = [...path, "dimensions", dimension];
    const ranked = ordered !== false;
    const clash = (key: string, value: unknown, other: string) => [
      problem({ conflicting_keys }, [...here, key], value, { other }),
    ];
    if (ranked && keep) return clash("ordered", ordered, "keep");
    if (ranked && edges && ordered !== true) return clash("ordered", ordered, "edges");
    if (by && ordered !== true) return clash("ordered", ordered, "by");
    if (by && edges) return clash("by", by, "edges");
    if (by && keep) return clash("by", by, "keep");
    if (randomized && !ranked)
      return [problem({ missing_value }, [...here, "ordered"], undefined, { expected: { type: "flag" } })];
    if (by || (column.ordered !== undefined && !edges && !keep)) return [];
    if (!edges && !keep)
      return [problem({ missing_value }, [...here, "edges"], undefined, { expected: { type: "list" } })];
    if (edges && keep) return [problem({ conflicting_keys }, [...here, "keep"], keep, { other: "edges" })];
    const at = edges?.findIndex((edge, i) => i > 0 && edge <= (edges[i - 1] ?? edge)) ?? -1;
    return at < 0
      ? []
      : [
          problem({ out_of_range }, [...here, "edges", at], edges?.[at], {
            expected: { above: edges?.[at - 1] ?? 0 },
          }),
        ];
  });
}

/** The data's end is a time. */
function untilProblems({ until }: EventsMapping, path: ErrorPath): Problem[] {
  return until === undefined || typeof microsecondsOf(until) === "number"
    ? []
    : [problem({ not_a_time }, path, until)];
}

/** Days that are followed are within those that count. */
function timeProblems(
  { time, windowDays = Number.POSITIVE_INFINITY, exposures: { cluster } }: EventsMapping,
  path: ErrorPath,
): Problem[] {
  if (time !== undefined && cluster !== undefined) return [problem({ not_by_cluster }, path, time.days)];
  return time === undefined || time.days <= windowDays
    ? []
    : [problem({ out_of_range }, [...path, "days"], time.days, { expected: { atMost: windowDays } })];
}

/** What is read of everyone from the exposure on, or by cluster, is not read from a trigger on. */
function triggerProblems(
  { trigger, time, exposures: { cluster } }: EventsMapping,
  path: ErrorPath,
): Problem[] {
  if (trigger === undefined) return [];
  return [
    ...(time === undefined ? [] : [problem({ conflicting_keys }, path, trigger, { other: "time" })]),
    ...(cluster === undefined ? [] : [problem({ conflicting_keys }, path, trigger, { other: "cluster" })]),
  ];
}

/** Several rows of one unit need a unit, and the first of them an order. */
function duplicatesProblems({ duplicates, unit, table }: TableMapping): Problem[] {
  if (duplicates === undefined) return [];
  const path = ["data", "duplicates"];
  return [
    ...(unit === undefined
      ? [problem({ missing_value }, ["data", "unit"], undefined, { expected: { type: "text" } })]
      : []),
    ...(duplicates === "first" && table !== undefined ? [problem({ unordered_rows }, path, duplicates)] : []),
  ];
}

/**
 * Everything that is wrong with a mapping.
 * @param mapping  anything
 * @param shape    which of the mappings it has to be; default: any
 * @returns the problems of its shape, within ["data"]; where its shape is right, `conflicting_keys` for what cannot both be
 */
export function mappingProblems(mapping: unknown, shape: Shape = dataMappingShape): Problem[] {
  const path = ["data"];
  const found = shapeProblems(mapping, shape, path);
  if (found.length > 0) return found;
  const known = mapping as DataMapping;
  return "exposures" in known
    ? [
        ...relationProblems(known.exposures, [...path, "exposures"]),
        ...binProblems(known.exposures, [...path, "exposures"]),
        ...relationProblems(known.events, [...path, "events"]),
        ...untilProblems(known, [...path, "until"]),
        ...timeProblems(known, [...path, "time"]),
        ...triggerProblems(known, [...path, "trigger"]),
      ]
    : [...relationProblems(known, path), ...binProblems(known, path), ...duplicatesProblems(known)];
}

/**
 * Checks a caller's mapping.
 * @throws ExperimentError with every problem, as {@link mappingProblems} lists them
 */
export function requireMapping(mapping: unknown, shape?: Shape): asserts mapping is DataMapping {
  const problems = mappingProblems(mapping, shape);
  if (problems.length > 0) throw errorOf(problems);
}
