import { jsonSchema, type SchemaName } from "essai/schema";
import { describe, expect, it } from "vitest";
import { descriptions } from "../../src/schema/descriptions.js";

const written = ["experiment", "definition", "catalogue", "metric", "data"] as const;

/** Every key of a schema with the schema of its value. */
function keysOf(
  schema: unknown,
  parent = "",
): readonly (readonly [parent: string, key: string, description: unknown])[] {
  if (Array.isArray(schema)) return schema.flatMap((each) => keysOf(each, parent));
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([keyword, inner]) =>
    keyword === "properties"
      ? Object.entries(inner as Record<string, { description?: unknown }>).flatMap(([key, each]) => [
          [parent, key, each.description] as const,
          ...keysOf(each, key),
        ])
      : keysOf(inner, keyword === "$defs" ? "" : parent),
  );
}

describe("JSON Schemas of files that people write", () => {
  it.each(written)("%s: every key says what it means", (name) => {
    const silent = keysOf(jsonSchema(name)).filter(
      ([, , description]) => !/^[A-Za-z0-9"].+\.$/.test(String(description)),
    );
    expect(silent).toEqual([]);
  });

  it("no description is of a key that there is not", () => {
    const known = new Set(
      written.flatMap((name) =>
        keysOf(jsonSchema(name)).flatMap(([parent, key]) => [key, `${parent}.${key}`]),
      ),
    );
    // The whole file is the mapping of the data.
    expect(Object.keys(descriptions).filter((key) => !known.has(key))).toEqual([]);
  });

  // `npm run docs:schemas` writes them anew.
  it.each(["experiment", "catalogue"] satisfies SchemaName[])(
    "docs/schemas/%s.schema.json is in step",
    async (name) => {
      await expect(`${JSON.stringify(jsonSchema(name), null, 1)}\n`).toMatchFileSnapshot(
        `../../docs/schemas/${name}.schema.json`,
      );
    },
  );
});
