import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * What a golden file holds. It is never written by the way: a missing file is a failure, and only a run that asks for
 * it, `ESSAI_WRITE_GOLDEN=1 npx vitest run test/formats`, begins the files that are missing (none that is there
 * changes; in continuous integration nothing is written at all).
 * @param url   the file
 * @param make  today's value, as JSON can hold it
 * @throws Error when the file is not there and may not be begun
 */
export async function goldenFile<T>(url: URL, make: () => T | Promise<T>): Promise<T> {
  const file = fileURLToPath(url);
  if (!existsSync(file)) {
    if (!process.env.ESSAI_WRITE_GOLDEN || process.env.CI)
      throw new Error(`${file} is missing: a golden file is kept as it was written, restore it from git`);
    writeFileSync(file, `${JSON.stringify(await make(), null, 1)}\n`);
  }
  return JSON.parse(readFileSync(file, "utf8"));
}
