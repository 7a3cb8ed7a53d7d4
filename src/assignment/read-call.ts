import { toldTime } from "../core/told-time.js";
import { readDecisions } from "../gates/decision.js";
import { fields, object, type Place, parsed } from "../shapes/reader.js";
import type { CallOptions } from "./call-options.js";

/** Reads what a call brings; it throws `invalid_argument` for a word that is unknown and for what could not be read. */
export const readCall = fields(
  {},
  {
    now: parsed(toldTime, "date"),
    // Null holds none.
    overrides: (value: CallOptions["overrides"], place: Place): CallOptions["overrides"] =>
      value && object(value, place),
    decisions: readDecisions,
  },
);
