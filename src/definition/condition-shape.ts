import type { TestName } from "../core/condition.js";
import type { Fields, NamedShapes, Shape } from "../shapes/index.js";

/** The most members of a list of texts. */
const MOST_MEMBERS = 10_000;

const text = { kind: "text", empty: true } as const;
const number = { kind: "number" } as const;
const flag = { kind: "flag" } as const;
const listOf = (of: Shape) => ({ kind: "list", of, atLeast: 1 }) as const;

/** What the operand of a test can be; whether a text is an instant or a version is checked besides. */
const operands = {
  scalar: { kind: "either", of: [text, number, flag] },
  scalars: { kind: "either", of: [listOf(text), listOf(number), listOf(flag)] },
  number,
  flag,
  text,
  instant: { kind: "text" },
  version: { kind: "text" },
  texts: { kind: "list", of: text, atLeast: 1, atMost: MOST_MEMBERS },
} as const satisfies Readonly<Record<string, Shape>>;

/** Every test with the operand that it takes and the types of attribute it makes sense for; none: all of them. */
export const conditionTests = {
  eq: ["scalar", "string number boolean version"],
  neq: ["scalar", "string number boolean version"],
  in: ["scalars", "string number version"],
  notIn: ["scalars", "string number version"],
  lt: ["number", "number"],
  lte: ["number", "number"],
  gt: ["number", "number"],
  gte: ["number", "number"],
  before: ["instant", "date"],
  since: ["instant", "date"],
  exists: ["flag", ""],
  startsWith: ["text", "string"],
  endsWith: ["text", "string"],
  contains: ["text", "string"],
  matches: ["text", "string"],
  versionLt: ["version", "version"],
  versionLte: ["version", "version"],
  versionGt: ["version", "version"],
  versionGte: ["version", "version"],
  has: ["text", "strings"],
  hasAny: ["texts", "strings"],
  hasAll: ["texts", "strings"],
} as const satisfies {
  readonly [name in TestName]: readonly [operand: keyof typeof operands, types: string];
};

/** The types that an attribute can have, beside a list of its values. */
export const attributeTypes = ["string", "number", "boolean", "date", "version", "strings"] as const;

/** A condition within a shape; its own stands in {@link conditionShapes}. */
export const condition = { kind: "named", name: "condition" } as const;

const tests: Fields = Object.fromEntries(
  Object.entries(conditionTests).map(([name, [operand]]) => [name, { ...operands[operand], optional: true }]),
);

/** The shapes that contain themselves: conditions. */
export const conditionShapes: NamedShapes = {
  condition: {
    kind: "either",
    of: [
      { kind: "object", has: { attribute: { kind: "text" }, ...tests } },
      { kind: "object", has: { all: listOf(condition) } },
      { kind: "object", has: { any: listOf(condition) } },
      { kind: "object", has: { not: condition } },
      { kind: "object", has: { segment: { kind: "text" } } },
    ],
  },
};
