export type { Damage } from "./log-files.js";
export type { LoggedLedger, LogOptions, Recovery } from "./logged-ledger.js";
export { openLedger } from "./open-ledger.js";
