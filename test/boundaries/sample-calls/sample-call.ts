/**
 * Calls that a room's public functions are tried with: by the function's name the arguments of one that works, every
 * optional argument and key included. A class is called with `new`; `Type.method` is a method of an object of that type.
 */
export type SampleCalls = Readonly<Record<string, () => readonly unknown[]>>;

/** A public entry whose functions are tried. */
export interface Room {
  readonly entry: string;
  readonly module: Readonly<Record<string, unknown>>;
  readonly calls: SampleCalls;
  /** Objects of the types whose methods are called. */
  readonly objects?: Readonly<Record<string, () => object>>;
  /** Types whose methods the caller writes, not essai: callbacks in options. */
  readonly callers?: readonly string[];
  /** The code by which what pages load refuses keys and words, where `unknown_key` and its kind cost too many bytes. */
  readonly ofPages?: string;
}
