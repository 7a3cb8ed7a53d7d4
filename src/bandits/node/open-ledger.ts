import { ExperimentError, refuseType, unwritable_folder } from "../../errors/index.js";
import { checkFields, type FieldsFor } from "../../shapes/index.js";
import { type LedgerOptions, ledgerFields } from "../ledger/index.js";
import { LogFiles } from "./log-files.js";
import { DiskLedger, type LoggedLedger, type LogOptions } from "./logged-ledger.js";

const fields = {
  syncEvery: { kind: "number", atLeast: 0, atMost: 2_147_483_647, optional: true },
  onError: { kind: "function", optional: true },
} as const satisfies FieldsFor<LogOptions>;

/**
 * A reward ledger in a folder: every decision, reward, withdrawal and settlement is a line of a log before its call returns,
 * and opening the folder again gives the ledger that a killed process had, together with the state that it had learned.
 * @param folder   a folder of this process alone, made if need be
 * @param options  as of `RewardLedger`; the window is that of what is in the folder, and its kinds are all there
 * @param log      how often to force what was noted onto the disk
 * @returns the ledger; close it to give the folder back
 * @throws ExperimentError `unknown_key`, `out_of_range` … for the options; `folder_in_use` while another process has the
 *         folder; `unwritable_folder` where it cannot be made or written; `unsupported_format` or `other_ledger` when what is
 *         in it cannot be read, or was kept with another window or other kinds
 */
export function openLedger(folder: string, options: LedgerOptions, log: LogOptions = {}): LoggedLedger {
  if (typeof folder !== "string" || folder === "") refuseType(folder, ["folder"], "text");
  checkFields(options, ledgerFields, ["options"]);
  checkFields(log, fields, ["log"]);
  const { syncEvery = 1_000, onError } = log;
  const tell = (error: unknown) => {
    (async () => onError?.(error))().catch(() => undefined);
  };
  let files: LogFiles | undefined;
  try {
    files = new LogFiles(folder, syncEvery, tell);
    return new DiskLedger(files, options, tell);
  } catch (cause) {
    files?.close();
    if (cause instanceof ExperimentError) throw cause;
    throw new ExperimentError({ unwritable_folder }, ["folder"], folder, { cause });
  }
}
