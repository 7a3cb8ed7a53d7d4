import { expect, it } from "vitest";
import { benjaminiHochberg, eBenjaminiHochberg } from "../../src/stats/index.js";
import { fc } from "../properties.js";
import { near } from "./reference.js";

const eValues = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 12 });

it("names what the procedure's definition names, at every rate", () =>
  fc.assert(
    fc.property(eValues, fc.double({ min: 0.001, max: 0.999, noNaN: true }), (values, alpha) => {
      const sorted = [...values].sort((a, b) => b - a);
      const named = Math.max(
        0,
        ...sorted.map((e, i) => ((i + 1) * e * alpha >= values.length * (1 + 1e-12) ? i + 1 : 0)),
      );
      const found = eBenjaminiHochberg(values).filter((p) => p <= alpha / (1 + 1e-12)).length;
      expect(found).toBe(named);
    }),
  ));

it("is Benjamini–Hochberg on 1/e, in the order given, and leaves its input alone", () => {
  const values = Object.freeze([100, 3, 30, 1.2, Number.POSITIVE_INFINITY]);
  benjaminiHochberg(values.map((e) => 1 / e)).forEach((p, i) => {
    near(eBenjaminiHochberg(values)[i], p, 1e-14);
  });
  expect(eBenjaminiHochberg([])).toEqual([]);
  expect(eBenjaminiHochberg([0, 0])).toEqual([1, 1]);
});

it("refuses what is not an e-value", () => {
  for (const wrong of [-1, Number.NaN, "3"])
    expect(() => eBenjaminiHochberg([1, wrong as number])).toThrow(
      expect.objectContaining({ path: ["eValues", 1] }),
    );
});

it("rejects a named wrong version: running maxima, which name falsely in half as many again as allowed", () => {
  const alpha = 0.05;
  // Two null cells; each is a fair bet (from 1 to 1/α with chance α, from there to 2/α with chance ½), one after the other.
  const worlds = [
    {
      chance: alpha / 2,
      paths: [
        [1 / alpha, 2 / alpha],
        [1, 0],
      ],
    },
    {
      chance: alpha / 2,
      paths: [
        [1 / alpha, 0, 0],
        [1, 1, 1 / alpha, 0],
      ],
    },
    {
      chance: alpha / 2,
      paths: [
        [0, 0],
        [1, 1 / alpha, 2 / alpha],
      ],
    },
    { chance: 1 - 1.5 * alpha, paths: [[0], [0]] },
  ];
  const named = (e: readonly number[]) => eBenjaminiHochberg(e).some((p) => p <= alpha + 1e-12);
  const falsely = (read: (path: readonly number[]) => number) =>
    worlds.reduce((sum, { chance, paths }) => sum + (named(paths.map(read)) ? chance : 0), 0);
  near(
    falsely((path) => path.at(-1)!),
    alpha,
    1e-12,
  );
  near(
    falsely((path) => Math.max(...path)),
    1.5 * alpha,
    1e-12,
  );
});
