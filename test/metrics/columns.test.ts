import { describe, expect, it } from "vitest";
import type { EventsMapping, TableMapping } from "../../src/core/data-mapping.js";
import type { MetricDefinition } from "../../src/core/metric-definition.js";
import { eventsColumns, tableColumns } from "../../src/metrics/data/index.js";
import { metric, request } from "../engines/support/messy.js";

const asked = (metrics: readonly MetricDefinition[], dimensions: string[] = []) =>
  request(metrics, dimensions, ["a", "b"]);
const spend = metric("spend", "mean");
const basket = metric("basket", "ratio", {
  numerator: { column: "spend", event: "order" },
  denominator: { column: "orders", event: "order", of: "count" },
});

/** Codes and places of what is thrown. */
function problemsOf(run: () => unknown): string[] {
  try {
    run();
    return [];
  } catch (error) {
    return (error as { problems: { code: string; path: string[] }[] }).problems.map(
      ({ code, path }) => `${code} ${path.join(".")}`,
    );
  }
}

describe("the columns of a wide table", () => {
  const mapping: TableMapping = {
    variant: "arm",
    unit: "id",
    version: "v",
    dimensions: { Kanal: "channel" },
  };
  const known = ["arm", "id", "v", "channel", "region", "spend", "orders"];

  it("are found by role; metrics that need the same value share it", () => {
    const found = tableColumns(mapping, asked([spend, basket], ["Kanal", "region"]), known);
    expect(found).toMatchObject({
      ...{ variant: "arm", unit: "id", version: "v", dimensions: ["channel", "region"] },
      values: [
        { of: "sum", column: "spend" },
        { of: "count", column: "orders" },
      ],
      metrics: [
        { key: "spend", names: ["value"], values: [[{ at: 0, weight: 1 }]], joint: false, third: true },
        {
          key: "basket",
          values: [[{ at: 0, weight: 1 }], [{ at: 1, weight: 1 }]],
          joint: true,
          heavy: true,
        },
      ],
    });
  });

  it.each([
    ["variant", { variant: "arms" }, ["missing_column data.variant"]],
    ["variant, in its long form", { variant: { column: "arms" } }, ["missing_column data.variant.column"]],
    ["unit", { unit: "ids" }, ["missing_column data.unit"]],
    ["version", { version: "version" }, ["missing_column data.version"]],
    ["dimension", { dimensions: { Kanal: "chanel" } }, ["missing_column data.dimensions.Kanal"]],
    ["dimension that nothing declares", { dimensions: [] }, ["missing_column dimensions.Kanal"]],
    [
      "several",
      { variant: "arms", unit: "ids" },
      ["missing_column data.variant", "missing_column data.unit"],
    ],
  ])("a missing one is told where it is asked for: %s", (_, change, expected) => {
    const run = () => tableColumns({ ...mapping, ...change }, asked([spend], ["Kanal"]), known);
    expect(problemsOf(run)).toEqual(expected);
  });

  it("a metric's is told at the metric, and one that is there twice, but for capitals, cannot be read", () => {
    const without = (name: string) => known.filter((each) => each !== name);
    const run = (columns: readonly string[]) => () => tableColumns(mapping, asked([spend, basket]), columns);
    expect(problemsOf(run(without("spend")))).toEqual(["missing_column metrics.spend.column"]);
    expect(problemsOf(run(without("orders")))).toEqual(["missing_column metrics.basket.denominator.column"]);
    expect(problemsOf(run([...known, "SPEND"]))).toEqual(["duplicate_column metrics.spend.column"]);
    expect(problemsOf(run([...known, "other", "other"]))).toEqual([]);
  });
});

describe("the columns of exposures and events", () => {
  const mapping: EventsMapping = {
    exposures: { unit: "id", variant: "arm", at: "at", version: "v", dimensions: ["channel"] },
    events: { unit: "who", event: "what", at: "ts", id: "key", value: "amount" },
    windowDays: 2,
  };
  const [seen, done] = [
    ["id", "arm", "at", "v", "channel"],
    ["who", "what", "ts", "key", "amount", "net"],
  ];
  const metrics = [
    metric("spend", "mean", { event: "order" }),
    metric("net", "mean", { event: "order", value: "net" }),
    metric("orders", "count", { event: "order" }),
    metric("again", "count", { event: "order", value: "net", role: "diagnostic" }),
  ];
  const columns = (change: Partial<EventsMapping> = {}, known = done) =>
    eventsColumns({ ...mapping, ...change }, asked(metrics, ["channel"]), seen, known);

  it("are found by role; what is only counted needs no amount", () => {
    expect(columns()).toMatchObject({
      exposures: { unit: "id", variant: "arm", at: "at", version: "v", dimensions: ["channel"] },
      events: { unit: "who", event: "what", at: "ts", id: "key" },
      amounts: ["amount", "net"],
      values: [
        { of: "sum", amount: "amount", since: 0, until: 2 * 86_400e6 },
        { of: "sum", amount: "net" },
        { of: "count", event: "order" },
      ],
      metrics: [{ heavy: true }, { heavy: true }, { heavy: true }, { heavy: false }],
    });
    const { id: _, ...events } = mapping.events;
    const { windowDays: __, ...open } = mapping;
    const found = eventsColumns({ ...open, events }, asked([metrics[2] as never]), seen, done);
    expect(found.values[0]).not.toHaveProperty("until");
    expect(found.events).toEqual({ unit: "who", event: "what", at: "ts" });
    expect(found.amounts).toEqual([]);
  });

  it.each([
    ["id", { id: "kex" }, ["missing_column data.events.id"]],
    ["unit", { unit: "whom" }, ["missing_column data.events.unit"]],
    ["time", { at: "when" }, ["missing_column data.events.at"]],
    ["name", { event: "which" }, ["missing_column data.events.event"]],
    ["amount", { value: "amounts" }, ["missing_column data.events.value"]],
  ])("a missing one is told where it is asked for: %s", (_, change, expected) => {
    expect(problemsOf(() => columns({ events: { ...mapping.events, ...change } }))).toEqual(expected);
  });

  it("those of exposures come first, a metric's own amount is told at the metric", () => {
    const exposures = { ...mapping.exposures, at: "when" };
    const known = done.filter((name) => name !== "net");
    expect(problemsOf(() => columns({ exposures }, known))).toEqual([
      "missing_column data.exposures.at",
      "missing_column metrics.net.value",
    ]);
  });
});
