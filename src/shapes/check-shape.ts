import {
  type ErrorEntry,
  type ErrorPath,
  errorOf,
  inRange,
  missing_value,
  nearName,
  numberProblem,
  type Problem,
  problem,
  type Stated,
  too_many,
  unknown_key,
  unknown_name,
  unsupported_format,
  type ValueType,
  wrong_length,
  wrong_type,
} from "../errors/index.js";
import { isPlainObject } from "./plain-object.js";
import type { Fields, NamedShapes, Shape } from "./shape.js";

/** Enough to work on; a hostile input could hold millions. */
const MOST_PROBLEMS = 100;

/** The problems found so far and the place that is looked at; options are checked on every call, so it is one array. */
class Check {
  readonly problems: Problem[] = [];
  readonly path: (string | number)[];
  readonly names: NamedShapes;
  /** Only whether there is a problem is asked: the first one ends the search, and none is told. */
  readonly quiet: boolean;
  failed = false;

  constructor(path: ErrorPath, names: NamedShapes, quiet = false) {
    this.path = quiet ? [] : [...path];
    this.names = names;
    this.quiet = quiet;
  }

  add(entry: ErrorEntry, received: unknown, parameters?: Stated, ...within: ErrorPath): void {
    this.failed = true;
    if (!this.quiet) this.problems.push(problem(entry, [...this.path, ...within], received, parameters));
  }

  mistyped(value: unknown, type: ValueType | readonly ValueType[], ...within: ErrorPath): void {
    const entry = value === undefined ? { missing_value } : { wrong_type };
    this.add(entry, value, { expected: { type } }, ...within);
  }

  named(value: unknown, known: readonly string[], entry: ErrorEntry = { unknown_name }): void {
    this.failed = true;
    if (!this.quiet) this.add(entry, value, nearName(value, known));
  }

  at(key: string | number, value: unknown, shape: Shape): void {
    this.path.push(key);
    this.look(value, shape);
    this.path.pop();
  }

  look(value: unknown, shape: Shape): void {
    if (this.quiet ? this.failed : this.problems.length >= MOST_PROBLEMS) return;
    if (value === undefined && shape.optional) return;
    // The map's type ties each function to its kind; a call through it can't.
    (looks[shape.kind] as (check: Check, value: unknown, shape: Shape) => void)(this, value, shape);
  }
}

type Look<K extends Shape["kind"]> = (
  check: Check,
  value: unknown,
  shape: Extract<Shape, { kind: K }>,
) => void;

const looks: { readonly [K in Shape["kind"]]: Look<K> } = {
  text(check, value, { empty }) {
    if (typeof value !== "string") check.mistyped(value, "text");
    else if (value === "" && !empty) check.add({ missing_value }, value, { expected: { type: "text" } });
  },
  number(check, value, { kind, optional, ...range }) {
    if (inRange(value, range)) return;
    check.failed = true;
    const found = check.quiet ? undefined : numberProblem(value, [...check.path], range);
    if (found) check.problems.push(found);
  },
  flag(check, value) {
    if (typeof value !== "boolean") check.mistyped(value, "flag");
  },
  null(check, value) {
    if (value !== null) check.mistyped(value, "null");
  },
  word(check, value, { of, format }) {
    if (value === undefined) check.add({ missing_value }, value, { known: of });
    else if (format && !of.some((word) => word === value))
      check.add({ unsupported_format }, value, { known: of });
    else if (!of.some((word) => word === value)) check.named(value, of);
  },
  json(check, value) {
    if (value === undefined) check.mistyped(value, "json");
  },
  anything(check, value) {
    if (value === undefined) check.add({ missing_value }, value);
  },
  function(check, value) {
    if (typeof value !== "function") check.mistyped(value, "function");
  },
  list(check, value, { of, atLeast = 0, atMost = Infinity }) {
    if (!Array.isArray(value)) check.mistyped(value, "list");
    else if (value.length > atMost) check.add({ too_many }, value.length, { expected: { atMost } });
    else if (value.length < atLeast) check.mistyped(undefined, typesOf[of.kind], value.length);
    else for (let i = 0; i < value.length; i++) check.at(i, value[i], of);
  },
  tuple(check, value, { of }) {
    if (!Array.isArray(value)) check.mistyped(value, "list");
    else if (value.length !== of.length)
      check.add({ wrong_length }, value.length, { expected: { length: of.length } });
    else
      of.forEach((each, i) => {
        check.at(i, value[i], each);
      });
  },
  map(check, value, { of }) {
    if (!isPlainObject(value)) check.mistyped(value, "object");
    else for (const key of Object.keys(value)) check.at(key, value[key], of);
  },
  object: (check, value, { has, open }) => lookInto(check, value, has, open),
  choice(check, value, { by, of, other }) {
    if (!isPlainObject(value)) return check.mistyped(value, "object");
    const words: Shape = { kind: "word", of: Object.keys(of) };
    const word = Object.hasOwn(value, by) ? value[by] : undefined;
    const fields = typeof word === "string" && Object.hasOwn(of, word) ? of[word] : undefined;
    if (fields) lookInto(check, value, { [by]: words, ...fields });
    else if (other && word !== undefined)
      lookInto(check, value, { [by]: { kind: "text" }, ...other.has }, other.open);
    else check.at(by, word, words);
  },
  either(check, value, { of }) {
    for (const shape of of) {
      const own = new Check([], check.names, true);
      own.look(value, shape);
      if (!own.failed) return;
    }
    check.failed = true;
    if (check.quiet) return;
    const shapes = of.map((shape) => resolved(shape, check.names));
    const tried = shapes.map((shape) => {
      const own = new Check(check.path, check.names);
      own.look(value, shape);
      return { shape, problems: own.problems };
    });
    const objects = isPlainObject(value)
      ? tried.flatMap(({ shape, problems }) =>
          shape.kind === "object" ? [{ known: Object.keys(shape.has), problems }] : [],
        )
      : [];
    if (objects.length > 0) return nearestObject(check, value as object, objects);
    // What a value of the right type lacks says more than that it is of none of the other types.
    const here = check.path.length;
    const within = tried.filter(({ problems }) =>
      problems.every(
        ({ code, path }) => path.length > here || (code !== "wrong_type" && value !== undefined),
      ),
    );
    // And so does what lies within it.
    const outside = ({ problems }: (typeof tried)[number]) =>
      problems.some(({ path }) => path.length === here) ? 1 : 0;
    const [nearest] = within.sort((a, b) => outside(a) - outside(b) || a.problems.length - b.problems.length);
    if (nearest) check.problems.push(...nearest.problems);
    else check.mistyped(value, [...new Set(shapes.flatMap(({ kind }) => typesOf[kind]))]);
  },
  named: (check, value, shape) => check.look(value, resolved(shape, check.names)),
};

/** The type of values of a shape, for the sentence told of one that has another. */
const typesOf: { readonly [K in Shape["kind"]]: readonly ValueType[] } = {
  text: ["text"],
  number: ["number"],
  flag: ["flag"],
  null: ["null"],
  word: ["text"],
  json: ["json"],
  anything: [],
  function: ["function"],
  list: ["list"],
  tuple: ["list"],
  map: ["object"],
  object: ["object"],
  choice: ["object"],
  either: [],
  named: [],
};

/** Tells what is wrong with an object by the alternative that knows most of its keys. */
function nearestObject(
  check: Check,
  value: object,
  alternatives: readonly { readonly known: readonly string[]; readonly problems: readonly Problem[] }[],
): void {
  const keys = Object.keys(value);
  const shared = alternatives.map(({ known }) => keys.filter((key) => known.includes(key)).length);
  const most = Math.max(...shared);
  if (most > 0) {
    const [nearest] = alternatives
      .filter((_, i) => shared[i] === most)
      .sort((a, b) => a.problems.length - b.problems.length);
    check.problems.push(...(nearest?.problems ?? []));
    return;
  }
  const known = [...new Set(alternatives.flatMap((each) => each.known))];
  if (keys.length === 0) check.add({ missing_value }, value, { known });
  else unknownKeys(check, keys, known);
}

function unknownKeys(check: Check, keys: readonly string[], known: readonly string[]): void {
  check.failed = true;
  if (check.quiet) return;
  for (const key of keys.slice(0, MOST_PROBLEMS - check.problems.length))
    check.add({ unknown_key }, key, nearName(key, known), key);
}

function resolved(shape: Shape, names: NamedShapes): Shape {
  return shape.kind === "named" ? resolved(names[shape.name] as Shape, names) : shape;
}

function lookInto(check: Check, value: unknown, has: Fields, open?: true): void {
  if (!isPlainObject(value)) {
    check.mistyped(value, "object");
    return;
  }
  // What another format holds cannot be judged as this one.
  if (
    has.format?.kind === "word" &&
    typeof value.format === "string" &&
    !has.format.of.includes(value.format)
  ) {
    check.at("format", value.format, has.format);
    return;
  }
  if (!open) {
    const unknown = Object.keys(value).filter((key) => !Object.hasOwn(has, key) && value[key] !== undefined);
    if (unknown.length > 0) unknownKeys(check, unknown, Object.keys(has));
    if (check.quiet && check.failed) return;
  }
  for (const key in has) {
    const there = Object.hasOwn(value, key);
    const shape = has[key] as Shape;
    if (there || !shape.optional) check.at(key, there ? value[key] : undefined, shape);
  }
}

/**
 * What keeps a value from having a shape.
 * @param value  anything; plain data, or an options object
 * @param shape  what it has to be
 * @param path   where it stands
 * @param names  the shapes that `shape` refers to by name
 * @returns `unknown_key` and `unknown_name` with the nearest name, `missing_value`, `wrong_type`, `wrong_length`, `too_many`,
 *   `not_finite`, `out_of_range`, `unsupported_format`; about a hundred at most
 */
export function shapeProblems(
  value: unknown,
  shape: Shape,
  path: ErrorPath = [],
  names: NamedShapes = {},
): Problem[] {
  const check = new Check(path, names);
  check.look(value, shape);
  return check.problems;
}

/**
 * Checks a caller's options or settings, so that nothing in them is ignored.
 * @param value   what the caller passed
 * @param fields  the keys there are, with their shapes
 * @param path    where the options stand in the caller's input; default: they are the input
 * @throws ExperimentError with every problem at once, as {@link shapeProblems} lists them
 */
export function checkFields(value: unknown, fields: Fields, path: ErrorPath = []): void {
  const check = new Check(path, {});
  lookInto(check, value, fields);
  if (check.problems.length > 0) throw errorOf(check.problems);
}
