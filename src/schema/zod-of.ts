import * as z from "zod";
import type { Fields, NamedShapes, Shape } from "../shapes/index.js";

type Making<K extends Shape["kind"]> = (
  shape: Extract<Shape, { kind: K }>,
  inner: (shape: Shape) => z.ZodType,
) => z.ZodType;

function numberOf({ atLeast, atMost, above, below, whole }: Extract<Shape, { kind: "number" }>): z.ZodType {
  let made: z.ZodNumber = whole ? z.int() : z.number();
  if (atLeast !== undefined) made = made.gte(atLeast);
  if (atMost !== undefined) made = made.lte(atMost);
  if (above !== undefined) made = made.gt(above);
  return below === undefined ? made : made.lt(below);
}

const keysOf = (has: Fields, inner: (shape: Shape) => z.ZodType) =>
  Object.fromEntries(Object.entries(has).map(([key, shape]) => [key, inner(shape)]));

const makers: { readonly [K in Shape["kind"]]: Making<K> } = {
  text: ({ empty }) => (empty ? z.string() : z.string().min(1)),
  number: numberOf,
  flag: () => z.boolean(),
  null: () => z.null(),
  word: ({ of }) => z.enum(of as [string, ...string[]]),
  json: () => z.json(),
  anything: () => z.unknown(),
  function: () => z.custom((value) => typeof value === "function"),
  list: ({ of, atLeast = 0, atMost = Number.POSITIVE_INFINITY }, inner) =>
    z.array(inner(of)).min(atLeast).max(atMost),
  tuple: ({ of }, inner) => z.tuple(of.map(inner) as [z.ZodType, ...z.ZodType[]]),
  map: ({ of }, inner) => z.record(z.string(), inner(of)),
  object: ({ has, open }, inner) => (open ? z.looseObject : z.strictObject)(keysOf(has, inner)),
  choice({ by, of, other }, inner) {
    const branches = Object.entries(of).map(([word, has]) =>
      z.strictObject({ [by]: z.literal(word), ...keysOf(has, inner) }),
    );
    const known = z.discriminatedUnion(by, branches as [(typeof branches)[0], ...typeof branches]);
    if (!other) return known;
    const word = z
      .string()
      .min(1)
      .refine((each) => !Object.hasOwn(of, each));
    const own = (other.open ? z.looseObject : z.strictObject)({ [by]: word, ...keysOf(other.has, inner) });
    return z.union([known, own]);
  },
  either: ({ of }, inner) => z.union(of.map(inner)),
  named: () => z.never(),
};

/**
 * A shape as a zod schema.
 * @param shape  what a value has to be
 * @param names  the shapes that it refers to by name
 * @returns a schema that accepts the JSON values that the shape's own check accepts, no others
 */
export function zodOf(shape: Shape, names: NamedShapes = {}): z.ZodType {
  const known = new Map<string, z.ZodType>();
  const named = (name: string): z.ZodType => {
    const found = known.get(name) ?? z.lazy(() => inner(names[name] as Shape));
    known.set(name, found);
    return found;
  };
  const inner = (each: Shape): z.ZodType => {
    const made =
      each.kind === "named"
        ? named(each.name)
        : // The map's type ties each function to its kind; a call through it can't.
          (makers[each.kind] as Making<Shape["kind"]>)(each as never, inner);
    return each.optional ? made.optional() : made;
  };
  return inner(shape);
}
