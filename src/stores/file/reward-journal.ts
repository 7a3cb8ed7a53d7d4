import type { Outcome } from "../../bandits/index.js";
import { ExperimentError, unsupported_format } from "../../errors/index.js";
import type { RewardJournal, Unmerged } from "../reward-journal.js";
import { JournalFiles, type JournalOptions, openJournal } from "./journal-files.js";

const FORMAT = "essai.reward-journal/1";

type Line =
  | readonly ["unmerged", { readonly format: string } & Unmerged]
  | readonly ["learned", readonly Outcome[]];

/** What learning an outcome needs of it. */
const briefly = (outcome: Outcome): Outcome => {
  const { reward, context, variant, action } = outcome;
  const brief = { reward, ...(context !== undefined && { context }) };
  return variant === undefined
    ? { ...brief, action: action ?? {} }
    : { ...brief, variant, ...(action && { action }) };
};

class Journal implements RewardJournal {
  readonly left: RewardJournal["left"];
  readonly #files: JournalFiles;

  constructor(folder: string, options: JournalOptions) {
    let unmerged: Unmerged | undefined;
    let outcomes: Outcome[] = [];
    this.#files = new JournalFiles(folder, options, (text) => {
      const line: Line = JSON.parse(text);
      if (line[0] === "learned") outcomes.push(...line[1]);
      else {
        const { format, ...rest } = line[1];
        if (format !== FORMAT)
          throw new ExperimentError({ unsupported_format }, ["journal", "format"], format, {
            known: [FORMAT],
          });
        [unmerged, outcomes] = [rest, []];
      }
    });
    this.left = unmerged && { ...(unmerged as Unmerged), outcomes };
  }

  get full(): boolean {
    return this.#files.full;
  }

  learned(outcomes: readonly Outcome[]): void {
    // Its first file begins with the name that they are learned under.
    this.#files.append(JSON.stringify(["learned", outcomes.map(briefly)] satisfies Line));
  }

  keep(unmerged: Unmerged): Promise<void> {
    return this.#files.keep(JSON.stringify(["unmerged", { format: FORMAT, ...unmerged }] satisfies Line));
  }

  close(): void {
    this.#files.close();
  }
}

/**
 * A journal on disk of what a process learned: what the store does not have survives a killed process, and is given to the
 * store by the next one that opens the folder, once.
 * @param folder   a folder of this process alone, made if need be
 * @param options  who hears of damage
 * @returns the journal, for `shareBandit`; closing the shared bandit gives the folder back
 * @throws ExperimentError `missing_value` or `wrong_type` at ["folder"]; `unknown_key` at ["options", …]; `folder_in_use`
 *         while another process has the folder; `unwritable_folder` where it cannot be made or written;
 *         `unsupported_format` at ["journal", "format"] for what another version has left
 */
export function rewardJournal(folder: string, options: JournalOptions = {}): RewardJournal {
  return openJournal(folder, options, () => new Journal(folder, options));
}
