import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder } from "../../disk/index.js";
import { ExperimentError, refuseType, unsupported_format, unwritable_folder } from "../../errors/index.js";
import { checkFields, type FieldsFor } from "../../shapes/index.js";
import type { LedgerStore } from "../ledger-store.js";
import { nameText } from "../name-text.js";
import { fileLogs } from "./file-logs.js";
import { locked } from "./locked.js";
import { writeWhole } from "./write-whole.js";

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

/**
 * A store in a folder, for the processes of one machine: one file per bandit, replaced as a whole, and one per
 * entry of a log.
 * @param folder   made if need be; all processes name the same one, on a local disk
 * @param options  how long to wait for another process
 * @returns the store; what it took survives a killed process and a machine that loses power
 * @throws ExperimentError `missing_value` or `wrong_type` at ["folder"]; `unknown_key` and `out_of_range` at ["options", …];
 *         `unwritable_folder` at ["folder"]
 */
export function fileStore(folder: string, options: FileStoreOptions = {}): LedgerStore {
  if (typeof folder !== "string" || folder === "") refuseType(folder, ["folder"], "text");
  checkFields(options, fields, ["options"]);
  const { patience = 5_000 } = options;
  try {
    makeFolder(folder);
  } catch (cause) {
    throw new ExperimentError({ unwritable_folder }, ["folder"], folder, { cause });
  }
  const pathOf = (bandit: string) => join(folder, `${encodeURIComponent(nameText(bandit))}.bandit.json`);

  return {
    async read(bandit, source) {
      const held = await readBandit(pathOf(bandit));
      if (!held) return undefined;
      const { record, revision, marks } = held;
      return { record, revision, ...(Object.hasOwn(marks, source) && { mark: marks[source] }) };
    },
    replace: (bandit, { record, revision, replaces, source, mark }) =>
      locked(folder, patience, async () => {
        const path = pathOf(bandit);
        const held = await readBandit(path);
        if (held?.revision !== replaces) return false;
        const marked = source !== undefined && mark !== undefined ? { [source]: mark } : {};
        const file: BanditFile = { format: FORMAT, revision, marks: { ...held?.marks, ...marked }, record };
        await writeWhole(folder, path, JSON.stringify(file));
        return true;
      }),
    ...fileLogs(folder, patience),
  };
}
