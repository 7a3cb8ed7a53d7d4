import type { BanditStore } from "../stores/index.js";
import type { AsyncCase } from "./case.js";
import { ensure, ensureSame } from "./ensure.js";
import { oddTexts } from "./odd-texts.js";
import { sharedCases } from "./shared-cases.js";

/** A place that holds nothing yet, for one case. */
export interface StorePlace {
  /** A store over it, as another process would open it. */
  open(): BanditStore;
  /** Removes it. */
  remove?(): Promise<void> | void;
}

const storeCases: readonly { readonly name: string; run(place: StorePlace): Promise<void> }[] = [
  {
    name: "what is not there is undefined, and a revision that is not there is not replaced",
    async run({ open }) {
      const store = open();
      ensureSame("nothing", await store.read("spring", "a"), undefined);
      const later = { record: "1", revision: "2:b", replaces: "1:a" };
      ensureSame("a later one", await store.replace("spring", later), false);
      ensureSame("still nothing", await store.read("spring", "a"), undefined);
    },
  },
  {
    name: "a record is there for every process once replace answers",
    async run({ open }) {
      const [one, other] = [open(), open()];
      ensureSame("first", await one.replace("spring", { record: "1", revision: "1:a" }), true);
      ensureSame("read", await other.read("spring", ""), { record: "1", revision: "1:a" });
      const second = { record: "2", revision: "2:b", replaces: "1:a" };
      ensureSame("second", await other.replace("spring", second), true);
      ensureSame("read", await one.read("spring", ""), { record: "2", revision: "2:b" });
    },
  },
  {
    name: "a change of another revision changes nothing, its mark neither",
    async run({ open }) {
      const store = open();
      await store.replace("spring", { record: "1", revision: "1:a", source: "a", mark: "1 x" });
      for (const replaces of [undefined, "0", "1", "1:b", "2:a"]) {
        const change = { record: "2", revision: "2:c", replaces, source: "a", mark: "2 y" };
        ensureSame(`instead of ${replaces}`, await store.replace("spring", change), false);
      }
      ensureSame("as it was", await store.read("spring", "a"), { record: "1", revision: "1:a", mark: "1 x" });
    },
  },
  {
    name: "each source has its own mark, and each bandit its own sources",
    async run({ open }) {
      const store = open();
      await store.replace("spring", { record: "1", revision: "1", source: "a", mark: "1 x" });
      await store.replace("spring", { record: "2", revision: "2", replaces: "1", source: "b", mark: "7 y" });
      await store.replace("spring", { record: "3", revision: "3", replaces: "2" });
      await store.replace("autumn", { record: "4", revision: "1", source: "a", mark: "2 z" });
      ensureSame("a", await store.read("spring", "a"), { record: "3", revision: "3", mark: "1 x" });
      ensureSame("b", await store.read("spring", "b"), { record: "3", revision: "3", mark: "7 y" });
      ensureSame("c", await store.read("spring", "c"), { record: "3", revision: "3" });
      ensureSame("autumn", await store.read("autumn", "a"), { record: "4", revision: "1", mark: "2 z" });
      await store.replace("spring", { record: "5", revision: "4", replaces: "3", source: "a", mark: "2 q" });
      ensureSame("a", (await store.read("spring", "a"))?.mark, "2 q");
    },
  },
  {
    name: "names are kept apart, whatever characters they have, and texts are the same to the last character",
    async run({ open }) {
      const store = open();
      for (const [i, text] of oddTexts.entries()) {
        const record = JSON.stringify({ text, i, exact: [0.1 + 0.2, 5e-324, 1.7976931348623157e308, 1e21] });
        const change = { record, revision: "1", source: text, mark: `${i} m` };
        ensure(await store.replace(text, change), `a bandit called ${JSON.stringify(text)} was not new`);
      }
      for (const [i, text] of oddTexts.entries()) {
        const found = await open().read(text, text);
        ensureSame(`the name in ${JSON.stringify(text)}`, JSON.parse(found?.record ?? "{}").text, text);
        ensureSame("its mark", found?.mark, `${i} m`);
      }
    },
  },
  {
    name: "a record of some megabytes is held",
    async run({ open }) {
      const record = JSON.stringify(Array.from({ length: 200_000 }, (_, i) => i / 7));
      await open().replace("large", { record, revision: "1", source: "a", mark: "1 x" });
      ensure((await open().read("large", "a"))?.record === record, "the record is another");
    },
  },
  {
    name: "of many that begin at once one does, and of changes at once none undoes another",
    async run({ open }) {
      const stores = Array.from({ length: 6 }, open);
      const begun = await Promise.all(
        stores.map((store) => store.replace("spring", { record: "0", revision: "0" })),
      );
      ensureSame("how many began", begun.filter(Boolean).length, 1);
      await Promise.all(
        stores.map(async (store, i) => {
          for (let done = 0; done < 5; ) {
            const now = await store.read("spring", `${i}`);
            if (!now) throw new Error("the record is gone");
            const marked = Number(now.mark ?? 0);
            ensure(marked === done, `source ${i} has the mark ${now.mark} after ${done} changes`);
            const record = String(Number(now.record) + 1);
            if (
              await store.replace("spring", {
                record,
                revision: record,
                replaces: now.revision,
                source: `${i}`,
                mark: `${done + 1}`,
              })
            )
              done++;
          }
        }),
      );
      ensureSame("the sum", await open().read("spring", "0"), { record: "30", revision: "30", mark: "5" });
    },
  },
];

/**
 * What a store must do, with everything that goes wrong around it: processes that change it at once, are cut off between
 * its steps, deliver twice, out of order or under a taken name, and find what another version has left.
 * @param make  makes a place that holds nothing yet
 * @returns cases for any test runner: `for (const { name, run } of storeSuite(make)) test(name, run)`
 */
export function storeSuite(make: () => StorePlace | Promise<StorePlace>): AsyncCase[] {
  return [...storeCases, ...sharedCases].map(({ name, run }) => ({
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
