import { describe, expect, it } from "vitest";
import {
  detailedProblem,
  ExperimentError,
  errorOf,
  insufficient_data,
  not_finite,
  out_of_range,
  problem,
  query_failed,
} from "../../src/errors/index.js";

describe("ExperimentError", () => {
  it("derives the sentence from code, path and received value", () => {
    const error = new ExperimentError({ insufficient_data }, ["control", "n"], 1);
    expect(error).toMatchObject({ code: "insufficient_data", path: ["control", "n"], received: 1 });
    expect(error.message).toBe(
      "control.n: fewer units than the estimator needs (received 1); collect more units before asking for this estimate",
    );
  });

  it("carries what is known of the case, and states it", () => {
    const cause = new Error("why");
    const error = new ExperimentError({ out_of_range }, ["level"], 95, {
      expected: { above: 0, below: 1 },
      cause,
    });
    expect(error.expected).toEqual({ above: 0, below: 1 });
    expect(error.message).toBe("level: must be above 0 and below 1 (received 95); write 0.95");
    expect(error.cause).toBe(cause);
    expect(Object.keys(error)).not.toContain("cause");
  });

  it("carries every problem of a validation, its own fields being the first's", () => {
    const expected = { atLeast: 1 };
    const error = errorOf([
      problem({ out_of_range }, ["a"], 0, { expected }),
      problem({ not_finite }, ["b"], "x"),
    ]);
    expect(error).toMatchObject({ code: "out_of_range", path: ["a"], received: 0, expected });
    expect(error.problems.map((each) => each.path[0])).toEqual(["a", "b"]);
    expect(error.message.split("\n")).toHaveLength(2);
    expect(JSON.parse(JSON.stringify(error.problems[0]))).toEqual({ ...error.problems[0] });
  });

  it("ends its message with what another program says", () => {
    const found = detailedProblem({ query_failed }, ["data"], "SELECT", { detail: "no such table: orders" });
    expect(found.message).toBe(
      'data: the engine refused the query (received "SELECT"); see the engine\'s message — no such table: orders',
    );
  });

  it.each([
    [Number.NaN, "NaN"],
    [[1, 2], "list"],
    [{ a: 1 }, "object"],
    ["x".repeat(99), `"${"x".repeat(60)}"`],
  ])("shows %s briefly", (received, text) => {
    expect(problem({ not_finite }, [], received).message).toContain(`(received ${text})`);
  });
});
