import { describe, expect, it } from "vitest";
import { insufficient_data, not_finite } from "../../src/core/errors.js";
import { ExperimentError, errorOf, problem } from "../../src/core/experiment-error.js";

describe("ExperimentError", () => {
  it("derives the sentence from code, path and received value", () => {
    const error = new ExperimentError({ insufficient_data }, ["control", "n"], 1);
    expect(error).toMatchObject({ code: "insufficient_data", path: ["control", "n"], received: 1 });
    expect(error.message).toBe(
      "control.n: fewer units than the estimator needs (received 1); collect more units before asking for this estimate",
    );
  });

  it("carries every problem of a validation, its own fields being the first", () => {
    const error = errorOf([problem({ not_finite }, ["a"], Number.NaN), problem({ not_finite }, ["b"], "x")]);
    expect(error.path).toEqual(["a"]);
    expect(error.problems.map((each) => each.path[0])).toEqual(["a", "b"]);
    expect(error.message.split("\n")).toHaveLength(2);
  });

  it("ends fix and message with the hint", () => {
    const found = problem({ not_finite }, ["a"], "x", "columns: b, c");
    expect(found.fix).toBe("pass a finite number — columns: b, c");
    expect(found.message).toBe(
      'a: is not a finite number (received "x"); pass a finite number — columns: b, c',
    );
  });

  it.each([
    [Number.NaN, "NaN"],
    [undefined, "undefined"],
    [[1, 2], "object"],
    [{ a: 1 }, "object"],
    ["x".repeat(99), `"${"x".repeat(60)}"`],
  ])("shows %s briefly", (received, text) => {
    expect(problem({ not_finite }, [], received).message).toContain(`(received ${text})`);
  });
});
