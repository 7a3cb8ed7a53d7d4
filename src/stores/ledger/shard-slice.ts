import { LedgerSlice, PackedRows } from "../../bandits/ledger/index.js";
import type { Standing } from "./standing.js";

const REF = 0;
const FIRST = 8;
const STANDING = 9;
const CLOSED = 128;

/** The decisions of one span of time, and what is learned of each, kind by kind. */
export class ShardSlice {
  readonly entries: LedgerSlice;
  /** When something in it changes by itself; no earlier. */
  next = -1 / 0;
  readonly #standings: PackedRows;

  constructor(number: number, kinds: number) {
    this.entries = new LedgerSlice(number);
    this.#standings = new PackedRows(FIRST + kinds * STANDING);
  }

  /** Gives the row that was added last its ref. */
  added(ref: number): void {
    this.#standings.setFloat(this.#standings.add(), REF, ref);
  }

  ref(row: number): number {
    return this.#standings.float(row, REF);
  }

  standing(row: number, kind: number): Standing {
    const at = FIRST + kind * STANDING;
    return { value: this.#standings.float(row, at), weight: this.#standings.byte(row, at + 8) % CLOSED };
  }

  stand(row: number, kind: number, { value, weight }: Standing): void {
    const at = FIRST + kind * STANDING;
    const closed = this.#standings.byte(row, at + 8) >= CLOSED ? CLOSED : 0;
    this.#standings.setFloat(row, at, value);
    this.#standings.setByte(row, at + 8, weight + closed);
  }

  closed(row: number, kind: number): boolean {
    return this.#standings.byte(row, FIRST + kind * STANDING + 8) >= CLOSED;
  }

  close(row: number, kind: number): void {
    const at = FIRST + kind * STANDING + 8;
    this.#standings.setByte(row, at, (this.#standings.byte(row, at) % CLOSED) + CLOSED);
  }
}
