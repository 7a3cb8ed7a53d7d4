const BITS = 12;
const ROWS = 1 << BITS;
const FEWEST = 16;
const nothing = new DataView(new ArrayBuffer(0));

/** Rows of a fixed number of bytes, in pages: what is there already is not copied when more comes. */
export class PackedRows {
  readonly #width: number;
  readonly #pages: DataView[] = [];
  #size = 0;

  /** @param width  bytes per row */
  constructor(width: number) {
    this.#width = width;
  }

  get size(): number {
    return this.#size;
  }

  /** @returns the number of a new row, all zeros */
  add(): number {
    const row = this.#size++;
    const page = row >>> BITS;
    const bytes = this.#page(row).byteLength;
    const within = row % ROWS;
    if (within * this.#width >= bytes) {
      const rows = page > 0 ? ROWS : Math.max(FEWEST, 2 * within);
      const grown = new DataView(new ArrayBuffer(rows * this.#width));
      // Only the first page grows, so that a small ledger stays small.
      new Uint8Array(grown.buffer).set(new Uint8Array(this.#page(row).buffer));
      this.#pages[page] = grown;
    }
    return row;
  }

  float(row: number, field: number): number {
    return this.#page(row).getFloat64((row % ROWS) * this.#width + field);
  }

  setFloat(row: number, field: number, value: number): void {
    this.#page(row).setFloat64((row % ROWS) * this.#width + field, value);
  }

  whole(row: number, field: number): number {
    return this.#page(row).getUint32((row % ROWS) * this.#width + field);
  }

  setWhole(row: number, field: number, value: number): void {
    this.#page(row).setUint32((row % ROWS) * this.#width + field, value);
  }

  byte(row: number, field: number): number {
    return this.#page(row).getUint8((row % ROWS) * this.#width + field);
  }

  setByte(row: number, field: number, value: number): void {
    this.#page(row).setUint8((row % ROWS) * this.#width + field, value);
  }

  #page(row: number): DataView {
    return this.#pages[row >>> BITS] ?? nothing;
  }
}
