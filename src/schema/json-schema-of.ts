import type { Json } from "../core/json.js";
import type { Fields, NamedShapes, Shape } from "../shapes/index.js";

/** A JSON Schema under way. */
interface Schema {
  [keyword: string]: Json;
}

type Inner = (shape: Shape) => Schema;
type Making<K extends Shape["kind"]> = (shape: Extract<Shape, { kind: K }>, inner: Inner) => Schema;

function objectOf(has: Fields, inner: Inner, open?: true): Schema {
  const required = Object.keys(has).filter((key) => !has[key]?.optional);
  return {
    type: "object",
    properties: Object.fromEntries(Object.entries(has).map(([key, shape]) => [key, inner(shape)])),
    ...(required.length > 0 ? { required } : {}),
    ...(open ? {} : { additionalProperties: false }),
  };
}

function numberOf({ atLeast, atMost, above, below, whole }: Extract<Shape, { kind: "number" }>): Schema {
  const [minimum, maximum] = whole
    ? [atLeast ?? Number.MIN_SAFE_INTEGER, atMost ?? Number.MAX_SAFE_INTEGER]
    : [atLeast, atMost];
  return {
    type: whole ? "integer" : "number",
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
    ...(above === undefined ? {} : { exclusiveMinimum: above }),
    ...(below === undefined ? {} : { exclusiveMaximum: below }),
  };
}

/** That an object's word is not one of some. */
const noneOf = (by: string, words: object): Schema => ({
  not: { properties: { [by]: { enum: Object.keys(words) } } },
});

const makers: { readonly [K in Shape["kind"]]: Making<K> } = {
  text: ({ empty }) => ({ type: "string", ...(empty ? {} : { minLength: 1 }) }),
  number: numberOf,
  flag: () => ({ type: "boolean" }),
  null: () => ({ type: "null" }),
  word: ({ of }) => (of.length === 1 ? { const: of[0] as string } : { enum: of }),
  json: () => ({}),
  anything: () => ({}),
  function: () => ({ not: {} }),
  list: ({ of, atLeast, atMost }, inner) => ({
    type: "array",
    items: inner(of),
    ...(atLeast === undefined ? {} : { minItems: atLeast }),
    ...(atMost === undefined ? {} : { maxItems: atMost }),
  }),
  tuple: ({ of }, inner) => ({
    type: "array",
    prefixItems: of.map(inner),
    items: false,
    minItems: of.length,
  }),
  map: ({ of }, inner) => ({ type: "object", additionalProperties: inner(of) }),
  object: ({ has, open }, inner) => objectOf(has, inner, open),
  choice: ({ by, of, other }, inner) => ({
    oneOf: [
      ...Object.entries(of).map(([word, has]) =>
        objectOf({ [by]: { kind: "word", of: [word] }, ...has }, inner),
      ),
      ...(other
        ? [{ ...objectOf({ [by]: { kind: "text" }, ...other.has }, inner, other.open), ...noneOf(by, of) }]
        : []),
    ],
  }),
  either: ({ of }, inner) => ({ anyOf: of.map(inner) }),
  named: ({ name }) => ({ $ref: `#/$defs/${name}` }),
};

/**
 * A shape as a JSON Schema, draft 2020-12.
 * @param shape  what a value has to be
 * @param names  the shapes that it refers to by name; those that it needs are the schema's `$defs`
 * @returns the schema's keywords, a new plain object
 */
export function jsonSchemaOf(shape: Shape, names: NamedShapes = {}): Schema {
  const $defs: Schema = {};
  const inner: Inner = (each) => {
    if (each.kind === "named" && $defs[each.name] === undefined) {
      $defs[each.name] = {};
      $defs[each.name] = inner(names[each.name] as Shape);
    }
    // The map's type ties each function to its kind; a call through it can't.
    return (makers[each.kind] as Making<Shape["kind"]>)(each as never, inner);
  };
  const schema = inner(shape);
  return Object.keys($defs).length > 0 ? { ...schema, $defs } : schema;
}
