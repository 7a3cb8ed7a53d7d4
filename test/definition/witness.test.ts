import { describe, expect, it } from "vitest";
import { conditionReader } from "../../src/definition/compile-condition.js";
import { witnessOf } from "../../src/definition/witness.js";

const none = () => undefined;
const has = (...parts: string[]) => ({ all: parts.map((contains) => ({ attribute: "page", contains })) });
const parts = {
  all: [
    { attribute: "page", startsWith: "a" },
    { attribute: "page", contains: "b" },
    { attribute: "page", endsWith: "c" },
  ],
};

describe("a witness of a condition", () => {
  it("really meets it", () => {
    const condition = { all: [...has("a", "b").all, { attribute: "age", gt: 18, lt: 19 }] };
    const witness = witnessOf(condition, none);
    if (witness.status !== "met") throw new Error(witness.status);
    expect(conditionReader({})(condition, [])(witness.context)).toBe(true);
  });

  it("is undecided, not met, when some attribute's candidates failed and more could be tried", () => {
    // "abc" would do, but values of two parts are all that is tried.
    expect(conditionReader({})(parts, [])({ page: "abc" })).toBe(true);
    expect(witnessOf(parts, none)).toEqual({ status: "undecided" });
    expect(witnessOf({ all: [...parts.all, { attribute: "age", gt: 3 }] }, none).status).toBe("undecided");
  });

  it("is none only where nothing can meet the condition", () => {
    expect(witnessOf({ attribute: "age", gt: 3, lt: 3 }, none).status).toBe("none");
    expect(witnessOf({ attribute: "age", gte: 3, lte: 3 }, none).status).toBe("met");
    expect(witnessOf({ attribute: "age", gt: 3, lt: 3 + 1e-9 }, none).status).toBe("met");
    expect(witnessOf({ any: [{ attribute: "age", gt: 3, lt: 3 }, parts] }, none).status).toBe("undecided");
  });
});
