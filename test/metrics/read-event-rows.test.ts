import { describe, expect, it } from "vitest";
import { fromRows } from "../../src/analysis/index.js";
import type { EventsMapping } from "../../src/core/data-mapping.js";
import { metric, type Row, request } from "../engines/support/messy.js";

// What every source does alike is in test/engines/real-world.test.ts; here, the reader's own choices one by one.
const mapping: EventsMapping = {
  exposures: { unit: "unit", variant: "arm", at: "at" },
  events: { unit: "unit", event: "name", at: "at", id: "id", value: "amount" },
  windowDays: 1,
};
const exposures: Row[] = [
  { unit: "u", arm: "a", at: 1000 },
  { unit: "v", arm: "b", at: 1000 },
];
const asked = request(
  [metric("spend", "mean", { event: "order" }), metric("orders", "count", { event: "order" })],
  [],
  ["a", "b"],
);

/** The sums of `u`, and what was left out. */
async function read(events: readonly (readonly [number | null, string | null, unknown])[]) {
  const rows = events.map(([at, id, amount]) => ({
    unit: "u",
    name: "order",
    at,
    id,
    amount: amount as number,
  }));
  const { cells, excluded } = await fromRows({ exposures, events: rows }, mapping).read(asked);
  const [spend, orders] = cells[0]!.moments.map(({ mean }) => mean[0]);
  return { spend, orders, ...excluded };
}

describe("of rows with one id", () => {
  const day = 86_400;
  it.each([
    [
      "the earliest counts",
      [
        [1003, "x", 5],
        [1001, "x", 7],
        [1002, "x", 9],
      ],
      { spend: 7, orders: 1, events_repeated: 2 },
    ],
    [
      "at one moment the smallest amount",
      [
        [1001, "x", 5],
        [1001, "x", 3],
        [1001, "x", 4],
      ],
      { spend: 3, orders: 1, events_repeated: 2 },
    ],
    [
      "a missing amount comes last",
      [
        [1001, "x", null],
        [1001, "x", 4],
      ],
      { spend: 4, orders: 1, events_repeated: 1 },
    ],
    [
      "and stays last",
      [
        [1001, "x", 4],
        [1001, "x", null],
      ],
      { spend: 4, orders: 1, events_repeated: 1 },
    ],
    [
      "two missing amounts are one",
      [
        [1001, "x", null],
        [1001, "x", null],
      ],
      { spend: 0, orders: 1, events_repeated: 1, events_without_amount: 1 },
    ],
    [
      "other ids are other events",
      [
        [1001, "x", 5],
        [1001, "y", 5],
      ],
      { spend: 10, orders: 2 },
    ],
    [
      "rows without an id are events of their own",
      [
        [1001, null, 5],
        [1001, "", 5],
      ],
      { spend: 10, orders: 2 },
    ],
    [
      "the earliest may be too early",
      [
        [999, "x", 5],
        [1001, "x", 5],
      ],
      { spend: 0, orders: 0, events_repeated: 1, events_before_exposure: 1 },
    ],
    [
      "or, where all are, too late",
      [
        [1000 + day, "x", 5],
        [1001 + day, "x", 5],
      ],
      { spend: 0, orders: 0, events_repeated: 1, events_after_window: 1 },
    ],
    [
      "those without a time do not count",
      [
        [null, "x", 5],
        [1001, "x", 6],
      ],
      { spend: 6, orders: 1, events_without_time: 1 },
    ],
  ] as [string, [number | null, string | null, number | null][], object][])(
    "%s",
    async (_, events, expected) => {
      expect(await read(events)).toEqual(expected);
      expect(await read(events.toReversed())).toEqual(expected);
    },
  );

  it("the same id of another unit, or of another name, is another event", async () => {
    const order = { unit: "u", name: "order", at: 1001, id: "x", amount: 5 };
    const events = [order, { ...order, unit: "v" }, { ...order, name: "refund" }];
    const both = request([...asked.metrics, metric("refunds", "mean", { event: "refund" })], [], ["a", "b"]);
    const { cells, excluded } = await fromRows({ exposures, events }, mapping).read(both);
    expect(cells.map(({ moments }) => moments.map(({ mean }) => mean[0]))).toEqual([
      [5, 1, 5],
      [5, 1, 0],
    ]);
    expect(excluded).toEqual({});
  });

  it("a text that is not a number is refused, whether its row counts or not; infinity only where it does", async () => {
    for (const at of [999, 1001]) {
      await expect(read([[at, null, "1,5"]])).rejects.toMatchObject({
        code: "not_a_number",
        path: ["amount"],
      });
      const infinite = read([[at, null, "inf"]]);
      if (at < 1000) expect(await infinite).toMatchObject({ spend: 0, events_before_exposure: 1 });
      else await expect(infinite).rejects.toMatchObject({ code: "not_finite", path: ["amount"] });
    }
  });
});

describe("of exposures at one moment", () => {
  it.each([
    [
      "the first level by code point",
      [
        ["web", "1"],
        ["app", "1"],
      ],
      ["app", 1],
    ],
    [
      "a missing one last",
      [
        ["", "1"],
        ["web", "1"],
      ],
      ["web", 1],
    ],
    [
      "the lowest version first, as a number",
      [
        ["app", "10"],
        ["web", "9"],
      ],
      ["web", 9],
    ],
  ])("%s", async (_, pairs, [level, version]) => {
    const { exposures: seen, events } = mapping;
    const known = { events, exposures: { ...seen, version: "v", dimensions: ["channel"] } };
    for (const order of [pairs, pairs.toReversed()]) {
      const rows = exposures.flatMap((row) =>
        order.map(([channel, v]) => ({ ...row, channel: channel!, v: v! })),
      );
      const happened = [{ unit: "u", name: "order", at: 1001, id: "x", amount: 5 }];
      const source = fromRows({ exposures: rows, events: happened }, known);
      const { cells } = await source.read({ ...asked, dimensions: ["channel"] });
      expect(cells.map((cell) => [cell.levels[0], cell.definitionVersion])).toEqual([
        [level, version],
        [level, version],
      ]);
    }
  });
});
