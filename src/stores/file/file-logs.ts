import { existsSync } from "node:fs";
import { readdir, readFile, unlink } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder } from "../../disk/index.js";
import type { LedgerStore } from "../ledger-store.js";
import { nameText } from "../name-text.js";
import { locked } from "./locked.js";
import { writeWhole } from "./write-whole.js";

const named = /^(\d{12})\.entry$/;

/** Logs in a folder: a folder for each, and in it a file per entry. */
export function fileLogs(folder: string, patience: number): Pick<LedgerStore, "append" | "entries" | "trim"> {
  const folderOf = (log: string) => join(folder, `${encodeURIComponent(nameText(log))}.log`);
  const pathOf = (at: string, number: number) => join(at, `${String(number).padStart(12, "0")}.entry`);
  /** The last entry that was seen of a log. */
  const seen = new Map<string, number>();
  const made = new Set<string>();

  async function numbersIn(at: string): Promise<number[]> {
    try {
      const found = (await readdir(at)).flatMap((name) => named.exec(name)?.[1] ?? []);
      return found.map(Number).sort((a, b) => a - b);
    } catch (error) {
      if (Object(error).code === "ENOENT") return [];
      throw error;
    }
  }

  return {
    async append(log, text) {
      const at = folderOf(log);
      if (!made.has(at)) makeFolder(at);
      made.add(at);
      return locked(at, patience, async () => {
        let last = seen.get(at) ?? 0;
        // What was seen last may be removed meanwhile, and what follows with it.
        if (!existsSync(pathOf(at, last))) last = (await numbersIn(at)).at(-1) ?? 0;
        while (existsSync(pathOf(at, last + 1))) last++;
        await writeWhole(at, pathOf(at, last + 1), text);
        seen.set(at, last + 1);
        return last + 1;
      });
    },
    async entries(log, after, most) {
      const at = folderOf(log);
      let from = after;
      if (!existsSync(pathOf(at, from + 1))) {
        const [first] = await numbersIn(at);
        if (first === undefined || first <= after) return [];
        from = first - 1;
      }
      const found: { number: number; text: string }[] = [];
      for (let number = from + 1; number <= from + most; number++) {
        const path = pathOf(at, number);
        if (!existsSync(path)) break;
        found.push({ number, text: await readFile(path, "utf8") });
      }
      return found;
    },
    async trim(log, upTo) {
      const at = folderOf(log);
      if (!existsSync(at)) return;
      await locked(at, patience, async () => {
        const numbers = await numbersIn(at);
        const last = numbers.at(-1) ?? 0;
        for (const number of numbers) if (number <= upTo && number < last) await unlink(pathOf(at, number));
      });
    },
  };
}
