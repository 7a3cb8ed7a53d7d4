import { closeSync, fsyncSync, openSync } from "node:fs";

/** Forces a folder's list of files onto the disk. */
export function syncFolder(path: string): void {
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
