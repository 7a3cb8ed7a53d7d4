import { describe, expect, it } from "vitest";
import { addLook, type Estimate, type SequentialState } from "../../src/stats/index.js";

const ok = (interval: readonly [number, number], pValue: number): Estimate => ({
  status: "ok",
  method: "mean-sequence",
  value: (interval[0] + interval[1]) / 2,
  standardError: 1,
  interval,
  level: 0.95,
  pValue,
});
const first = () => addLook(null, { control: 10, treatment: 12, estimate: ok([-2, 4], 0.3) }).state;

it("keeps the intersection and the smallest p-value", () => {
  const { state, reading } = addLook(first(), { control: 20, treatment: 25, estimate: ok([-1, 6], 0.4) });
  expect(state).toEqual({
    looks: 2,
    control: 20,
    treatment: 25,
    level: 0.95,
    pValue: 0.3,
    lower: -1,
    upper: 4,
  });
  expect(reading).toMatchObject({ status: "ok", interval: [-1, 4], pValue: 0.3, value: 2.5 });
});

it("the same look again changes nothing, and JSON carries the state", () => {
  const state = first();
  const again = addLook(JSON.parse(JSON.stringify(state)) as SequentialState, {
    control: 10,
    treatment: 12,
    estimate: ok([-2, 4], 0.3),
  });
  expect(again.state).toEqual(state);
});

it("one-sided intervals and looks that bound nothing yet", () => {
  const open = addLook(null, { control: 1, treatment: 1, estimate: ok([-2, Infinity], 0.3) });
  expect(open.state).not.toHaveProperty("upper");
  const later = addLook(open.state, {
    control: 2,
    treatment: 2,
    estimate: { status: "unbounded", method: "m", reason: "r", level: 0.95, pValue: 0.9 },
  });
  expect(later.reading).toMatchObject({ status: "unbounded", pValue: 0.3, lower: -2 });
});

it("intervals that contradict each other are said to, and stay so", () => {
  const { state, reading } = addLook(first(), { control: 20, treatment: 25, estimate: ok([5, 6], 0.01) });
  expect(reading).toMatchObject({ status: "undefined", pValue: 0.01 });
  const later = addLook(state, { control: 30, treatment: 30, estimate: ok([0, 9], 0.01) });
  expect(later.reading.status).toBe("undefined");
});

describe("refuses", () => {
  it.each([
    ["data that shrank", { control: 9, treatment: 12, estimate: ok([0, 1], 1) }, ["look", "control"]],
    [
      "another level",
      { control: 10, treatment: 12, estimate: { ...ok([0, 1], 1), level: 0.9 } },
      ["look", "estimate", "level"],
    ],
    ["half a unit", { control: 10.5, treatment: 12, estimate: ok([0, 1], 1) }, ["look", "control"]],
  ])("%s", (_, look, path) => {
    expect(() => addLook(first(), look as never)).toThrow(expect.objectContaining({ path }));
  });

  it.each([
    ["no estimate", null, []],
    ["a level of 1", { ...ok([0, 1], 1), level: 1 }, ["level"]],
    ["a p-value above 1", ok([0, 1], 1.5), ["pValue"]],
    ["an interval that is not a list", { ...ok([0, 1], 1), interval: 5 }, ["interval"]],
    ["a bound that is not a number", ok([0, Number.NaN], 1), ["interval", 1]],
    [
      "a lower bound that is not a number",
      { status: "unbounded", method: "m", reason: "r", level: 0.95, lower: Number.NaN },
      ["lower"],
    ],
  ])("%s", (_, estimate, path) => {
    const look = { control: 10, treatment: 12, estimate };
    expect(() => addLook(first(), look as never)).toThrow(
      expect.objectContaining({ path: ["look", "estimate", ...path] }),
    );
  });
});
