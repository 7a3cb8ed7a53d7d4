import type {
  Cell,
  Cells,
  DimensionOrder,
  ExposedUnits,
  FoundCap,
  GrainCells,
  RepeatedUnits,
  Tail,
  TailStep,
  TimeArm,
  TimeCells,
  TimeSlice,
  Trigger,
} from "../../core/cells.js";
import type { Moments } from "../../core/moments.js";
import type { FieldsFor, Shape } from "../../shapes/index.js";

const name = { kind: "text" } as const;
const names = { kind: "list", of: name } as const;
const numbers = { kind: "list", of: { kind: "number" } } as const;
const count = { kind: "number", whole: true, atLeast: 0 } as const;

const moments = {
  n: count,
  names: { ...names, atLeast: 1 },
  mean: numbers,
  comoment: numbers,
  m3: { ...numbers, optional: true },
  mixed3: { ...numbers, optional: true },
  triple3: { ...numbers, optional: true },
  nonzero: { kind: "list", of: count, optional: true },
  max: { ...numbers, optional: true },
  distribution: {
    kind: "object",
    has: { values: numbers, units: { kind: "list", of: { ...count, atLeast: 1 } } },
    optional: true,
  },
} as const satisfies FieldsFor<Moments>;

const cell = {
  variant: name,
  definitionVersion: { kind: "number", whole: true, atLeast: 1 },
  levels: { kind: "list", of: { kind: "text", empty: true } },
  units: count,
  members: { ...count, optional: true },
  moments: { kind: "list", of: { kind: "object", has: moments } },
} as const satisfies FieldsFor<Cell>;

const step = {
  from: { kind: "number", above: 0 },
  moments: { kind: "object", has: moments },
} as const satisfies FieldsFor<TailStep>;

const tail = {
  variant: name,
  definitionVersion: cell.definitionVersion,
  metric: name,
  value: name,
  body: { kind: "object", has: moments },
  steps: { kind: "list", of: { kind: "object", has: step } },
} as const satisfies FieldsFor<Tail>;

/** What a cap by percentile came to. */
export const foundCapFields = {
  metric: name,
  value: name,
  percentile: { kind: "number", above: 0, below: 100 },
  among: { kind: "word", of: ["all", "nonzero"] },
  cap: { kind: "number", above: 0 },
} as const satisfies FieldsFor<FoundCap>;

const repeated = {
  dimension: name,
  units: count,
  counted: { kind: "word", of: ["first", "each"] },
} as const satisfies FieldsFor<RepeatedUnits>;

const dimensionOrder = {
  levels: { kind: "list", of: { kind: "text", empty: true }, optional: true },
  randomized: { kind: "flag", optional: true },
} as const satisfies FieldsFor<DimensionOrder>;

const timeSlice = {
  kind: { kind: "word", of: ["cumulative", "during", "since", "change"] },
  metric: name,
  at: { kind: "text", empty: true },
  arms: {
    kind: "list",
    of: {
      kind: "object",
      has: {
        variant: name,
        definitionVersion: cell.definitionVersion,
        moments: { kind: "object", has: moments },
      } as const satisfies FieldsFor<TimeArm>,
    },
  },
} as const satisfies FieldsFor<TimeSlice>;

const time = {
  days: { kind: "number", whole: true, atLeast: 2 },
  by: { kind: "word", of: ["day", "week"] },
  slices: { kind: "list", of: { kind: "object", has: timeSlice } },
} as const satisfies FieldsFor<TimeCells>;

const grain = {
  dimensions: names,
  cells: { kind: "list", of: { kind: "object", has: cell } },
} as const satisfies FieldsFor<GrainCells>;

const trigger = {
  event: name,
  all: {
    kind: "list",
    of: {
      kind: "object",
      has: {
        ...{ variant: name, definitionVersion: cell.definitionVersion, units: count },
      } as const satisfies FieldsFor<ExposedUnits>,
    },
  },
} as const satisfies FieldsFor<Trigger>;

const cells = {
  format: { kind: "word", of: ["essai.cells/1"], format: true },
  experiment: name,
  dimensions: names,
  metrics: names,
  cells: { kind: "list", of: { kind: "object", has: cell } },
  tails: { kind: "list", of: { kind: "object", has: tail }, optional: true },
  caps: { kind: "list", of: { kind: "object", has: foundCapFields }, optional: true },
  repeated: { kind: "list", of: { kind: "object", has: repeated }, optional: true },
  ordered: { kind: "map", of: { kind: "object", has: dimensionOrder }, optional: true },
  time: { kind: "object", has: time, optional: true },
  cluster: { ...name, optional: true },
  trigger: { kind: "object", has: trigger, optional: true },
  grains: { kind: "list", of: { kind: "object", has: grain }, optional: true },
  excluded: { kind: "map", of: count },
} as const satisfies FieldsFor<Cells>;

/** Ready-made cells, `essai.cells/1`; `excluded` may be left out. */
export const cellsShape: Shape = {
  kind: "object",
  has: { ...cells, excluded: { ...cells.excluded, optional: true } },
};
