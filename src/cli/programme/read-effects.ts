import type { PastEffect } from "../../programme/index.js";
import type { ProgrammeLeftOut } from "../../report/index.js";

/** Effects that were found, and what was left out. */
export interface ReadEffects {
  readonly effects: readonly PastEffect[];
  readonly leftOut: ProgrammeLeftOut;
}
