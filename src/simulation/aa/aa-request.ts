import type { DataRow } from "../../analysis/index.js";
import type { DataMapping } from "../../core/data-mapping.js";
import type { Definition } from "../../core/definition.js";
import { MOST_LOOKS } from "../../core/plan.js";
import type { FieldsFor } from "../../shapes/index.js";

/** What to run an A/A test on. */
export interface AaRequest {
  /** Variants, shares, metrics and plan; who may enter it is not asked: every row's unit is assigned. */
  readonly experiment: Definition;
  /** A wide table, or exposures, one object per row; a column of variants or versions is not read. */
  readonly rows: readonly DataRow[];
  /** What units did, where `rows` are exposures. */
  readonly events?: readonly DataRow[];
  /** Which column is what, as for `fromRows`. */
  readonly data: DataMapping;
  /**
   * How often each assignment is read as its units come, at equal steps of them, integer in 1 … 1,000; default 1. A plan that counts
   * its units takes the table for the whole test.
   */
  readonly looks?: number;
  /** Of a wide table: column of the time at which a unit came; default: units come as they stand in it. */
  readonly at?: string;
  /** Keys of the metrics to read; default all. */
  readonly metrics?: readonly string[];
  /** Dimensions to look into; default none. */
  readonly dimensions?: readonly string[];
  /** Confidence level, fraction in (0, 1); default the plan's. */
  readonly level?: number;
  /** Random assignments, integer in 20 … 100,000; default 400. */
  readonly replications?: number;
  /** Same seed, same result. */
  readonly seed: string | number;
  /** Called now and then with the fraction done, in [0, 1]. */
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal;
}

const texts = { kind: "list", of: { kind: "text" }, optional: true } as const;

/** What a request may be; its definition, mapping, metrics and dimensions are checked by who reads them. */
export const aaRequestFields = {
  experiment: { kind: "anything" },
  rows: { kind: "list", of: { kind: "anything" } },
  events: { kind: "list", of: { kind: "anything" }, optional: true },
  data: { kind: "anything" },
  looks: { kind: "number", atLeast: 1, atMost: MOST_LOOKS, whole: true, optional: true },
  at: { kind: "text", optional: true },
  metrics: texts,
  dimensions: texts,
  level: { kind: "number", above: 0, below: 1, optional: true },
  replications: { kind: "number", atLeast: 20, atMost: 100_000, whole: true, optional: true },
  seed: { kind: "either", of: [{ kind: "text", empty: true }, { kind: "number" }] },
  onProgress: { kind: "function", optional: true },
  signal: { kind: "anything", optional: true },
} as const satisfies FieldsFor<AaRequest>;
