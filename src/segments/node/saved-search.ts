import { closeSync, existsSync } from "node:fs";
import { crc32 } from "node:zlib";
import { LineReader, LineWriter, unsealed } from "../../disk/index.js";
import { ExperimentError, other_search } from "../../errors/index.js";
import type { DiscoveryStep } from "../discovery-steps.js";
import type { SplitFinding } from "../find-segments.js";

const format = "essai.segments-state/1";

/** What tells one search from another: all that it reads, and the chance in it. */
function keyOf({ round, fold }: Extract<DiscoveryStep, { kind: "searching" }>): string {
  const { table, scores, clusters, units } = round.evidence;
  const names = JSON.stringify([table.attributes.map(({ literals }) => literals), round.limits]);
  const bytes = ({ buffer, byteOffset, byteLength }: ArrayBufferView) =>
    Buffer.from(buffer, byteOffset, byteLength);
  const lists = [table.codes, scores, units, fold, ...(clusters ? [clusters] : [])];
  const parts = new Set(round.splits.map(({ part }) => part));
  return [...[Buffer.from(names), ...[...lists, ...parts].map(bytes)]]
    .map((each) => crc32(each).toString(16))
    .join("-");
}

/** What searches of splits found, in a file: a line each, appended when it is known. */
export class SavedSearch {
  readonly #found = new Map<string, SplitFinding | null>();
  readonly #writer: LineWriter;

  /** @throws ExperimentError `other_search` where the file keeps another search */
  constructor(file: string, first: Extract<DiscoveryStep, { kind: "searching" }>) {
    const key = keyOf(first);
    const isThere = existsSync(file);
    if (isThere) this.#read(file, key);
    this.#writer = new LineWriter(file);
    if (this.#writer.bytes === 0) this.#writer.append(JSON.stringify({ format, key }));
  }

  #read(file: string, key: string): void {
    const lines = new LineReader(file);
    try {
      const first = lines.next();
      if (first === undefined && lines.rest === 0) return;
      const head: unknown = JSON.parse(unsealed(first ?? "") ?? "null");
      if (!isHead(head) || head.key !== key) throw new ExperimentError({ other_search }, ["state"], file);
      for (let line = lines.next(); line !== undefined; line = lines.next()) {
        const text = unsealed(line);
        // A line that was cut off when the machine stopped is searched again.
        if (text === undefined) continue;
        const { step, split, found }: Saved = JSON.parse(text);
        this.#found.set(`${step} ${split}`, found);
      }
    } finally {
      lines.close();
    }
  }

  /** @returns undefined where it is not known yet */
  found(step: number, split: number): SplitFinding | null | undefined {
    return this.#found.get(`${step} ${split}`);
  }

  keep(step: number, split: number, found: SplitFinding | null): void {
    this.#writer.append(JSON.stringify({ step, split, found } satisfies Saved));
  }

  close(): void {
    closeSync(this.#writer.file);
  }
}

interface Saved {
  readonly step: number;
  readonly split: number;
  readonly found: SplitFinding | null;
}

const isHead = (head: unknown): head is { readonly key: string } =>
  typeof head === "object" && head !== null && "format" in head && head.format === format && "key" in head;
