import { readFileSync } from "node:fs";
import { join } from "node:path";
import { top } from "./source-files.js";

/** Where a public entry leads, relative to the top, by condition. */
export interface PublicEntry {
  /** As users import it, e.g. `essai/stats`. */
  readonly name: string;
  readonly types: string;
  readonly node: string;
  readonly default: string;
}

const manifest: {
  readonly exports: Readonly<Record<string, string | Omit<PublicEntry, "name">>>;
} = JSON.parse(readFileSync(join(top, "package.json"), "utf8"));

/** Every public entry of the package. */
export const publicEntries: readonly PublicEntry[] = Object.entries(manifest.exports).flatMap(
  ([path, target]) => (typeof target === "string" ? [] : [{ ...target, name: path.replace(".", "essai") }]),
);

/** Entries that need Node or a package of their own. */
const server =
  /^essai\/(analysis|engines(\/.*)?|exposures\/node|bandits\/node|ope|programme|report|segments(\/node)?|schema|simulation|stores(\/.*)?|testing)$/;

/** Entries that load in a page, a worker and at the edge, as they are: whatever is not known to need more. */
export const browserEntries = publicEntries.filter(({ name }) => !server.test(name));
