/** Values an attribute can carry in a condition. */
export type Scalar = string | number | boolean;

/** What kind of value an attribute carries; an array lists the values of an enumeration. */
export type AttributeType =
  | "string"
  | "number"
  | "boolean"
  /** `Date`, ISO 8601 text (with a zone, or a bare day meaning midnight UTC), or milliseconds since 1970. */
  | "date"
  /** Semantic version, `"1.4.0-beta.2"`. */
  | "version"
  /** A set: an array of strings. */
  | "strings"
  | readonly string[];

/** The attributes an experiment's conditions may name. */
export type Attributes = { readonly [attribute: string]: AttributeType };

/** Tests of one attribute; several in one object must all hold. */
export interface Tests<S = Scalar> {
  readonly eq?: S;
  readonly neq?: S;
  readonly in?: readonly S[];
  readonly notIn?: readonly S[];
  readonly lt?: number;
  readonly lte?: number;
  readonly gt?: number;
  readonly gte?: number;
  /** Earlier than this instant. */
  readonly before?: string;
  /** At this instant or later. */
  readonly since?: string;
  /** Whether the attribute is there. */
  readonly exists?: boolean;
  readonly startsWith?: string;
  readonly endsWith?: string;
  readonly contains?: string;
  /** Pattern for the whole text: `*` is any run of characters, everything else itself. */
  readonly matches?: string;
  /** Semantic versions, ordered as semver.org says. */
  readonly versionLt?: string;
  readonly versionLte?: string;
  readonly versionGt?: string;
  readonly versionGte?: string;
  /** The set contains this member, any of these, all of these. */
  readonly has?: string;
  readonly hasAny?: readonly string[];
  readonly hasAll?: readonly string[];
}

/** Name of one test, e.g. `"gte"`. */
export type TestName = keyof Tests;

type StringTest = "exists" | "eq" | "neq" | "in" | "notIn";
interface TestsOfKind {
  string: Pick<Tests<string>, StringTest | "startsWith" | "endsWith" | "contains" | "matches">;
  number: Pick<Tests<number>, StringTest | "lt" | "lte" | "gt" | "gte">;
  boolean: Pick<Tests<boolean>, "exists" | "eq" | "neq">;
  date: Pick<Tests, "exists" | "before" | "since">;
  version: Pick<Tests<string>, StringTest | "versionLt" | "versionLte" | "versionGt" | "versionGte">;
  strings: Pick<Tests, "exists" | "has" | "hasAny" | "hasAll">;
}

/** The tests that make sense for an attribute of a type. */
export type TestsFor<T> = T extends readonly (infer S)[]
  ? Pick<Tests<S>, StringTest>
  : T extends keyof TestsOfKind
    ? TestsOfKind[T]
    : Tests;

/**
 * Who is meant, as plain JSON. An attribute that is missing (absent, null, NaN, or no text, number, boolean, date or
 * array) fails every test, `neq` and `notIn` included; only `exists: false` holds. So does one of another type than
 * the test's. `not` turns around whatever it contains.
 */
export type Condition<A extends Attributes = Attributes> =
  | { readonly all: readonly Condition<A>[] }
  | { readonly any: readonly Condition<A>[] }
  | { readonly not: Condition<A> }
  /** A named segment's condition. */
  | { readonly segment: string }
  | { [K in keyof A & string]: { readonly attribute: K } & TestsFor<A[K]> }[keyof A & string];
