import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder, and those above it. Node's own way of doing so never ends below a folder that lets nobody make another,
 * as /proc does.
 * @throws Error of the operating system
 */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    const { code } = Object(error);
    if (code === "EEXIST") return;
    const above = dirname(folder);
    if (code !== "ENOENT" || existsSync(above)) throw error;
    makeFolder(above);
    makeFolder(folder);
  }
}
