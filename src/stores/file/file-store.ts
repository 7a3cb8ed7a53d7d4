import { open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { lockFolder, makeFolder, syncFolder } from "../../disk/index.js";
import { ExperimentError, refuseType, unsupported_format, unwritable_folder } from "../../errors/index.js";
import { checkFields, type FieldsFor } from "../../shapes/index.js";
import type { BanditStore } from "../bandit-store.js";
import { nameText } from "../name-text.js";

/** How a store on disk is shared. */
export interface FileStoreOptions {
  /** Milliseconds to wait for another process that is changing the store. Default 5,000. */
  readonly patience?: number;
}

const fields = {
  patience: { kind: "number", atLeast: 0, atMost: 2_147_483_647, optional: true },
} as const satisfies FieldsFor<FileStoreOptions>;

const FORMAT = "essai.bandit-file/1";

/** What a file holds; the record is text, so that it is the same to the last character. */
interface BanditFile {
  readonly format: typeof FORMAT;
  readonly revision: string;
  readonly marks: Readonly<Record<string, string>>;
  readonly record: string;
}

async function readBandit(path: string): Promise<BanditFile | undefined> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (Object(error).code === "ENOENT") return undefined;
    throw error;
  }
  const file: BanditFile = JSON.parse(text);
  if (file.format !== FORMAT)
    throw new ExperimentError({ unsupported_format }, ["store", "format"], file.format, { known: [FORMAT] });
  return file;
}

/** A file is whole at every moment: it is written beside its place, forced onto the disk, and moved there. */
async function writeBandit(folder: string, path: string, file: BanditFile): Promise<void> {
  const beside = `${path}.new`;
  const handle = await open(beside, "w");
  try {
    await handle.writeFile(JSON.stringify(file));
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await rename(beside, path);
  syncFolder(folder);
}

/**
 * A store in a folder, for the processes of one machine: one file per bandit, replaced as a whole.
 * @param folder   made if need be; all processes name the same one, on a local disk
 * @param options  how long to wait for another process
 * @returns the store; what it took survives a killed process and a machine that loses power
 * @throws ExperimentError `missing_value` or `wrong_type` at ["folder"]; `unknown_key` and `out_of_range` at ["options", …];
 *         `unwritable_folder` at ["folder"]
 */
export function fileStore(folder: string, options: FileStoreOptions = {}): BanditStore {
  if (typeof folder !== "string" || folder === "") refuseType(folder, ["folder"], "text");
  checkFields(options, fields, ["options"]);
  const { patience = 5_000 } = options;
  try {
    makeFolder(folder);
  } catch (cause) {
    throw new ExperimentError({ unwritable_folder }, ["folder"], folder, { cause });
  }
  const pathOf = (bandit: string) => join(folder, `${encodeURIComponent(nameText(bandit))}.bandit.json`);

  async function locked<T>(run: () => Promise<T>): Promise<T> {
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

  return {
    async read(bandit, source) {
      const held = await readBandit(pathOf(bandit));
      if (!held) return undefined;
      const { record, revision, marks } = held;
      return { record, revision, ...(Object.hasOwn(marks, source) && { mark: marks[source] }) };
    },
    replace: (bandit, { record, revision, replaces, source, mark }) =>
      locked(async () => {
        const path = pathOf(bandit);
        const held = await readBandit(path);
        if (held?.revision !== replaces) return false;
        const marked = source !== undefined && mark !== undefined ? { [source]: mark } : {};
        await writeBandit(folder, path, {
          format: FORMAT,
          revision,
          marks: { ...held?.marks, ...marked },
          record,
        });
        return true;
      }),
  };
}
