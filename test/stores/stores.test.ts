import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memoryStore } from "essai/stores";
import { fileStore } from "essai/stores/file";
import { type StorePlace, storeSuite } from "essai/testing";
import { describe, test } from "vitest";

const places: Readonly<Record<string, () => StorePlace | Promise<StorePlace>>> = {
  memory() {
    const store = memoryStore();
    return { open: () => store };
  },
  file() {
    const folder = mkdtempSync(join(tmpdir(), "essai-store-"));
    return { open: () => fileStore(folder), remove: () => rmSync(folder, { recursive: true }) };
  },
};

describe.each(Object.entries(places))("%s", (_name, make) => {
  for (const { name, run } of storeSuite(make)) test(name, run);
});
