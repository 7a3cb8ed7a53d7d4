import { expect, it } from "vitest";
import { checkFields, type Fields, fitsFields } from "../../src/shapes/index.js";
import { fc } from "../properties.js";

const fields: Fields = {
  level: { kind: "number", above: 0, below: 1, optional: true },
  alternative: { kind: "word", of: ["two-sided", "greater", "less"], optional: true },
  keep: { kind: "flag", optional: true },
  names: { kind: "list", of: { kind: "text" }, optional: true },
  margin: { kind: "number", above: 0 },
};

const refused = (options: unknown) => {
  try {
    checkFields(options, fields);
    return false;
  } catch {
    return true;
  }
};

it("options that fit are those in which nothing is found wrong, or are left to the check", () => {
  const value = fc.oneof(
    fc.constantFrom<unknown>(0.5, 95, -1, Number.NaN, "greater", "grater", true, null, undefined, [], ["a"]),
    fc.double(),
  );
  const key = fc.constantFrom(...Object.keys(fields), "levl", "toString");
  let fitting = 0;
  fc.assert(
    fc.property(fc.dictionary(key, value, { maxKeys: 3 }), fc.boolean(), (given, complete) => {
      const options: Record<string, unknown> = { ...given, ...(complete ? { margin: 1 } : {}) };
      if (!fitsFields(options, fields)) return;
      fitting++;
      expect(refused(options)).toBe(false);
    }),
    { numRuns: 2000 },
  );
  expect(fitting).toBeGreaterThan(50);
});

it("simple options that are right need no second look", () => {
  expect(fitsFields({ margin: 0.1, level: 0.9, alternative: "less", keep: false }, fields)).toBe(true);
  expect(fitsFields({ margin: 0.1 }, fields)).toBe(true);
  for (const options of [{}, { margin: 0.1, levl: 0.9 }, { margin: 0.1, level: 95 }, null, undefined, []])
    expect(fitsFields(options, fields)).toBe(false);
});
