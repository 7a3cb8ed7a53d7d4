import { describe, expect, it } from "vitest";
import { missing_value } from "../../src/core/errors.js";
import { errorOf, problem } from "../../src/core/experiment-error.js";
import { problemAt } from "../../src/core/problem-at.js";

describe("a problem at another place", () => {
  it.each([
    [["a", 0], "file.a.0", ["file", "a", 0]],
    [[], "file", ["file"]],
  ])("%j is told where it lies now", (path, place, at) => {
    const told = problem({ missing_value }, path, undefined, "a hint");
    const moved = problemAt(at, told);
    expect(moved).toEqual(problem({ missing_value }, at, undefined, "a hint"));
    expect(moved.message.startsWith(`${place}: `)).toBe(true);
    expect(problemAt(path, moved)).toEqual(told);
  });

  it("an error of collected problems keeps its cause", () => {
    const cause = new Error("disk");
    expect(errorOf([problem({ missing_value }, [], 1)], { cause })).toMatchObject({ cause });
    expect(errorOf([problem({ missing_value }, [], 1)])).not.toHaveProperty("cause");
  });
});
