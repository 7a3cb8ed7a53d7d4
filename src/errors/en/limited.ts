const limits: Readonly<Record<string, readonly [what: string, fix: string]>> = {
  columns: ["columns", "keep the columns that are read"],
  rowBytes: ["bytes in one row", "check that its lines end and its quotes are closed"],
  unpacked: ["bytes for each byte of the packed file", "unpack it first, if it is meant so"],
  jsonBytes: ["bytes of JSON", "split it, or keep what is read"],
  jsonDepth: ["lists and objects within each other", "write it flatter"],
  groups: ["groups of variants, versions and levels", "leave a dimension out, or merge its levels"],
  values: ["different values of a metric", "round its amounts, so that they recur"],
  periods: ["periods of the calendar", "follow weeks, or check the data's times"],
  comparisons: ["comparisons", "ask for fewer dimensions, metrics or pairs of variants, or merge levels"],
};

/** @returns a limit's number with what it counts, e.g. `10000 columns`, and what to do beyond it */
export const limited = (key: string | number = "", atMost?: number): readonly [what: string, fix: string] => {
  const [what, fix] = limits[key] ?? ["is allowed", "make it smaller"];
  return [atMost === undefined ? what : `${atMost} ${what}`, fix];
};
