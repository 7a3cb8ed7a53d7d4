/** A limit of what is read or made: its number, and why it is there. */
export interface Limit {
  readonly most: number;
  /** What is counted. */
  readonly counts: string;
  readonly why: string;
}

/**
 * What essai refuses before the machine suffers, each with its number in this one place; docs/limits.md prints them. What
 * is beyond a limit is an `over_limit` error that names it.
 */
export const limits = {
  columns: {
    most: 10_000,
    counts: "columns of a file",
    why: "a header that never ends would fill the memory; a query over more takes minutes to plan",
  },
  rowBytes: {
    most: 2_000_000,
    counts: "bytes of one row of a CSV file, or of one line of JSON lines",
    why: "a field whose quote is never closed, or a file without line ends, would be one row",
  },
  unpacked: {
    most: 250,
    counts: "bytes that each byte of a .gz or .zst file unpacks to, once there are more than 256 MiB",
    why: "a few megabytes could stand for terabytes; tables rarely reach 20",
  },
  jsonBytes: {
    most: 256_000_000,
    counts: "bytes of a JSON file",
    why: "a text of JavaScript ends at 512 million characters, and its values take several times as much memory",
  },
  jsonDepth: {
    most: 100,
    counts: "lists and objects within each other in JSON; in a definition 64",
    why: "what walks through JSON would overflow its stack",
  },
  groups: {
    most: 400_000,
    counts: "groups of variant × version × levels of the dimensions that a source may find",
    why: "a dimension that is unique to each unit would hold all data in memory",
  },
  values: {
    most: 1_000_000,
    counts: "different values of metrics whose quantiles are compared, over all cells",
    why: "each is held with its count; round amounts that have too many digits to recur",
  },
  comparisons: {
    most: 200_000,
    counts: "comparisons of a report: levels of each grain × metrics × pairs of variants",
    why: "each takes some 2 kB of JSON, and a text of JavaScript ends at 512 million characters",
  },
  periods: {
    most: 200,
    counts: "days or weeks of the calendar over which effects are followed",
    why: "each is two comparisons of every metric; a time in a wrong unit would make thousands",
  },
} as const satisfies Readonly<Record<string, Limit>>;

/** Name of a limit. */
export type LimitName = keyof typeof limits;
