import { describe, expect, it } from "vitest";
import { errorOf, missing_value, problem, problemAt } from "../../src/errors/index.js";

describe("a problem at another place", () => {
  it.each([
    [["a", 0], "file.a.0", ["file", "a", 0]],
    [[], "file", ["file"]],
  ])("%j is told where it lies now", (path, place, at) => {
    const told = problem({ missing_value }, path, undefined, { known: ["b", "c"] });
    const moved = problemAt(at, told);
    expect(moved).toEqual(problem({ missing_value }, at, undefined, { known: ["b", "c"] }));
    expect(moved.message.startsWith(`${place}: `)).toBe(true);
    expect(problemAt(path, moved)).toEqual(told);
  });

  it("an error of collected problems keeps its cause", () => {
    const cause = new Error("disk");
    expect(errorOf([problem({ missing_value }, [], 1)], { cause })).toMatchObject({ cause });
    expect(errorOf([problem({ missing_value }, [], 1)])).not.toHaveProperty("cause");
  });
});
