import { fdatasync, readdirSync, statSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import type { Exposure } from "../../core/assignment.js";
import { LineReader, LineWriter, lockFolder, makeFolder, syncFolder, unsealed } from "../../disk/index.js";
import type { ExposureQueue } from "../exposure-queue.js";

/** Options of a spill queue. */
export interface SpillOptions {
  /** Exposures held in memory beside the file; the others are read when their turn comes. Default 50,000, some 25 MB. */
  readonly capacity?: number;
  /** Bytes that the folder may take; beyond them exposures wait in memory only. Default 1 GiB. */
  readonly maxBytes?: number;
  /**
   * Milliseconds between the moments at which what was taken is forced onto the disk (`fdatasync`). A process that is
   * killed loses nothing either way; a machine that loses power loses what was taken since the last of them. 0: before
   * `send` returns. Default 1,000.
   */
  readonly syncEvery?: number;
  /** Hears of what the disk refuses, and of lines that were cut off or changed. What it throws ends there. */
  readonly onError?: (error: unknown) => void;
}

/** A line of a segment, both counted: segments from 1, lines from 0. */
interface Place {
  readonly segment: number;
  readonly line: number;
}

interface Segment {
  readonly bytes: number;
  /** Whole lines. */
  readonly lines: number;
}

interface Waiting {
  readonly exposure: Exposure;
  /** Where it is on the disk; undefined for one that the disk has not taken. */
  readonly place: Place | undefined;
}

const LARGEST_SEGMENT = 8 << 20;
const named = /^(\d{12})\.(exposures|done)$/;

/**
 * Exposures are appended to numbered segments. They leave in order, so what is done is a place: it is appended to the
 * segment's `.done` file, and segments before it are deleted. A new process begins a segment of its own and never writes
 * behind what may be torn.
 */
export class Spill implements ExposureQueue {
  readonly #folder: string;
  readonly #capacity: number;
  readonly #maxBytes: number;
  readonly #syncEvery: number;
  readonly #onError: ((error: unknown) => void) | undefined;
  readonly #unlock: () => void;
  readonly #segments = new Map<number, Segment>();
  #active = 0;
  #writer: LineWriter | undefined;
  #done: { readonly segment: number; readonly writer: LineWriter } | undefined;
  #reader: { segment: number; line: number; readonly lines: LineReader } | undefined;
  #waiting: Waiting[] = [];
  /** Lines that are not in memory, and the first of them. */
  #behind = 0;
  #next: Place = { segment: 0, line: 0 };
  #timer: NodeJS.Timeout | undefined;

  constructor(folder: string, options: SpillOptions) {
    this.#folder = folder;
    this.#capacity = options.capacity ?? 50_000;
    this.#maxBytes = options.maxBytes ?? 1 << 30;
    this.#syncEvery = options.syncEvery ?? 1_000;
    this.#onError = options.onError;
    makeFolder(folder);
    this.#unlock = lockFolder(folder);
    try {
      this.#recover();
    } catch (error) {
      this.#unlock();
      throw error;
    }
  }

  get size(): number {
    return this.#waiting.length + this.#behind;
  }

  put(exposure: Exposure): boolean {
    const room = this.#behind === 0 && this.#waiting.length < this.#capacity;
    const place = this.#append(exposure);
    if (room) {
      this.#waiting.push({ exposure, place });
      if (place) this.#next = { ...place, line: place.line + 1 };
    } else if (place && this.#behind++ === 0) this.#next = place;
    return room || place !== undefined;
  }

  head(most: number): readonly Exposure[] {
    if (this.#waiting.length < most) this.#load();
    return this.#waiting.slice(0, most).map(({ exposure }) => exposure);
  }

  remove(exposures: readonly Exposure[]): number {
    const leaving = new Set(exposures);
    const before = this.#waiting.length;
    this.#waiting = this.#waiting.filter(({ exposure }) => !leaving.has(exposure));
    if (this.#waiting.length < before) this.#guard(() => this.#markDone());
    return before - this.#waiting.length;
  }

  atRisk(): readonly Exposure[] {
    return this.#waiting.filter(({ place }) => !place).map(({ exposure }) => exposure);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#guard(() => {
      this.#writer?.sync();
      this.#writer?.close();
      if (this.size === 0) for (const segment of [...this.#segments.keys()]) this.#delete(segment);
      this.#done?.writer.close();
      this.#reader?.lines.close();
    });
    this.#guard(this.#unlock);
  }

  #file(segment: number, kind: "exposures" | "done"): string {
    return join(this.#folder, `${String(segment).padStart(12, "0")}.${kind}`);
  }

  /** Runs what needs the disk; what that refuses is told. */
  #guard<T>(run: () => T): T | undefined {
    try {
      return run();
    } catch (error) {
      this.#tell(error);
      return undefined;
    }
  }

  #tell(error: unknown): void {
    (async () => this.#onError?.(error))().catch(() => undefined);
  }

  #torn(segment: number, line: number): void {
    this.#tell(new Error(`${this.#file(segment, "exposures")}, line ${line + 1}: cut off or changed`));
  }

  /** Finds what earlier processes have left. */
  #recover(): void {
    const [all, done] = [new Set<number>(), new Map<number, number>()];
    for (const name of readdirSync(this.#folder)) {
      const [, digits, kind] = named.exec(name) ?? [];
      if (digits && kind === "exposures") all.add(Number(digits));
      if (digits && kind === "done") done.set(Number(digits), this.#doneIn(Number(digits)));
    }
    const segments = [...all].sort((a, b) => a - b);
    this.#active = Math.max(0, ...segments, ...done.keys());
    // Earlier ones are done as well, if there was no time to delete them.
    const reached = Math.max(0, ...segments.filter((segment) => (done.get(segment) ?? 0) > 0));
    this.#next = { segment: reached, line: done.get(reached) ?? 0 };
    for (const segment of new Set([...segments, ...done.keys()])) {
      const found = all.has(segment) ? this.#measure(segment) : { bytes: 0, lines: 0 };
      this.#segments.set(segment, found);
      const left = segment < reached ? 0 : found.lines - (done.get(segment) ?? 0);
      if (left > 0) this.#behind += left;
      else this.#delete(segment);
    }
  }

  #measure(segment: number): Segment {
    const path = this.#file(segment, "exposures");
    const reader = new LineReader(path);
    let lines = 0;
    while (reader.next() !== undefined) lines++;
    if (reader.rest > 0) this.#torn(segment, lines);
    reader.close();
    return { bytes: statSync(path).size, lines };
  }

  /** @returns how many lines of a segment are done */
  #doneIn(segment: number): number {
    const reader = new LineReader(this.#file(segment, "done"));
    let done = 0;
    for (let line = reader.next(); line !== undefined; line = reader.next())
      done = Number(unsealed(line) ?? done);
    reader.close();
    return done;
  }

  /** @returns where the exposure is now; undefined where the disk does not take it */
  #append(exposure: Exposure): Place | undefined {
    return this.#guard(() => {
      let bytes = 0;
      for (const each of this.#segments.values()) bytes += each.bytes;
      if (bytes >= this.#maxBytes) return undefined;
      const writer = (this.#writer ??= this.#begin());
      try {
        writer.append(JSON.stringify(exposure));
        if (this.#syncEvery === 0) writer.sync();
        else this.#timer ??= setTimeout(() => this.#sync(), this.#syncEvery).unref();
      } catch (error) {
        // What the file holds now is uncertain: the next exposure begins another.
        this.#finish();
        throw error;
      }
      const place = { segment: this.#active, line: this.#segments.get(this.#active)?.lines ?? 0 };
      this.#segments.set(this.#active, { bytes: writer.bytes, lines: place.line + 1 });
      // A quarter, so that there is room again before all of it is done.
      if (writer.bytes >= Math.min(LARGEST_SEGMENT, this.#maxBytes / 4)) this.#finish();
      return place;
    });
  }

  #begin(): LineWriter {
    const writer = new LineWriter(this.#file(++this.#active, "exposures"));
    this.#segments.set(this.#active, { bytes: 0, lines: 0 });
    this.#guard(() => syncFolder(this.#folder));
    return writer;
  }

  #finish(): void {
    const writer = this.#writer;
    this.#writer = undefined;
    if (writer)
      fdatasync(writer.file, (error) => {
        if (error) this.#tell(error);
        this.#guard(() => writer.close());
      });
  }

  #sync(): void {
    this.#timer = undefined;
    if (this.#writer) fdatasync(this.#writer.file, (error) => error && this.#tell(error));
  }

  /** Reads the next lines into memory, as far as there is room. */
  #load(): void {
    while (this.#behind > 0 && this.#waiting.length < this.#capacity) {
      const line = this.#guard(() => this.#read());
      if (line === undefined) return;
      // The files are not what they were.
      if (line === null) {
        this.#tell(new Error(`${this.#folder}: ${this.#behind} exposures are gone`));
        this.#behind = 0;
        return;
      }
      this.#behind--;
      const { segment, line: number } = this.#next;
      this.#next = { segment, line: number + 1 };
      const text = unsealed(line);
      if (text === undefined) this.#torn(segment, number);
      else this.#waiting.push({ exposure: JSON.parse(text), place: { segment, line: number } });
    }
  }

  /** @returns the line at the next place, which moves to the next segment where one is over; null after the last */
  #read(): string | null {
    for (const segment of this.#segments.keys()) {
      if (segment < this.#next.segment) continue;
      if (segment > this.#next.segment) this.#next = { segment, line: 0 };
      if (this.#reader && this.#reader.segment !== segment) {
        this.#reader.lines.close();
        this.#reader = undefined;
      }
      this.#reader ??= { segment, line: 0, lines: new LineReader(this.#file(segment, "exposures")) };
      for (let line = this.#reader.lines.next(); line !== undefined; line = this.#reader.lines.next())
        if (this.#reader.line++ === this.#next.line) return line;
    }
    return null;
  }

  /** Notes how far everything is done, and deletes what is behind. */
  #markDone(): void {
    const { segment, line } = this.#waiting.find(({ place }) => place)?.place ?? this.#next;
    for (const each of [...this.#segments.keys()])
      if (each < segment || (each === segment && this.#over(segment, line))) this.#delete(each);
    if (!this.#segments.has(segment)) return;
    if (this.#done?.segment !== segment) {
      this.#done?.writer.close();
      this.#done = { segment, writer: new LineWriter(this.#file(segment, "done")) };
    }
    this.#done.writer.append(String(line));
  }

  /** Whether a line is behind the last one that a segment will have. */
  #over(segment: number, line: number): boolean {
    const growing = segment === this.#active && this.#writer !== undefined;
    return !growing && line >= (this.#segments.get(segment)?.lines ?? 0);
  }

  #delete(segment: number): void {
    if (this.#reader?.segment === segment) {
      this.#reader.lines.close();
      this.#reader = undefined;
    }
    if (this.#done?.segment === segment) {
      this.#done.writer.close();
      this.#done = undefined;
    }
    this.#segments.delete(segment);
    for (const kind of ["exposures", "done"] as const)
      try {
        unlinkSync(this.#file(segment, kind));
      } catch (error) {
        if (Object(error).code !== "ENOENT") throw error;
      }
  }
}
