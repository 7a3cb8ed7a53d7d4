/** A part of a page of its own, ready to be laid out: sentences, then a table, then what to mind. */
export interface Section {
  readonly title: string;
  readonly sentences: readonly string[];
  readonly table?: {
    readonly head: readonly string[];
    /** One letter per column: `l` left, `r` right. */
    readonly align: string;
    readonly rows: readonly (readonly string[])[];
  };
  readonly notes?: readonly string[];
}
