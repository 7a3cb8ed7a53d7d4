import {
  better,
  cellNamed,
  cellsDiffer,
  differsOnce,
  fewUnits,
  levelsDiffer,
  noEstimate,
  oneUnit,
  simpson,
  worse,
} from "./about-metrics.js";
import type { SentenceKind } from "./sentence-kind.js";
import {
  cannotTell,
  enough,
  keepRunning,
  sharesFailed,
  ship,
  shipIfOneLook,
  stop,
  stopIfOneLook,
} from "./verdicts.js";

/**
 * The family of sentences that an A/A run counts, in the order in which they are told. A new member is one object and one
 * line here; its words in each language of `cli/aa/aa-words.ts` are then demanded by their type.
 */
export const aaSentences = {
  ship,
  stop,
  ship_if_one_look: shipIfOneLook,
  stop_if_one_look: stopIfOneLook,
  keep_running: keepRunning,
  enough,
  cannot_tell: cannotTell,
  shares_failed: sharesFailed,
  differs_once: differsOnce,
  better,
  worse,
  levels_differ: levelsDiffer,
  cells_differ: cellsDiffer,
  cell_named: cellNamed,
  simpson,
  one_unit: oneUnit,
  few_units: fewUnits,
  no_estimate: noEstimate,
} as const satisfies Readonly<Record<string, SentenceKind>>;

/** Name of a sentence. */
export type AaSentence = keyof typeof aaSentences;
