import type { Json } from "../core/json.js";
import type { NumberRange } from "../errors/index.js";

/**
 * What an input may be, as plain data: one table an input. Run-time checks (`checkShape`), TypeScript types
 * (`ShapeType`), zod schemas and JSON Schemas all derive from it, so that they cannot disagree.
 */
export type Shape = { readonly optional?: true } & (
  | {
      readonly kind: "text";
      /** Whether `""` is allowed; it is not by default. */
      readonly empty?: true;
    }
  | ({ readonly kind: "number" } & NumberRange)
  | { readonly kind: "flag" }
  | { readonly kind: "null" }
  /** One of the words listed; `format` where they name how the input is written, so that the refusal says so. */
  | { readonly kind: "word"; readonly of: readonly string[]; readonly format?: true }
  /** Any JSON value. */
  | { readonly kind: "json" }
  /** What is no JSON and is checked where it is used: callbacks, Dates, objects with methods. Options only. */
  | { readonly kind: "anything" }
  | { readonly kind: "function" }
  | {
      readonly kind: "list";
      readonly of: Shape;
      readonly atLeast?: number;
      readonly atMost?: number;
    }
  /** A list of a fixed length. */
  | { readonly kind: "tuple"; readonly of: readonly Shape[] }
  /** An object whose keys are the caller's own. */
  | { readonly kind: "map"; readonly of: Shape }
  /** An object with these keys and no others; `open` where a log may carry the caller's own beside them. */
  | { readonly kind: "object"; readonly has: Fields; readonly open?: true }
  /** An object whose other keys depend on the word under `by`; `other` where the word may be the caller's own. */
  | {
      readonly kind: "choice";
      readonly by: string;
      readonly of: Readonly<Record<string, Fields>>;
      readonly other?: { readonly has: Fields; readonly open?: true };
    }
  /** Any of several; where none fits, the problems told are those of the one that comes nearest. */
  | { readonly kind: "either"; readonly of: readonly Shape[] }
  /** A shape by its name among those handed to the check, for shapes that contain themselves. */
  | { readonly kind: "named"; readonly name: string }
);

/** Keys of an object with their shapes. */
export interface Fields {
  readonly [key: string]: Shape;
}

/** Shapes that others refer to by name. */
export type NamedShapes = Readonly<Record<string, Shape>>;

/** The type of a value that has a shape; `named` and `anything` are unknown to it. */
export type ShapeType<S extends Shape> = S extends { readonly kind: "text" }
  ? string
  : S extends { readonly kind: "number" }
    ? number
    : S extends { readonly kind: "flag" }
      ? boolean
      : S extends { readonly kind: "null" }
        ? null
        : S extends { readonly kind: "word"; readonly of: readonly (infer Word)[] }
          ? Word
          : S extends { readonly kind: "json" }
            ? Json
            : S extends { readonly kind: "list"; readonly of: infer Member extends Shape }
              ? readonly ShapeType<Member>[]
              : S extends { readonly kind: "tuple"; readonly of: infer Members extends readonly Shape[] }
                ? { readonly [I in keyof Members]: ShapeType<Members[I]> }
                : S extends { readonly kind: "map"; readonly of: infer Member extends Shape }
                  ? { readonly [key: string]: ShapeType<Member> }
                  : S extends { readonly kind: "object"; readonly has: infer Has extends Fields }
                    ? FieldsType<Has>
                    : S extends {
                          readonly kind: "choice";
                          readonly by: infer By extends string;
                          readonly of: infer Of extends Readonly<Record<string, Fields>>;
                        }
                      ? { [K in keyof Of]: { readonly [B in By]: K } & FieldsType<Of[K]> }[keyof Of]
                      : S extends {
                            readonly kind: "either";
                            readonly of: readonly (infer Any extends Shape)[];
                          }
                        ? ShapeType<Any>
                        : unknown;

/** An intersection as the one object that it is: only then does TypeScript refuse a number, say, where all is optional. */
type Joined<T> = { [K in keyof T]: T[K] };

/** The type of an object with such fields. */
export type FieldsType<F extends Fields> = Joined<
  {
    readonly [K in keyof F as F[K] extends { readonly optional: true } ? K : never]?: ShapeType<F[K]>;
  } & {
    readonly [K in keyof F as F[K] extends { readonly optional: true } ? never : K]: ShapeType<F[K]>;
  }
>;

/**
 * The table of an options type: a shape for every key of it and for no other, optional where the key is. Options whose
 * keys have docstrings are interfaces, and their tables are `as const satisfies FieldsFor<Options>`.
 */
export type FieldsFor<Options> = {
  readonly [K in keyof Options]-?: Shape &
    (object extends Pick<Options, K> ? { readonly optional: true } : { readonly optional?: never });
};
