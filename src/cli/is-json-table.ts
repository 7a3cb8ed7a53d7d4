import { open, stat } from "node:fs/promises";

/**
 * Whether a file ends in .json and is a list, as tables of objects are; ready-made cells are an object, and may come from a pipe,
 * which is not looked into.
 */
export async function isJsonTable(file: string): Promise<boolean> {
  if (!/\.json$/i.test(file)) return /\.json\.(gz|zst)$/i.test(file);
  const isFile = await stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isFile) return false;
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0);
    return buffer
      .toString("utf8", 0, bytesRead)
      .replace(/^\uFEFF/, "")
      .trimStart()
      .startsWith("[");
  } finally {
    await handle.close();
  }
}
