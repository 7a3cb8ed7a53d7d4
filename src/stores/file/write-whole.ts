import { open, rename } from "node:fs/promises";
import { syncFolder } from "../../disk/index.js";

/** A file is whole at every moment: it is written beside its place, forced onto the disk, and moved there. */
export async function writeWhole(folder: string, path: string, text: string): Promise<void> {
  const beside = `${path}.new`;
  const handle = await open(beside, "w");
  try {
    await handle.writeFile(text);
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await rename(beside, path);
  syncFolder(folder);
}
