import { linkSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { threadId } from "node:worker_threads";
import { ExperimentError, folder_in_use } from "../errors/index.js";

/** A process by its number and, where the system tells, its start: numbers are given again. */
function identityOf(pid: number): string {
  try {
    // After the name, which may hold spaces, the start is the twentieth field.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ");
    return `${pid} ${fields?.[19] ?? ""}`;
  } catch {
    return `${pid} `;
  }
}

function lives(identity: string): boolean {
  const pid = Number.parseInt(identity, 10);
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // One that may not be signalled is there.
    if (Object(error).code !== "EPERM") return false;
  }
  return identityOf(pid) === identity;
}

/** Who has a lock; undefined: nobody, any more. */
function holderOf(lock: string): string | undefined {
  try {
    return readFileSync(lock, "utf8");
  } catch (error) {
    if (Object(error).code === "ENOENT") return undefined;
    throw error;
  }
}

function take(folder: string, lock: string): () => void {
  const own = `${lock}-${process.pid}-${threadId}`;
  writeFileSync(own, identityOf(process.pid));
  try {
    for (;;) {
      try {
        // Unlike a file that is made and then written, a link is there at once with all that it holds.
        linkSync(own, lock);
        return () => unlinkSync(lock);
      } catch (error) {
        if (Object(error).code !== "EEXIST") throw error;
        const holder = holderOf(lock);
        if (holder === undefined) continue;
        if (lives(holder))
          throw new ExperimentError({ folder_in_use }, ["folder"], folder, {
            other: Number.parseInt(holder, 10),
            cause: error,
          });
        // One at a time removes what a dead process left: another would remove its successor's.
        const release = take(folder, `${lock}-left`);
        try {
          if (holderOf(lock) === holder) unlinkSync(lock);
        } finally {
          release();
        }
      }
    }
  } finally {
    unlinkSync(own);
  }
}

/**
 * Takes a folder for this process. What a killed process has left is taken over.
 * @returns what gives it back
 * @throws ExperimentError `folder_in_use` at ["folder"] while another process has it, or this one has it already
 */
export const lockFolder = (folder: string): (() => void) => take(folder, join(folder, "lock"));
