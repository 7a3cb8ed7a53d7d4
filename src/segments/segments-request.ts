import type { RandomSource } from "../random/index.js";
import type { FieldsFor } from "../shapes/index.js";
import type { AttributeList } from "./attribute.js";

/** What `discoverSegments` reads: lists of one value per unit, and how to read them. */
export interface SegmentsRequest {
  /** Which variant each unit was in. */
  readonly variant: readonly string[];
  /** What came of it; a missing one (null, NaN) leaves the unit out. */
  readonly outcome: readonly (number | boolean | null)[];
  /** By name, what was known of each unit before it entered. */
  readonly attributes: Readonly<Record<string, AttributeList>>;
  /** The variant that the others are compared with. */
  readonly control: string;
  /** Chooses the splits: same source, same segments. */
  readonly random: RandomSource;
  /** Variants to compare with control; default all others. */
  readonly treatments?: readonly string[];
  /** What an outcome of 1 is worth; default 1. */
  readonly worth?: number;
  /** What treating one unit costs, by variant; default nothing. */
  readonly costs?: Readonly<Record<string, number>>;
  /** What costs and worths are in, told with amounts, e.g. `"EUR"`. */
  readonly currency?: string;
  /** Planned shares by variant; default those that are there. */
  readonly shares?: Readonly<Record<string, number>>;
  /** Whom each row belongs to, where units have several. */
  readonly unit?: readonly string[];
  /** Conditions in a rule, at most; 1 to 3, default 3. */
  readonly depth?: number;
  /** Segments to name for a treatment, at most; default 3. */
  readonly most?: number;
  /** Share of the units that a segment must have; default 0.02. */
  readonly smallest?: number;
  /** How often the units are split in three; default 7. */
  readonly repeats?: number;
  /** Of the intervals, and 1 − the error of all names together; default 0.95. */
  readonly level?: number;
}

const anything = { kind: "anything" } as const;
const numbers = { kind: "map", of: { kind: "number" }, optional: true } as const;
export const requestFields = {
  variant: anything,
  outcome: anything,
  attributes: anything,
  control: { kind: "text" },
  random: anything,
  treatments: { kind: "list", of: { kind: "text" }, atLeast: 1, optional: true },
  worth: { kind: "number", above: 0, optional: true },
  costs: numbers,
  currency: { kind: "text", optional: true },
  shares: { kind: "map", of: { kind: "number", above: 0, atMost: 1 }, optional: true },
  unit: { kind: "anything", optional: true },
  depth: { kind: "number", whole: true, atLeast: 1, atMost: 3, optional: true },
  most: { kind: "number", whole: true, atLeast: 1, atMost: 10, optional: true },
  smallest: { kind: "number", above: 0, below: 0.5, optional: true },
  repeats: { kind: "number", whole: true, atLeast: 1, atMost: 100, optional: true },
  level: { kind: "number", above: 0, below: 1, optional: true },
} as const satisfies FieldsFor<SegmentsRequest>;
