import { describe, expect, it } from "vitest";
import { fromRows } from "../../../src/analysis/sources/from-rows.js";
import type { DataMapping } from "../../../src/core/data-mapping.js";
import {
  byTheBook,
  eventRows,
  eventsMapping,
  eventsRequest,
  metric,
  type Row,
  request,
  wideMapping,
  wideRequest,
  wideRows,
} from "../../engines/support/messy.js";

const two = (rows: Row[], mapping: DataMapping = { variant: "arm" }) =>
  fromRows(rows, mapping).read(request([metric("y", "mean")], [], ["a", "b"]));

describe("fromRows over a wide table", () => {
  it("gives each cell the moments of its units, counted by hand", async () => {
    const cells = await fromRows(wideRows(), wideMapping).read(wideRequest());
    const cell = cells.cells.find(
      ({ variant, levels, definitionVersion }) =>
        variant === "mens" && levels[0] === "Web" && definitionVersion === 1,
    )!;
    const rows = wideRows()
      .slice(1, 160)
      .filter((row) => row['seg"ment'] === "Mens E-Mail" && row.channel === "Web");
    const spend = byTheBook(rows.map((row) => row["spend in €"]).filter((x) => x !== null) as number[]);
    expect(cell.units).toBe(rows.length);
    expect(cell.moments[1]).toMatchObject({ n: spend.n, names: ["value"] });
    expect(cell.moments[1]!.mean[0]).toBeCloseTo(spend.mean, 6);
    expect(cell.moments[1]!.comoment[0]! / spend.m2).toBeCloseTo(1, 12);
    const opened = byTheBook(rows.map((row) => Number(row.opened)));
    expect(cell.moments[0]!.mean[0]).toBeCloseTo(opened.mean, 14);
    const both = rows.filter((row) => row["spend in €"] !== null && row.orders !== null);
    expect(cell.moments[3]).toMatchObject({ n: both.length, names: ["numerator", "denominator"] });
  });

  it("counts what is left out, and why", async () => {
    const { excluded, cells } = await fromRows(wideRows(), wideMapping).read(wideRequest());
    expect(excluded).toEqual({
      ...{ missing_net: 38, missing_orders: 18, missing_spend: 21, missing_unit: 1 },
      ...{ missing_calm: 21, missing_calmer: 38, missing_left: 21, missing_held: 21 },
      ...{ missing_few: 18, missing_rest: 38 },
      ...{ missing_most: 21, missing_sum: 38, missing_top: 18, missing_middle: 18, missing_large: 21 },
      ...{ missing_value: 38, missing_variant: 1, seen_in_two_variants: 1, unknown_variant: 1 },
    });
    expect(cells.reduce((sum, { units }) => sum + units, 0)).toBe(239);
  });

  it("keeps units whose dimension is missing, in a level of their own", async () => {
    const { cells } = await fromRows(wideRows(), wideMapping).read(wideRequest());
    expect(new Set(cells.map(({ levels }) => levels[0]))).toEqual(
      new Set(["Web", 'Phone, "mobile"', "Multi\nline", "(missing)", "7) $1,000 +"]),
    );
  });

  it("sorts cells by variant in the definition's order, version, level; the rows' order does not matter", async () => {
    const straight = await fromRows(wideRows(), wideMapping).read(wideRequest());
    const reversed = await fromRows(wideRows().reverse(), wideMapping).read(wideRequest());
    const order = ({ cells }: typeof straight) =>
      cells.map((c) => [c.variant, c.definitionVersion, ...c.levels, c.units]);
    expect(order(reversed)).toEqual(order(straight));
    expect(straight.cells[0]).toMatchObject({ variant: "none", definitionVersion: 1, levels: ["(missing)"] });
  });

  it("merges values that mean the same variant", async () => {
    const rows = [1, 2, 3, 4].map((y) => ({ arm: y < 3 ? "a" : y === 3 ? "B" : "b", y }));
    const { cells } = await two(rows, { variant: { column: "arm", values: { B: "b" } } });
    expect(cells.map(({ variant, units }) => [variant, units])).toEqual([
      ["a", 2],
      ["b", 2],
    ]);
    expect(cells[1]!.moments[0]).toEqual({
      n: 2,
      names: ["value"],
      mean: [3.5],
      comoment: [0.5],
      m3: [0],
      nonzero: [2],
      max: [4],
    });
  });

  it("splits by a column that the mapping does not list", async () => {
    const rows = [1, 2, 3, 4].map((y) => ({ arm: y < 3 ? "a" : "b", y, odd: y % 2 === 1 }));
    const { cells } = await fromRows(rows, { variant: "arm" }).read(
      request([metric("y", "mean")], ["odd"], ["a", "b"]),
    );
    expect(cells.map(({ levels }) => levels[0])).toEqual(["false", "true", "false", "true"]);
  });
});

describe("fromRows over exposures and events", () => {
  it("counts events at or after the first exposure, within the window, and reports the rest", async () => {
    const asked = eventsRequest();
    const metrics = asked.metrics.slice(0, 6);
    const cells = await fromRows(eventRows(), eventsMapping).read({ ...asked, metrics });
    expect(cells.excluded).toEqual({
      ...{ events_after_window: 24, events_before_exposure: 80, events_without_amount: 87 },
      ...{ events_without_exposure: 1, events_without_time: 1, events_without_unit: 1 },
      ...{ exposures_without_time: 1, exposures_without_unit: 1, exposures_without_variant: 1 },
      ...{ seen_in_two_variants: 6, unknown_variant: 1 },
    });
    expect(cells.cells.reduce((sum, { units }) => sum + units, 0)).toBe(150 - 6 + 1);
    const visited = cells.cells.reduce((sum, { moments: [visit] }) => sum + visit!.n * visit!.mean[0]!, 0);
    expect(visited).toBeCloseTo(75 - 3, 9);
    // What counts for a covariate is not left out.
    const adjusted = { ...asked, metrics: asked.metrics.slice(0, 11) };
    const { excluded } = await fromRows(eventRows(), eventsMapping).read(adjusted);
    expect(excluded).toMatchObject({ events_after_window: 24, events_without_amount: 119 });
    expect(excluded).not.toHaveProperty("events_before_exposure");
  });

  it("takes version and dimensions of the first exposure, the smallest of simultaneous ones", async () => {
    const { cells } = await fromRows(eventRows(), eventsMapping).read(eventsRequest());
    expect(cells.some(({ levels, definitionVersion }) => levels[0] === "XX" || definitionVersion === 3)).toBe(
      false,
    );
    expect(cells.find(({ levels }) => levels[0] === "DE")).toMatchObject({
      variant: "none",
      definitionVersion: 1,
      units: 1,
    });
  });

  it("an exposure's attributes are columns, where the row itself has none of that name", async () => {
    const exposures = [
      { unit: 0, arm: "a", ts: 1_700_000_000, attributes: { channel: "email", touch: "1" } },
      { unit: 1, arm: "b", ts: 1_700_000_000, attributes: { channel: "push" } },
      { unit: 2, arm: "b", ts: 1_700_000_000, channel: "web", attributes: { channel: "push" } },
      { unit: 3, arm: "b", ts: 1_700_000_000, attributes: "none" },
    ];
    const read = (name: string) =>
      fromRows(
        {
          exposures,
          events: [{ unit: 0, event: "y", ts: 1_700_000_000, value: 8, attributes: { other: "1" } }],
        },
        {
          exposures: { unit: "unit", variant: "arm", at: "ts", dimensions: [name] },
          events: { unit: "unit", event: "event", at: "ts" },
        },
      ).read(request([metric("y", "mean")], [name], ["a", "b"]));
    const { cells } = await read("channel");
    expect(cells.map(({ variant, levels }) => `${variant} ${levels[0]}`).sort()).toEqual([
      "a email",
      "b (missing)",
      "b push",
      "b web",
    ]);
    await expect(read("other")).rejects.toThrow(expect.objectContaining({ code: "missing_column" }));
  });

  it("a unit without events has zeros, not missing values", async () => {
    const exposures = ["a", "a", "b", "b"].map((arm, i) => ({ unit: i, arm, ts: 1_700_000_000 + i }));
    const events = [{ unit: 0, event: "y", ts: 1_700_000_000, value: 8 }];
    const mapping: DataMapping = {
      exposures: { unit: "unit", variant: "arm", at: "ts" },
      events: { unit: "unit", event: "event", at: "ts" },
    };
    const { cells } = await fromRows({ exposures, events }, mapping).read(
      request([metric("y", "mean")], [], ["a", "b"]),
    );
    expect(cells.map(({ moments: [y] }) => y)).toEqual([
      { n: 2, names: ["value"], mean: [4], comoment: [32], m3: [0], nonzero: [1], max: [8] },
      { n: 2, names: ["value"], mean: [0], comoment: [0], m3: [0], nonzero: [0], max: [0] },
    ]);
  });
});

describe("bad rows", () => {
  const good: Row[] = [
    { arm: "a", y: 1 },
    { arm: "a", y: 2 },
    { arm: "b", y: 3 },
  ];
  it.each([
    [
      "a misspelt variant column",
      good,
      { variant: "amr" },
      "missing_column",
      ["data", "variant"],
      /did you mean "arm"/,
    ],
    [
      "a misspelt column within the long form",
      good,
      { variant: { column: "Arm" } },
      "missing_column",
      ["data", "variant", "column"],
      /did you mean "arm"/,
    ],
    [
      "a missing unit column",
      good,
      { variant: "arm", unit: "id" },
      "missing_column",
      ["data", "unit"],
      /there are: /,
    ],
    [
      "a variant the definition lacks",
      [...good, { arm: "c", y: 1 }],
      undefined,
      "unmapped_variant",
      ["data", "variant"],
      /received "c".*there are: a, b/,
    ],
    ["no rows with columns", [], undefined, "missing_column", ["data", "variant"], /there are: none/],
    [
      "rows without a variant",
      [{ arm: null, y: 1 }],
      undefined,
      "empty_data",
      ["data"],
      /1 were left out as missing_variant/,
    ],
    ["NaN", [...good, { arm: "b", y: Number.NaN }], undefined, "not_finite", ["y"], /in row 4/],
    ["infinity", [...good, { arm: "b", y: "-inf" }], undefined, "not_finite", ["y"], /in row 4/],
    [
      "text",
      [{ arm: "a", y: "n/a" }, ...good, { arm: "b", y: "1,5" }],
      undefined,
      "not_a_number",
      ["y"],
      /first in row 1 \(received .*, 2 times\)/,
    ],
    ["one arm", good.slice(0, 2), undefined, "single_variant", ["data", "variant"], /one variant only/],
    [
      "a repeated unit",
      good,
      { variant: "arm", unit: "arm" },
      "duplicate_unit",
      ["data", "unit"],
      /several rows in a table/,
    ],
    [
      "a version that is not an integer",
      good.map((row) => ({ ...row, v: "two" })),
      { variant: "arm", version: "v" },
      "out_of_range",
      ["v"],
      /whole number/,
    ],
  ] as [string, Row[], DataMapping | undefined, string, string[], RegExp][])(
    "%s",
    async (_, rows, mapping, code, path, message) => {
      const error = await two(rows, mapping).then(
        () => undefined,
        (caught) => caught,
      );
      expect(error).toMatchObject({ name: "ExperimentError", code, path });
      expect(error.message).toMatch(message);
    },
  );

  it("names every missing column at once", async () => {
    const metrics = [
      metric("y", "mean", { column: "Y" }),
      metric("z", "ratio", { numerator: {}, denominator: { column: "y" } }),
    ];
    const error = await fromRows(good, { variant: "arm" })
      .read(request(metrics, ["chanel"], ["a", "b"]))
      .catch((caught) => caught);
    expect(error.problems.map(({ path }: { path: string[] }) => path.join("."))).toEqual([
      "dimensions.chanel",
      "metrics.y.column",
      "metrics.z.numerator.column",
    ]);
  });

  it("conversions other than 0 and 1, and negative counts", async () => {
    const read = (rows: Row[], type: string) =>
      fromRows(rows, { variant: "arm" }).read(request([metric("y", type)], [], ["a", "b"]));
    const nine = [...["a", "b", "a"].map((arm) => ({ arm, y: 1 })), { arm: "b", y: 9 }];
    await expect(read(nine, "conversion")).rejects.toMatchObject({
      code: "not_binary",
      path: ["y"],
      received: 9,
      row: 4,
    });
    await expect(read([...good, { arm: "b", y: -1 }], "count")).rejects.toMatchObject({
      code: "negative_value",
      path: ["y"],
    });
  });

  it("things that are not rows", () => {
    expect(() => fromRows({} as never, { variant: "arm" })).toThrow(/rows: must be a list/);
    expect(() => fromRows([1] as never, { variant: "arm" })).toThrow(/rows\.0/);
    expect(() => fromRows([], eventsMapping)).toThrow(/rows: must be an object/);
  });

  it("something that is not a time", async () => {
    const { exposures, events } = eventRows();
    exposures[5] = { ...exposures[5]!, ts: "yesterday" };
    await expect(fromRows({ exposures, events }, eventsMapping).read(eventsRequest())).rejects.toMatchObject({
      code: "not_a_time",
      path: ["ts"],
    });
  });

  it("stops when asked to", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(fromRows(wideRows(), wideMapping).read({ ...wideRequest(), signal })).rejects.toThrow(
      "enough",
    );
  });
});
