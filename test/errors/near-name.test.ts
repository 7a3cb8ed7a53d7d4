import { describe, expect, it } from "vitest";
import { nearName } from "../../src/errors/index.js";

const known = ["segment", "channel", "zip_code", "spend"];

describe("near names", () => {
  it.each([
    ["segmnt", "segment"],
    ["Channel", "channel"],
    ["zip", "zip_code"],
    ["psend", "spend"],
    ["customer_segment", "segment"],
  ])("%s was probably %s", (name, near) => {
    expect(nearName(name, known)).toEqual({ known, near });
  });

  it("names none when nothing is near", () => {
    expect(nearName("revenue", known)).toEqual({ known });
    expect(nearName("x", [])).toEqual({ known: [] });
    expect(nearName("", known)).toEqual({ known });
    expect(nearName("settings", ["n", "a"])).toEqual({ known: ["n", "a"] });
  });

  it("costs little for text that is not a name", () => {
    const long = "x".repeat(1_000_000);
    expect(nearName(long, [long, "segment"])).toEqual({ known: [long, "segment"], near: long });
  });
});
