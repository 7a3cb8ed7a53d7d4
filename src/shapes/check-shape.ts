import {
  type ErrorEntry,
  type ErrorParameters,
  type ErrorPath,
  errorOf,
  missing_value,
  nearName,
  numberProblem,
  type Problem,
  problem,
  too_many,
  unknown_key,
  unknown_name,
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

  constructor(path: ErrorPath, names: NamedShapes) {
    this.path = [...path];
    this.names = names;
  }

  report(entry: ErrorEntry, received: unknown, parameters?: ErrorParameters): void {
    this.problems.push(problem(entry, [...this.path], received, parameters));
  }

  mistyped(value: unknown, type: ValueType | readonly ValueType[], ...within: ErrorPath): void {
    const entry = value === undefined ? { missing_value } : { wrong_type };
    this.problems.push(problem(entry, [...this.path, ...within], value, { expected: { type } }));
  }

  at(key: string | number, value: unknown, shape: Shape): void {
    this.path.push(key);
    this.look(value, shape);
    this.path.pop();
  }

  look(value: unknown, shape: Shape): void {
    if (this.problems.length >= MOST_PROBLEMS || (value === undefined && shape.optional)) return;
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
    else if (value === "" && !empty) check.report({ missing_value }, value, { expected: { type: "text" } });
  },
  number(check, value, { kind, optional, ...range }) {
    const found = numberProblem(value, check.path, range);
    if (found) check.problems.push({ ...found, path: [...found.path] });
  },
  flag(check, value) {
    if (typeof value !== "boolean") check.mistyped(value, "flag");
  },
  null(check, value) {
    if (value !== null) check.mistyped(value, "null");
  },
  word(check, value, { of }) {
    if (value === undefined) check.report({ missing_value }, value, { known: of });
    else if (!of.some((word) => word === value)) check.report({ unknown_name }, value, nearName(value, of));
  },
  json(check, value) {
    if (value === undefined) check.mistyped(value, "json");
  },
  anything(check, value) {
    if (value === undefined) check.report({ missing_value }, value);
  },
  function(check, value) {
    if (typeof value !== "function") check.mistyped(value, "function");
  },
  list(check, value, { of, atLeast = 0, atMost = Infinity }) {
    if (!Array.isArray(value)) check.mistyped(value, "list");
    else if (value.length > atMost) check.report({ too_many }, value.length, { expected: { atMost } });
    else if (value.length < atLeast) check.mistyped(undefined, typesOf[of.kind], value.length);
    else for (let i = 0; i < value.length; i++) check.at(i, value[i], of);
  },
  tuple(check, value, { of }) {
    if (!Array.isArray(value)) check.mistyped(value, "list");
    else if (value.length !== of.length)
      check.report({ wrong_length }, value.length, { expected: { length: of.length } });
    else
      of.forEach((each, i) => {
        check.at(i, value[i], each);
      });
  },
  map(check, value, { of }) {
    if (!isPlainObject(value)) check.mistyped(value, "object");
    else for (const key of Object.keys(value)) check.at(key, value[key], of);
  },
  object: (check, value, { has }) => lookInto(check, value, has),
  choice(check, value, { by, of }) {
    if (!isPlainObject(value)) return check.mistyped(value, "object");
    const words: Shape = { kind: "word", of: Object.keys(of) };
    const word = value[by];
    const fields = typeof word === "string" && Object.hasOwn(of, word) ? of[word] : undefined;
    if (fields) lookInto(check, value, { [by]: words, ...fields });
    else check.at(by, word, words);
  },
  either(check, value, { of }) {
    const shapes = of.map((shape) => resolved(shape, check.names));
    const tried = shapes.map((shape) => {
      const own = new Check(check.path, check.names);
      own.look(value, shape);
      return { shape, problems: own.problems };
    });
    if (tried.some(({ problems }) => problems.length === 0)) return;
    // What a value of the right type lacks says more than that it is of none of the other types.
    const here = check.path.length;
    const within = tried.filter(({ problems }) =>
      problems.every(({ code, path }) => path.length > here || !typeCodes.has(code)),
    );
    const [nearest] = within.toSorted((a, b) => a.problems.length - b.problems.length);
    if (nearest) check.problems.push(...nearest.problems);
    else check.mistyped(value, [...new Set(shapes.flatMap(({ kind }) => typesOf[kind]))]);
  },
  named: (check, value, shape) => check.look(value, resolved(shape, check.names)),
};

const typeCodes = new Set(["wrong_type", "missing_value"]);

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

function resolved(shape: Shape, names: NamedShapes): Shape {
  return shape.kind === "named" ? resolved(names[shape.name] as Shape, names) : shape;
}

function lookInto(check: Check, value: unknown, has: Fields): void {
  if (!isPlainObject(value)) {
    check.mistyped(value, "object");
    return;
  }
  for (const key of Object.keys(value))
    if (!Object.hasOwn(has, key) && value[key] !== undefined) {
      const { path } = check;
      check.problems.push(problem({ unknown_key }, [...path, key], key, nearName(key, Object.keys(has))));
    }
  for (const key in has) check.at(key, Object.hasOwn(value, key) ? value[key] : undefined, has[key] as Shape);
}

/**
 * What keeps a value from having a shape.
 * @param value  anything; plain data, or an options object
 * @param shape  what it has to be
 * @param path   where it stands
 * @param names  the shapes that `shape` refers to by name
 * @returns `unknown_key` and `unknown_name` with the nearest name, `missing_value`, `wrong_type`, `wrong_length`, `too_many`,
 *   `not_finite`, `out_of_range`; about a hundred at most
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
