import { join } from "node:path";
import { shareLedger } from "essai/stores";
import { ledgerJournal } from "essai/stores/file";
import { sharedMail } from "./shared-mail.mjs";

const HOUR = 3_600_000;

/** The ledger of a run, as one process has it; a name and a folder for what it learns. */
export const sharedLedger = (store, workers, source, folder) =>
  shareLedger({ reward: sharedMail(workers) }, store, {
    ...{ source, clock: Date.now, every: 0, timeout: 3_000, lease: 1_000, shards: 4 },
    ...{ windowHours: 500 / HOUR, combine: "max", keepHours: 1 },
    ...(folder && { journal: ledgerJournal(join(folder, `${source} journal`)) }),
  });

/** Of a worker's i-th decision: every third is clicked on, and every third of those clicks is withdrawn. */
export const isClicked = (i) => i % 3 === 0;
export const isWithdrawn = (i) => i % 9 === 0;
