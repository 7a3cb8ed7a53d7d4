import { describe, expect, it } from "vitest";
import * as z from "zod";
import { issueProblems } from "../../src/errors/index.js";

const schema = z.strictObject({
  format: z.literal("essai.x/1"),
  list: z.array(z.strictObject({ n: z.number() })),
  either: z.union([
    z.string(),
    z.strictObject({ column: z.string(), deep: z.strictObject({ a: z.number() }) }),
  ]),
});
const problems = (input: unknown, path?: string[]) =>
  issueProblems(schema.safeParse(input).error?.issues ?? [], input, path).map((each) => [
    each.code,
    each.path.join("."),
  ]);
const good = { format: "essai.x/1", list: [], either: "x" };

describe("problems of a schema", () => {
  it("are all of them, each with code and path", () => {
    expect(
      problems({ ...good, format: "essai.x/2", list: [{ n: Number.NaN }, { n: "1", m: 2 }], more: 1 }),
    ).toEqual([
      ["unsupported_format", "format"],
      ["not_finite", "list.0.n"],
      ["wrong_type", "list.1.n"],
      ["unknown_key", "list.1.m"],
      ["unknown_key", "more"],
    ]);
  });

  it("begin with the caller's path", () => {
    expect(problems({ ...good, list: 1 }, ["data"])).toEqual([["wrong_type", "data.list"]]);
    expect(problems(null)).toEqual([["wrong_type", ""]]);
  });

  it("of alternatives tell those of the one that came furthest", () => {
    expect(problems({ ...good, either: { column: "a", deep: { a: "1" } } })).toEqual([
      ["wrong_type", "either.deep.a"],
    ]);
  });
});
