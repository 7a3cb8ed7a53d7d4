import { setTimeout } from "node:timers/promises";
import { lockFolder } from "../../disk/index.js";

/**
 * Runs something while no other process has a folder.
 * @param patience  milliseconds to wait for another one
 * @throws ExperimentError `folder_in_use` at ["folder"] where it takes longer
 */
export async function locked<T>(folder: string, patience: number, run: () => Promise<T>): Promise<T> {
  let unlock: (() => void) | undefined;
  for (let waited = 0; !unlock; ) {
    try {
      unlock = lockFolder(folder);
    } catch (error) {
      if (Object(error).code !== "folder_in_use" || waited >= patience) throw error;
      const pause = Math.min(1 + waited / 8, 20);
      await setTimeout(pause);
      waited += pause;
    }
  }
  try {
    return await run();
  } finally {
    unlock();
  }
}
