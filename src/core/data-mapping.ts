import type { Spelling } from "./data-spelling.js";

/** How a CSV file's bytes stand for characters. */
export type Encoding = "utf-8" | "latin-1" | "utf-16";

/**
 * Where rows come from, a file (CSV, JSON, Parquet) or a table of the engine, and how their texts are written. With rows
 * in memory: neither file nor table.
 */
export interface Relation extends Spelling {
  /** Path of a file of CSV, JSON lines or a JSON list of objects (each also .gz or .zst) or Parquet; with DuckDB also a glob or a URL. */
  readonly file?: string;
  /** Name of a table or view; `schema.table` is understood. */
  readonly table?: string;
  /** Of a CSV file, default what its bytes say; `"latin-1"` is read as browsers do, with the euro of Windows. */
  readonly encoding?: Encoding;
}

/** The column that says which variant a unit was in. */
export interface VariantColumn {
  readonly column: string;
  /** Variant key of each value in the data, where they differ: `{"No E-Mail": "none"}`. */
  readonly values?: Readonly<Record<string, string>>;
  /** A value that is not a variant of the definition is an error, or (`"ignore"`) left out and counted. Default `"error"`. */
  readonly unknown?: "error" | "ignore";
}

/** What an exposure-like row says about a unit; every entry is a column's name. */
interface UnitColumns {
  readonly variant: string | VariantColumn;
  /** Column of the definition version (an integer); default: every row is of the definition's own version. */
  readonly version?: string;
  /**
   * Column of the cluster a unit belongs to: the household, the account, the customer of touches. Variants were given by
   * cluster; standard errors are those of clusters. Clusters in two variants are left out and counted.
   */
  readonly cluster?: string;
  /**
   * Dimensions: column names, or `{dimension: column}`, the name that reports use before the column's; in the column's place also
   * what its levels are made of.
   */
  readonly dimensions?: readonly string[] | Readonly<Record<string, string | BinnedColumn>>;
}

/** What times are put together by. */
export type Calendar = "day" | "week" | "month";

/**
 * A column as a dimension: of few levels made of its many values, by `edges`, by `keep` or, of times, `by` their day, week or
 * month; or of levels that have an order.
 */
export interface BinnedColumn {
  readonly column: string;
  /** Of numbers, ascending: `[12, 24]` makes the levels `< 12`, `12 – < 24` and `≥ 24`. */
  readonly edges?: readonly number[];
  /** Values that stay levels; all others are `(other)`. */
  readonly keep?: readonly string[];
  /**
   * Of times: the day, the week (its Monday) or the month in UTC, in their order: `{"column": "seen_at", "by": "week"}` beside
   * exposures makes cohorts, by first exposure.
   */
  readonly by?: Calendar;
  /**
   * Levels have an order, along which trends and changes are looked for: `true` for numbers, dates and `edges`; else all
   * levels in their order.
   */
  readonly ordered?: boolean | readonly string[];
  /** Of an ordered dimension: which level a unit met was itself drawn at random, so that a trend is an effect. */
  readonly randomized?: boolean;
}

/** A wide table: one row per unit, outcomes as columns. */
export interface TableMapping extends Relation, UnitColumns {
  /** Column that identifies the unit; then units in two variants are found. Default: every row is a unit of its own. */
  readonly unit?: string;
  /**
   * What a unit's several rows mean, where a unit column is mapped: `"first"`, only the first counts (of a file or of rows in
   * memory, which have an order), the others are left out and counted; `"sum"`, amounts and counts are added up, a conversion is 1
   * where any row has it, and a dimension in which they differ has the level `(several)`. Default: an error.
   */
  readonly duplicates?: Duplicates;
}

/** What several rows of one unit mean. */
export type Duplicates = "first" | "sum";

/** The table of exposures: who met which variant, when. */
export interface ExposuresMapping extends Relation, UnitColumns {
  readonly unit: string;
  /** Column of the time: ISO 8601 (UTC where no offset is given) or seconds, milliseconds or microseconds since 1970. */
  readonly at: string;
}

/** The table of events: what units did, when. */
export interface EventsTable extends Relation {
  readonly unit: string;
  readonly at: string;
  /** Column of the event's name. */
  readonly event: string;
  /**
   * Column that identifies an event (an order's number, a message's id): of a unit's rows with one name and one id the
   * earliest counts, the others are left out and counted. Default: every row is an event of its own.
   */
  readonly id?: string;
  /** Column of the amount, for metrics that do not name their own; default `"value"`. */
  readonly value?: string;
}

/** How outcomes are followed over time. */
export interface TimeMapping {
  /**
   * Days since a unit's first exposure, 2 to 60, whose effects are shown, and whose first third is tested against the last; of
   * units that had them all.
   */
  readonly days: number;
  /** How long the periods are of which calendar effects are shown; default `"day"`, or `"week"` for more than 60 days. */
  readonly by?: "day" | "week";
}

/** Exposures and events; only events at or after a unit's first exposure count. */
export interface EventsMapping {
  readonly exposures: ExposuresMapping;
  readonly events: EventsTable;
  /**
   * When the data end, as their times are written; default: the latest time of an exposure or an event. Units whose days are not
   * over by then are left out of retention.
   */
  readonly until?: string;
  /** Only events within so many days after the first exposure count; default: no limit. */
  readonly windowDays?: number;
  /**
   * Name of the event by which a unit first meets what differs between the variants (it opened the basket whose button is tried):
   * only units with one at or after their exposure count, from their first on. Reports dilute differences back to all units.
   */
  readonly trigger?: string;
  /** Follows effects over time: by calendar, and by days since exposure. Default: not at all. */
  readonly time?: TimeMapping;
}

/** How a data set's columns are to be read: the `data` section of an experiment file. */
export type DataMapping = TableMapping | EventsMapping;
