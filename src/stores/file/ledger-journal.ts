import { ExperimentError, unsupported_format } from "../../errors/index.js";
import type { LedgerJournal } from "../ledger-journal.js";
import { JournalFiles, type JournalOptions, openJournal } from "./journal-files.js";

const FORMAT = "essai.ledger-journal/1";

type Left = LedgerJournal["left"];
type Line =
  | readonly ["waiting", { readonly format: string; readonly records: Left }]
  | readonly ["record", Left[number]];

class Journal implements LedgerJournal {
  readonly left: Left;
  readonly #files: JournalFiles;

  constructor(folder: string, options: JournalOptions) {
    let left: Left[number][] = [];
    this.#files = new JournalFiles(folder, options, (text) => {
      const line: Line = JSON.parse(text);
      if (line[0] === "record") left.push(line[1]);
      else {
        const { format, records } = line[1];
        if (format !== FORMAT)
          throw new ExperimentError({ unsupported_format }, ["journal", "format"], format, {
            known: [FORMAT],
          });
        left = [...records];
      }
    });
    this.left = left;
    this.keep(left).catch((error) => options.onError?.(error));
  }

  get full(): boolean {
    return this.#files.full;
  }

  note(record: Left[number]): void {
    this.#files.append(JSON.stringify(["record", record] satisfies Line));
  }

  keep(records: Left): Promise<void> {
    return this.#files.keep(JSON.stringify(["waiting", { format: FORMAT, records }] satisfies Line));
  }

  close(): void {
    this.#files.close();
  }
}

/**
 * A journal on disk of what a process told a shared ledger: decisions, rewards and withdrawals that the store does not have
 * survive a killed process, and are given to it by the next one that opens the folder.
 * @param folder   a folder of this process alone, made if need be
 * @param options  who hears of damage
 * @returns the journal, for `shareLedger`; closing the shared ledger gives the folder back
 * @throws ExperimentError `missing_value` or `wrong_type` at ["folder"]; `unknown_key` at ["options", …]; `folder_in_use`
 *         while another process has the folder; `unwritable_folder` where it cannot be made or written;
 *         `unsupported_format` at ["journal", "format"] for what another version has left
 */
export function ledgerJournal(folder: string, options: JournalOptions = {}): LedgerJournal {
  return openJournal(folder, options, () => new Journal(folder, options));
}
