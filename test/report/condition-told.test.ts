import { describe, expect, it } from "vitest";
import { conditionTold } from "../../src/report/view/condition-told.js";

describe("a condition on events", () => {
  it.each([
    [{ attribute: "product", eq: "coat", exists: true }, "product = coat & product ≠ ∅"],
    [{ attribute: "size", gt: 1, lte: 3 }, "size > 1 & size ≤ 3"],
    [{ attribute: "product", in: ["a", "b"] }, "product ∈ {a, b}"],
    [{ attribute: "link", startsWith: "/sale" }, "link = /sale…"],
    [{ attribute: "link", endsWith: "buy" }, "link = …buy"],
    [{ attribute: "link", contains: "x" }, "link = …x…"],
    [
      {
        all: [
          {
            any: [
              { attribute: "a", eq: 1 },
              { attribute: "b", eq: 2 },
            ],
          },
          { not: { attribute: "c", exists: false } },
        ],
      },
      "(a = 1 | b = 2) & ¬(c = ∅)",
    ],
  ])("%j is told in signs", (condition, told) => {
    expect(conditionTold(condition)).toBe(told);
  });
});
