import { describe, expect, it } from "vitest";
import { fromCells } from "../../../src/analysis/sources/from-cells.js";
import { fromRows } from "../../../src/analysis/sources/from-rows.js";
import {
  difference,
  metric,
  request,
  wideMapping,
  wideRequest,
  wideRows,
} from "../../engines/support/messy.js";

// biome-ignore lint/suspicious/noExplicitAny: the tests break the shape on purpose
type Draft = any;

const cellsOf = (change: (cells: Draft) => void = () => {}) => {
  const moments = (n: number, mean: number, m2: number) => ({
    n,
    names: ["value"],
    mean: [mean],
    comoment: [m2],
  });
  const cell = (variant: string, level: string, n: number) => ({
    ...{ variant, definitionVersion: 1, levels: [level], units: n },
    moments: [moments(n, 0.5, n / 4), moments(n, 12.5, 80)],
  });
  const cells = {
    ...{ format: "essai.cells/1", experiment: "mail", dimensions: ["channel"], metrics: ["visit", "spend"] },
    cells: [cell("a", "Web", 10), cell("a", "Phone", 20), cell("b", "Web", 30)],
    excluded: { seen_in_two_variants: 3 },
  };
  change(cells);
  return cells;
};
/** The heaviest units of control: two of them by size, the other 28 in the body. */
const tails = (change: (tails: Draft) => void = () => {}) => {
  const moments = (n: number) => ({ n, names: ["value"], mean: [n > 2 ? 11 : 20], comoment: [0] });
  const found = [
    {
      ...{ variant: "a", definitionVersion: 1, metric: "spend", value: "value", body: moments(28) },
      steps: [
        { from: 16, moments: moments(1) },
        { from: 32, moments: moments(1) },
      ],
    },
  ];
  change(found);
  return found;
};
const visit = [metric("visit", "conversion")];
const asked = (dimensions: string[] = [], metrics = visit) => request(metrics, dimensions, ["a", "b"]);

describe("fromCells", () => {
  it("reads what another source wrote, unchanged, also through JSON", async () => {
    const cells = await fromRows(wideRows(), wideMapping).read(wideRequest());
    const again = await fromCells(JSON.parse(JSON.stringify(cells))).read(wideRequest());
    expect(again).toEqual(cells);
  });

  it("a ratio's values in the other order read the same, mixed third moments included", async () => {
    const cells = await fromRows(wideRows(), wideMapping).read(wideRequest());
    const at = cells.cells[0]!.moments.findIndex(({ names }) => names.length === 2);
    expect(at).toBeGreaterThan(-1);
    const turned = (moments: (typeof cells.cells)[0]["moments"][0]) => {
      const [nn, nd, dd] = moments.comoment as [number, number, number];
      const flip = <T>(list: readonly T[]) => [...list].reverse();
      return {
        ...{ n: moments.n, names: flip(moments.names), mean: flip(moments.mean), comoment: [dd, nd, nn] },
        ...{
          m3: flip(moments.m3!),
          mixed3: flip(moments.mixed3!),
          nonzero: flip(moments.nonzero!),
          max: flip(moments.max!),
        },
      };
    };
    const other = {
      ...cells,
      cells: cells.cells.map((cell) => ({
        ...cell,
        moments: cell.moments.map((one, i) => (i === at ? turned(one) : one)),
      })),
    };
    expect(await fromCells(other).read(wideRequest())).toEqual(cells);
  });

  it("refuses cells of another experiment than the definition's, naming both", async () => {
    const others = fromCells(cellsOf((cells) => void (cells.experiment = "checkout")));
    await expect(others.read(asked())).rejects.toMatchObject({
      code: "mixed_experiments",
      path: ["cells", "experiment"],
      message:
        'cells.experiment: is another experiment than the one whose data are read, "mail" (received "checkout"); pass the data of one experiment, and its definition',
    });
  });

  it("merges over dimensions that are not asked for, to what the rows would give", async () => {
    const cells = await fromRows(wideRows(), wideMapping).read(wideRequest());
    const all = { ...wideRequest(), dimensions: [] };
    expect(
      difference(await fromCells(cells).read(all), await fromRows(wideRows(), wideMapping).read(all)),
    ).toBeLessThan(1e-12);
  });

  it("gives only the metrics asked for, with the exclusions that concern them", async () => {
    const cells = await fromCells(cellsOf()).read(asked(["channel"]));
    expect(cells.metrics).toEqual(["visit"]);
    expect(cells.excluded).toEqual({ seen_in_two_variants: 3 });
    expect(cells.cells.map(({ levels, units, moments }) => [levels[0], units, moments.length])).toEqual([
      ["Phone", 20, 1],
      ["Web", 10, 1],
      ["Web", 30, 1],
    ]);
  });

  it.each([
    ["another format", (c) => (c.format = "essai.cells/9"), [["unsupported_format", "format"]]],
    ["a negative count", (c) => (c.cells[1].moments[0].n = -5), [["out_of_range", "cells.1.moments.0.n"]]],
    ["a fraction of a unit", (c) => (c.cells[1].units = 20.5), [["out_of_range", "cells.1.units"]]],
    [
      "a negative m2",
      (c) => (c.cells[0].moments[1].comoment[0] = -1),
      [["negative_variance", "cells.0.moments.1.comoment.0"]],
    ],
    [
      "NaN",
      (c) => (c.cells[0].moments[1].mean[0] = Number.NaN),
      [["not_finite", "cells.0.moments.1.mean.0"]],
    ],
    [
      "null where JSON had NaN",
      (c) => (c.cells[0].moments[1].mean[0] = null),
      [["wrong_type", "cells.0.moments.1.mean.0"]],
    ],
    ["too few levels", (c) => (c.cells[0].levels = []), [["wrong_length", "cells.0.levels"]]],
    ["too few moments", (c) => c.cells[2].moments.pop(), [["wrong_length", "cells.2.moments"]]],
    [
      "more units with an outcome than units",
      (c) => (c.cells[2].units = 3),
      [
        ["out_of_range", "cells.2.moments.0.n"],
        ["out_of_range", "cells.2.moments.1.n"],
      ],
    ],
    ["a misspelt key", (c) => (c.cells[0].unit = 1), [["unknown_key", "cells.0.unit"]]],
    ["a metric twice", (c) => (c.metrics = ["visit", "visit"]), [["duplicate_key", "metrics.1"]]],
    ["not tails that fit", (c) => (c.tails = tails()), []],
    [
      "tails of a metric they lack",
      (c) => (c.tails = tails((t) => (t[0].metric = "spent"))),
      [["unknown_name", "tails.0.metric"]],
    ],
    [
      "tails of a value it lacks",
      (c) => (c.tails = tails((t) => (t[0].value = "x"))),
      [["unknown_name", "tails.0.value"]],
    ],
    ["tails twice", (c) => (c.tails = [...tails(), ...tails()]), [["duplicate_key", "tails.1.value"]]],
    [
      "steps that do not ascend",
      (c) => (c.tails = tails((t) => (t[0].steps[1].from = 16))),
      [["out_of_range", "tails.0.steps.1.from"]],
    ],
    [
      "a step of other values",
      (c) => (c.tails = tails((t) => (t[0].steps[1].moments.names = ["x"]))),
      [["mismatched_names", "tails.0.steps.1.moments.names"]],
    ],
    [
      "tails of more units than there are",
      (c) => (c.tails = tails((t) => (t[0].body.n = 29))),
      [["out_of_range", "tails.0.body.n"]],
    ],
    [
      "not tails of another variant with as many units",
      (c) => (c.tails = tails((t) => (t[0].variant = "b"))),
      [],
    ],
    [
      "tails of a version they lack",
      (c) => (c.tails = tails((t) => (t[0].definitionVersion = 2))),
      [["out_of_range", "tails.0.body.n"]],
    ],
    [
      "impossible moments of a step",
      (c) => (c.tails = tails((t) => (t[0].steps[0].moments.comoment = [-1]))),
      [["negative_variance", "tails.0.steps.0.moments.comoment.0"]],
    ],
    [
      "repeated units of a dimension they lack",
      (c) => (c.repeated = [{ dimension: "chanel", units: 1, counted: "each" }]),
      [["unknown_name", "repeated.0.dimension"]],
    ],
    [
      "a repeated dimension twice",
      (c) => (c.repeated = ["each", "first"].map((counted) => ({ dimension: "channel", units: 1, counted }))),
      [["duplicate_key", "repeated.1.dimension"]],
    ],
    [
      "more repeated units than units",
      (c) => (c.repeated = [{ dimension: "channel", units: 61, counted: "each" }]),
      [["out_of_range", "repeated.0.units"]],
    ],
    [
      "as many as there are",
      (c) => (c.repeated = [{ dimension: "channel", units: 60, counted: "each" }]),
      [],
    ],
    [
      "several at once",
      (c) => {
        c.cells[0].moments[0].n = -1;
        c.cells[2].moments[1].comoment = [1, 2];
      },
      [
        ["out_of_range", "cells.0.moments.0.n"],
        ["wrong_length", "cells.2.moments.1.comoment"],
      ],
    ],
  ] as [string, (cells: Draft) => void, string[][]][])("refuses %s", (_, change, expected) => {
    let problems: { code: string; path: string[] }[] = [];
    try {
      fromCells(cellsOf(change));
    } catch (error) {
      problems = (error as { problems: typeof problems }).problems;
    }
    expect(problems.map(({ code, path }) => [code, path.join(".")])).toEqual(expected);
  });

  it.each([
    ["a dimension they lack", asked(["chanel"]), "missing_dimension", ["dimensions", "chanel"]],
    [
      "a metric they lack",
      asked([], [metric("visits", "conversion")]),
      "missing_metric",
      ["metrics", "visits"],
    ],
    [
      "a ratio made of one value",
      asked([], [metric("visit", "ratio", { numerator: {}, denominator: {} })]),
      "wrong_length",
      ["metrics", "visit", "names"],
    ],
    [
      "something that is not a conversion",
      asked([], [metric("spend", "conversion")]),
      "not_binary",
      ["metrics", "spend"],
    ],
    [
      "variants the definition lacks",
      request(visit, [], ["a", "c"]),
      "unmapped_variant",
      ["cells", "variant"],
    ],
  ])("refuses to be asked for %s", async (_, wanted, code, path) => {
    await expect(fromCells(cellsOf()).read(wanted)).rejects.toMatchObject({ code, path });
  });

  it("refuses one arm, and no cells", async () => {
    const one = fromCells(cellsOf((c) => c.cells.pop()));
    await expect(one.read(asked())).rejects.toMatchObject({ code: "single_variant" });
    const none = fromCells(cellsOf((c) => (c.cells = [])));
    await expect(none.read(asked())).rejects.toMatchObject({ code: "empty_data" });
  });
});
