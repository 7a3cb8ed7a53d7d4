import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The package finds itself by name, as users find it: where a build puts this code says nothing about where that is. */
const manifest = createRequire(import.meta.url).resolve("essai/package.json");

/** @returns the place of a file that ships with the package, e.g. `docs/examples/hillstrom/cells.json` */
export const packageFile = (path: string): string => join(dirname(manifest), path);

/** @returns the version in the package's own package.json */
export function packageVersion(): string {
  return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
}
