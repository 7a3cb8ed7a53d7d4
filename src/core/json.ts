/** A value that survives `JSON.parse(JSON.stringify(value))`. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * A type as JSON takes it: itself where everything in it is JSON, and `never` in place of each part that is not (functions,
 * dates, symbols …). Interfaces, which have no index signature, are fine. To be written beside the type: `T & JsonOf<T>`.
 */
export type JsonOf<T> = T extends null | undefined | boolean | number | string
  ? T
  : T extends (...args: never) => unknown
    ? never
    : T extends object
      ? { readonly [K in keyof T]: JsonOf<T[K]> }
      : unknown extends T
        ? T
        : never;
