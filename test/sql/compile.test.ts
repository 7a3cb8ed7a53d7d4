import { describe, expect, it } from "vitest";
import { eventsColumns, tableColumns } from "../../src/metrics/data/columns.js";
import { variantReading } from "../../src/metrics/data/reading.js";
import { tailPlans } from "../../src/metrics/data/tail-steps.js";
import { compileEvents, compileTable, type Dialect, dialects } from "../../src/sql/index.js";
import { eventsMapping, eventsRequest, metric, request } from "../engines/support/messy.js";

const { duckdb } = dialects;
const open = (names: string[]) => ({
  sql: "«t»",
  columns: names.map((name) => ({ name, kind: "number" as const })),
});
const tableSql = (
  metrics: Parameters<typeof request>[0],
  mapping: Parameters<typeof tableColumns>[0] = { variant: "arm" },
  dialect: Dialect = duckdb,
  tails = false,
) => {
  const relation = open(["arm", "unit", "y", "z", "channel"]);
  const asked = request(metrics, ["channel"], ["a", "b"]);
  const columns = tableColumns(
    mapping,
    asked,
    relation.columns.map(({ name }) => name),
  );
  const plans = tails ? tailPlans(columns.metrics) : [];
  return compileTable(relation, columns, variantReading(mapping, asked, ["data"]), dialect, plans).sqls[0]!;
};
const compiled = (buckets: number, dialect: Dialect = duckdb, tails = false) => {
  const relation = (names: string[]) => ({
    sql: "«t»",
    columns: names.map((name) => ({ name, kind: "text" as const })),
  });
  const [exposures, events] = [
    relation(["unit", "arm", "ts", "v", "country"]),
    relation(["who", "what", "ts", "amount"]),
  ];
  const asked = eventsRequest();
  const names = (each: typeof exposures) => each.columns.map(({ name }) => name);
  const columns = eventsColumns(eventsMapping, asked, names(exposures), names(events));
  const reading = variantReading(eventsMapping.exposures, asked, ["data", "exposures"]);
  const plans = tails ? tailPlans(columns.metrics) : [];
  return compileEvents(exposures, events, columns, reading, dialect, buckets, plans);
};

const times = (text: string, part: string) => text.split(part).length - 1;

describe("one query for all metrics", () => {
  it("groups once more for each value that decides, in the same pass", () => {
    const metrics = [
      metric("y", "mean"),
      metric("other", "mean", { column: "y", role: "diagnostic" }),
      metric("z", "conversion"),
    ];
    const sql = tableSql(metrics, { variant: "arm" }, duckdb, true);
    expect(times(sql, "FROM «t»")).toBe(times(tableSql(metrics), "FROM «t»"));
    expect(sql).toMatch(/GROUPING SETS \(\(variant, state, k0\), \(variant, state, step0\)\)/);
    expect(tableSql(metrics)).not.toContain("GROUPING");
  });

  it("computes what metrics share once", () => {
    const sql = tableSql([
      metric("y", "mean"),
      metric("same", "mean", { column: "y" }),
      metric("r", "ratio", { numerator: { column: "y" }, denominator: { column: "z" } }),
    ]);
    expect(times(sql, "avg(x0)")).toBe(1);
    expect(times(sql, 'CAST("y" AS DOUBLE)')).toBe(1);
    expect(times(sql, "SELECT")).toBe(2);
  });

  it("asks the engine for centred moments, never for sums of squares", () => {
    const sql = tableSql([
      metric("y", "mean"),
      metric("r", "ratio", { numerator: { column: "y" }, denominator: { column: "z" } }),
    ]);
    expect(sql).toMatch(/var_pop\(x0\)/);
    expect(sql).toMatch(/covar_pop\(/);
    expect(sql.replaceAll(/sum\((x\d|CASE [^*]* END) \* \1 \* [^*]*\)/g, "")).not.toMatch(
      /sum\(|x0 \* x0|power|pow\(/i,
    );
  });

  it("asks for cubes only where a metric allows for skewness", () => {
    expect(tableSql([metric("y", "mean")])).toContain("sum(x0 * x0 * x0)");
    expect(tableSql([metric("y", "conversion")])).not.toContain("sum(");
  });

  it("names no aggregate like a column of the data", () => {
    const relation = open(["variant", "state", "k0", "x0", "m0", "units"]);
    const asked = request(
      [metric("x0", "mean"), metric("m0", "mean"), metric("units", "mean")],
      ["k0"],
      ["a", "b"],
    );
    const mapping = { variant: "variant" };
    const columns = tableColumns(
      mapping,
      asked,
      relation.columns.map(({ name }) => name),
    );
    const {
      sqls: [sql = ""],
    } = compileTable(relation, columns, variantReading(mapping, asked, ["data"]), duckdb);
    // The data's own names stand in the innermost SELECT only, each quoted.
    expect(sql.match(/"(variant|k0|x0|m0|units)"/g)).toEqual([
      '"variant"',
      '"k0"',
      '"x0"',
      '"m0"',
      '"units"',
    ]);
  });

  it("gathers by unit only where a unit column is mapped", () => {
    expect(tableSql([metric("y", "mean")])).not.toMatch(/GROUP BY unit/);
    expect(tableSql([metric("y", "mean")], { variant: "arm", unit: "unit" })).toMatch(/GROUP BY unit/);
  });
});

describe("exposures and events", () => {
  it("share per-unit values: the sum of order amounts serves spend and both ratios", () => {
    const [sql] = compiled(1).moments;
    expect(times(sql!, "AS x0")).toBe(1);
    // Five of outcomes, eight of what was before the exposure, two of who came back, four of windows.
    expect(sql).toMatch(/AS x18/);
    expect(sql).not.toMatch(/AS x19/);
  });

  it("split over buckets of the unit's hash, both sides alike", () => {
    const { moments } = compiled(4);
    expect(moments).toHaveLength(4);
    expect(times(moments[2]!, "% 4 AS INTEGER) = 2")).toBe(2);
    expect(compiled(1).moments[0]).not.toMatch(/hash/);
  });
});

describe("a dialect's spelling", () => {
  it("distinguishes kinds of columns", () => {
    const kinds = [
      "VARCHAR",
      "BIGINT",
      "UTINYINT",
      "DECIMAL(9,2)",
      "BOOLEAN",
      "TIMESTAMP WITH TIME ZONE",
      "DATE",
      "TIME",
      "INTERVAL",
      "double precision",
      "character varying(10)",
      "ENUM('a')",
      "STRUCT(a INTEGER)",
      "INTEGER[]",
      "MAP(VARCHAR, INTEGER)",
      "UUID",
    ];
    expect(kinds.map(duckdb.kind)).toEqual([
      "text",
      "number",
      "number",
      "number",
      "boolean",
      "time",
      "time",
      "other",
      "other",
      "number",
      "text",
      "text",
      "nested",
      "nested",
      "nested",
      "other",
    ]);
  });
});

describe("what a dialect cannot respell", () => {
  const mark = (text: string) => `«${text.replaceAll(/[«»]/g, "")}»`;
  /** Spells everything with marks, so that what is left outside of them came from the compilers themselves. */
  const marked: Dialect = {
    name: "marked",
    tail: mark("tail"),
    identifier: mark,
    literal: mark,
    kind: duckdb.kind,
    double: mark,
    text: mark,
    label: mark,
    matches: mark,
    trimmed: mark,
    number: mark,
    time: mark,
    date: mark,
    isFinite: mark,
    mean: mark,
    covariance: (a, b) => mark(`${a}, ${b}`),
    percentile: (x, share) => mark(`${x} at ${share}`),
    first: (_, index) => mark(`first ${index}`),
    bucket: (x) => mark(x),
  };
  const words = new Set(
    `SELECT FROM WHERE GROUP BY AS WITH UNION ALL LEFT JOIN ON AND OR NOT IN IS NULL CASE WHEN THEN ELSE END
     count min max sum coalesce GROUPING SETS LIMIT floor ln`.split(/\s+/),
  );
  const names =
    /^(t|s|e|two|unit|units|variant|event|state|found|seen|happened|strays|reason|n|without_unit|without_time|whole|stepped|[aklmx]\d+|(low|cap|step|whole|several|repeated)\d+|n_\w+|total_\w+)$/;

  it.each([
    [
      "a table",
      [tableSql([metric("y", "mean"), metric("z", "count")], { variant: "arm", unit: "unit" }, marked)],
    ],
    [
      "a table of units",
      [tableSql([metric("y", "mean"), metric("z", "conversion")], { variant: "arm" }, marked)],
    ],
    [
      "a table with its heaviest units",
      [
        tableSql([metric("y", "mean"), metric("z", "count")], { variant: "arm" }, marked, true),
        tableSql([metric("y", "mean")], { variant: "arm", unit: "unit" }, marked, true),
      ],
    ],
    ["events with their heaviest units", compiled(2, marked, true).moments],
    [
      "events",
      [...compiled(2, marked).moments, compiled(2, marked).strayExposures, compiled(2, marked).eventCounts],
    ],
  ])("of %s is only the plainest SQL", (_, queries) => {
    for (const sql of queries) {
      const own = sql.replaceAll(/«[^»]*»/g, " ");
      expect(own).not.toMatch(/['"`]/);
      const strange = (own.match(/[A-Za-z_]\w*/g) ?? []).filter(
        (word) => !words.has(word) && !names.test(word),
      );
      expect([...new Set(strange)]).toEqual([]);
      expect(sql.trimEnd().endsWith("«tail»")).toBe(true);
    }
  });
});
