import { describe, expect, it } from "vitest";
import { nearNames } from "../../src/core/near-names.js";

const known = ["segment", "channel", "zip_code", "spend"];

describe("near names", () => {
  it.each([
    ["segmnt", "segment"],
    ["Channel", "channel"],
    ["zip", "zip_code"],
    ["psend", "spend"],
    ["customer_segment", "segment"],
  ])("%s was probably %s", (name, meant) => {
    expect(nearNames(name, known, "columns")).toMatch(
      `did you mean ${JSON.stringify(meant)}? (columns: ${meant}`,
    );
  });

  it("lists what there is when nothing is near", () => {
    expect(nearNames("revenue", known, "columns")).toMatch(/^columns: [a-z_]+(, [a-z_]+){3}$/);
    expect(nearNames("x", [], "columns")).toBe("there are no columns");
  });

  it("lists at most twelve", () => {
    const many = Array.from({ length: 20 }, (_, i) => `column-${i}`);
    expect(nearNames("revenue", many, "columns")).toMatch(/, and 8 more$/);
  });
});
