import type { LedgerStore } from "../stores/index.js";
import type { AsyncCase } from "./case.js";
import { ensureSame } from "./ensure.js";
import { ledgerCases } from "./ledger-cases.js";
import { ledgerFaultCases } from "./ledger-fault-cases.js";
import { oddTexts } from "./odd-texts.js";

/** A place that holds nothing yet, for one case. */
export interface LedgerPlace {
  /** A store over it, as another process would open it. */
  open(): LedgerStore;
  /** Removes it. */
  remove?(): Promise<void> | void;
}

const logCases: readonly { readonly name: string; run(place: LedgerPlace): Promise<void> }[] = [
  {
    name: "entries are there for every process, numbered from 1, in their order, each log's apart",
    async run({ open }) {
      const [one, other] = [open(), open()];
      ensureSame("nothing", await one.entries("spring", 0, 10), []);
      ensureSame("first", await one.append("spring", "a"), 1);
      ensureSame("second", await other.append("spring", "b"), 2);
      ensureSame("another log's first", await one.append("autumn", "c"), 1);
      const all = [
        { number: 1, text: "a" },
        { number: 2, text: "b" },
      ];
      ensureSame("all", await one.entries("spring", 0, 10), all);
      ensureSame("the first", await other.entries("spring", 0, 1), all.slice(0, 1));
      ensureSame("after it", await other.entries("spring", 1, 10), all.slice(1));
      ensureSame("after all", await one.entries("spring", 2, 10), []);
      ensureSame("no record of that name", await one.read("spring", ""), undefined);
    },
  },
  {
    name: "what is trimmed is gone, the last entry stays, and no number comes twice",
    async run({ open }) {
      const [one, other] = [open(), open()];
      await one.trim("spring", 3);
      for (const text of ["a", "b", "c", "d"]) await one.append("spring", text);
      await other.trim("spring", 2);
      ensureSame(
        "left",
        (await one.entries("spring", 0, 10)).map(({ number }) => number),
        [3, 4],
      );
      ensureSame(
        "asked from within",
        (await one.entries("spring", 1, 1)).map(({ text }) => text),
        ["c"],
      );
      await one.trim("spring", 9);
      ensureSame("the last", await other.entries("spring", 0, 10), [{ number: 4, text: "d" }]);
      ensureSame("the next", await other.append("spring", "e"), 5);
      await one.trim("spring", 1);
      ensureSame("the next, elsewhere", await one.append("spring", "f"), 6);
    },
  },
  {
    name: "names and texts come back as they were, however odd or long",
    async run({ open }) {
      const store = open();
      const texts = [...oddTexts.map((text) => JSON.stringify(text)), "é".repeat(300_000)];
      for (const [i, name] of oddTexts.entries()) await store.append(name, texts[i] ?? "");
      for (const text of texts) await store.append("spring long", text);
      for (const [i, name] of oddTexts.entries())
        ensureSame(name, await store.entries(name, 0, 1), [{ number: 1, text: texts[i] }]);
      const found = await store.entries("spring long", 0, 100);
      ensureSame(
        "texts",
        found.map(({ text }) => text),
        texts,
      );
    },
  },
  {
    name: "of many that append at once each has its own number, and a reader sees no gap",
    async run({ open }) {
      const stores = Array.from({ length: 4 }, open);
      let writing = true;
      const read = (async () => {
        const reader = open();
        const seen: number[] = [];
        while (writing || seen.length < 40) {
          for (const { number } of await reader.entries("spring", seen.length, 7)) {
            ensureSame("the next", number, seen.length + 1);
            seen.push(number);
          }
        }
        return seen.length;
      })();
      const numbers = await Promise.all(
        stores.map(async (store, i) => {
          const own: number[] = [];
          for (let j = 0; j < 10; j++) own.push(await store.append("spring", `${i} ${j}`));
          return own;
        }),
      );
      writing = false;
      ensureSame("read", await read, 40);
      ensureSame(
        "numbers",
        numbers.flat().sort((a, b) => a - b),
        Array.from({ length: 40 }, (_, i) => i + 1),
      );
    },
  },
];

/**
 * What a store with logs must do beside what `storeSuite` tries, with everything that goes wrong around it: processes that
 * are cut off between any two steps, or go on after their lease has expired, clocks hours apart, and a store that falls back.
 * @param make  makes a place that holds nothing yet
 * @returns cases for any test runner: `for (const { name, run } of ledgerStoreSuite(make)) test(name, run)`
 */
export function ledgerStoreSuite(make: () => LedgerPlace | Promise<LedgerPlace>): AsyncCase[] {
  return [...logCases, ...ledgerCases, ...ledgerFaultCases].map(({ name, run }) => ({
    name,
    async run() {
      const place = await make();
      try {
        await run(place);
      } finally {
        await place.remove?.();
      }
    },
  }));
}
